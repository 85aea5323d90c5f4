"""A PostgreSQL that gives no connection: one line says why and what to do, and no waiting in vain.

The sample server lets everybody in who is known; of passwords `test_errors.py` asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from bot.cli import main
from storage.engines import migration_engine
from tests import databases
from tests.acceptance import processes
from tests.integration import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOOLS = (("audit",), ("backup", "city.zip"), ("migrate",), ("quarantine", "list"))


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    url = postgres.server().create(f"town-apart-{uuid4().hex}")
    yield url
    postgres.server().drop(url)


@pytest.fixture
def narrow(empty: str) -> Iterator[str]:
    """The same for a user who owns it, and may have a single connection."""
    name = f"narrow-{uuid4().hex}"
    _run(empty, f'CREATE ROLE "{name}" LOGIN CONNECTION LIMIT 1')
    _run(empty, f'ALTER DATABASE "{make_url(empty).database}" OWNER TO "{name}"')
    yield make_url(empty).set(username=name).render_as_string(hide_password=False)
    _run(empty, f'DROP OWNED BY "{name}" CASCADE')
    _run(empty, f'ALTER DATABASE "{make_url(empty).database}" OWNER TO CURRENT_USER')
    _run(empty, f'DROP ROLE "{name}"')


def _run(url: str, words: str) -> None:
    engine = migration_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(words)
    engine.dispose()


def _configured(folder: Path, url: str) -> Path:
    file = folder / "config.toml"
    # Nobody is asked at the address of Telegram.
    text = databases.sample_text().replace(
        "[telegram]", '[telegram]\napi_base = "http://127.0.0.1:1"', 1
    )
    file.write_text(f'data = "data"\n{text}\n[database]\nurl = "{url}"\n', encoding="utf-8")
    return file


async def test_a_start_without_a_second_connection_says_so_and_ends(
    tmp_path: Path, narrow: str
) -> None:
    """Its writer has the only one that the user may have; whatever ends the others starts it."""
    config = _configured(tmp_path, narrow)
    code, _, err = await processes.finished("run", "--config", str(config))
    assert code == 1
    told = err.splitlines()[-1]
    assert told.startswith("xunchaqun: PostgreSQL has no connection left: ")
    assert "too many connections for role" in told
    assert "CONNECTION LIMIT" in told
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [("run",), *TOOLS])
@pytest.mark.parametrize(
    ("given", "said", "remedy"),
    [
        ({"username": "nobody-here"}, "does not exist", "Correct user and password"),
        ({"database": "nothing-here"}, "does not exist", "Correct its name"),
    ],
)
def test_a_wrong_user_or_database_is_told_in_one_line(
    given: dict[str, str],
    said: str,
    remedy: str,
    words: tuple[str, ...],
    tmp_path: Path,
    empty: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In PostgreSQL's own words. Exit code 1: whoever is at work on the server may put it right."""
    url = make_url(empty).set(password="Secret", **given)  # type: ignore[arg-type]
    config = _configured(tmp_path, url.render_as_string(hide_password=False))
    command = [str(tmp_path / word) if word.endswith(".zip") else word for word in words]
    assert main(["--lang", "en", *command, "--config", str(config)], {}) == 1
    [told] = [line for line in capsys.readouterr().err.splitlines() if line.startswith("xunch")]
    assert said in told
    assert next(iter(given.values())) in told
    assert remedy in told
    assert "Secret" not in told
    assert "--debug" not in told


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"username": "nobody-here"}, "PostgreSQL 拒绝登录"),
        ({"database": "nothing-here"}, "PostgreSQL 上没有这个库"),
        ({"query": {"host": "/nonexistent"}}, "连不上 PostgreSQL"),
    ],
)
def test_the_doctor_says_the_same(
    given: dict[str, str],
    key: str,
    tmp_path: Path,
    empty: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As one of his findings; also where no server is."""
    url = make_url(empty).set(**given)  # type: ignore[arg-type]
    config = _configured(tmp_path, url.render_as_string(hide_password=False))
    assert main(["--lang", "zh", "doctor", "--offline", "--config", str(config)], {}) == 1
    assert f"✗ {key}" in capsys.readouterr().out
