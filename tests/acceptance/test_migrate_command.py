"""`xunchaqun migrate`: a lived-in city moves to PostgreSQL and goes on there."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import ANY
from uuid import uuid4

import pytest

from bot import moving
from bot.cli import main
from bot.config import Secret
from bot.config.settings import Database
from storage import migrate
from storage.engines import migration_engine
from tests import databases
from tests.acceptance.city import SMALL, at_work, text_of, waiting
from tests.fakes import programs
from tests.fakes.cable import cut_off
from tests.integration import postgres
from tests.integration.storage.cast import Book, pothole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


on_sqlite = pytest.mark.parametrize("database", [databases.SQLITE], indirect=True)


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    url = postgres.server().create(f"town-to-move-to-{uuid4().hex}")
    yield url
    postgres.server().drop(url)


@on_sqlite
async def test_a_city_moves_to_postgresql_and_goes_on_there(
    tmp_path: Path, empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The numbers go on, old cards still answer; each table is told with its digest."""
    told: list[tuple[str, dict[str, object]]] = []
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            first = await town.photo("officer01", SMALL)
        assert moving.move(settings, empty, "en", lambda key, **f: told.append((key, f))) == 0
        moved = replace(settings, database=Database(url=Secret(empty)))
        async with at_work(moved, clock):
            second = await town.photo("officer02", SMALL)
            assert "-0002" in text_of(await town.card(second))
            old = await town.card(first)
            assert await town.press("repairer01", old["message_id"], "接单")
            assert "已接单" in text_of(await town.card(first))
    tables = {str(fields["table"]): fields for key, fields in told if key == "moved_table"}
    assert tables["cases"]["rows"] == 1
    assert told[-1][0] == "moved"
    assert "moving rows" in capsys.readouterr().err


@on_sqlite
def test_nobody_goes_on_with_the_city_that_was_moved_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither bot nor tools, until it comes back: by a move, or from a backup."""
    config, old, new = _city_of_nobody(tmp_path), tmp_path / "data/xunchaqun.sqlite3", "new.sqlite3"
    there = {"XUNCHAQUN_DATABASE_URL": f"sqlite:///{tmp_path / new}"}
    words = {"--lang": "en", "--config": str(config)}

    def run(*command: str, env: dict[str, str] | None = None) -> tuple[int, str]:
        capsys.readouterr()
        code = main([*command, *(part for pair in words.items() for part in pair)], env or {})
        return code, capsys.readouterr().err

    backup = str(tmp_path / "city.zip")
    assert run("backup", backup) == (0, ANY)
    assert run("migrate", "--to", there["XUNCHAQUN_DATABASE_URL"]) == (0, ANY)
    for command in (["run"], ["migrate"], ["audit"], ["backup", str(tmp_path / "stale.zip")]):
        code, err = run(*command)
        assert (code, f"this city was moved to sqlite:///{tmp_path / new}" in err) == (2, True), err
    assert run("migrate", env=there) == (0, ANY)
    old.unlink()
    assert run("migrate", "--to", f"sqlite:///{old}", env=there) == (0, ANY)
    assert run("migrate") == (0, ANY)
    assert run("migrate", env=there) == (2, ANY)
    assert run("restore", backup, "--overwrite", env=there) == (0, ANY)
    assert run("migrate", env=there) == (0, ANY)


def _city_of_nobody(folder: Path) -> Path:
    """The configuration of a city whose tables are ready."""
    config, file = folder / "config.toml", folder / "data/xunchaqun.sqlite3"
    file.parent.mkdir()
    migrate.upgrade(f"sqlite:///{file}", backup_folder=None)
    config.write_text(databases.sample_text(), encoding="utf-8")
    return config


@on_sqlite
def test_migrate_brings_a_database_up_to_date_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a copy of before, and nothing to do the second time."""
    file = tmp_path / "data" / "xunchaqun.sqlite3"
    file.parent.mkdir()
    engine = migration_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate.build(connection, "0003")
    engine.dispose()
    config = tmp_path / "config.toml"
    text = databases.sample_text()
    config.write_text(text, encoding="utf-8")
    words = ["--lang", "en", "migrate", "--config", str(config)]
    assert main(words, {}) == 0
    assert "a copy of before is at" in capsys.readouterr().out
    assert main(words, {}) == 0
    assert capsys.readouterr().out == "the database is up to date, nothing to do\n"


@on_sqlite
@pytest.mark.parametrize("there", [False, True])
def test_a_move_that_fails_leaves_no_file_of_its_own(
    there: bool,  # noqa: FBT001 - the parameter of a test
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An empty file would be taken for a database; one that was there before stays."""
    config, target = tmp_path / "config.toml", tmp_path / "new.sqlite3"
    config.write_text(databases.sample_text(), encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/xunchaqun.sqlite3").touch()
    if there:
        target.touch()
    words = ["migrate", "--to", f"sqlite:///{target}", "--config", str(config)]
    assert main(["--lang", "en", *words], {}) == 1
    assert "no tables" in capsys.readouterr().err
    assert list(tmp_path.glob("new.*")) == [target] * there


@on_sqlite
def test_a_target_that_dies_in_the_middle_costs_nothing(
    tmp_path: Path, empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line; the city stays where it was, byte for byte, and moves at the next try."""
    config = _city_of_nobody(tmp_path)
    old = tmp_path / "data/xunchaqun.sqlite3"
    book = Book(f"sqlite:///{old}")
    with book.work() as unit:
        for _ in range(300):
            unit.cases.add(pothole(unit.cases.new_id()))
    book.close()
    before = old.read_bytes()
    words = ["--lang", "en", "migrate", "--config", str(config), "--to"]
    with cut_off(empty, tmp_path, at=b"INSERT INTO cases") as url:
        assert main([*words, url], {}) == 1
    progress, line = capsys.readouterr().err.strip().splitlines()
    assert progress.startswith("moving rows")
    assert line.startswith("xunchaqun: PostgreSQL cannot be reached, or went away: ")
    assert "--debug" not in line
    assert old.read_bytes() == before
    assert {file.name for file in old.parent.iterdir()} == {old.name, f"{old.name}.lock"}
    assert main([*words, empty], {}) == 0
    assert main([*words[:-1]], {}) == 2


@pytest.mark.parametrize(
    "given",
    [
        ("--to", "mysql://clerk:s3cret@host/town"),
        ("--to", "clerk:s3cret@host/town"),
        ("--to", "postgresql://clerk:s3cret/more@host/town"),
        ("--to", "postgresql://clerk:more@s3cret@host/town"),
        ("--to", "postgresql://clerk:s3cret@host/town?sslmode=@host/town"),
        ("postgresql://clerk:s3cret@host/town",),
    ],
)
def test_a_wrong_address_is_shown_without_its_password(
    given: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever it is wrong."""
    with pytest.raises(SystemExit):
        main(["--lang", "en", "migrate", *given], {})
    err = capsys.readouterr().err
    assert "***@host/town" in err
    assert "s3cret" not in err


@pytest.mark.parametrize("password", ["s3cret@more", "s3cret/more"])
def test_configuration_and_migrate_say_the_same_of_an_ambiguous_password(
    password: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the one takes the other does not refuse."""
    given = f"postgresql://clerk:{password}@127.0.0.1:55999/town"
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", "migrate", "--to", given], {})
    told = [capsys.readouterr().err]
    config = tmp_path / "config.toml"
    config.write_text(databases.sample_text(), encoding="utf-8")
    words = ["--lang", "en", "config", "check", str(config)]
    code = main(words, {"XUNCHAQUN_DATABASE_URL": given})
    told.append(capsys.readouterr().err)
    assert (left.value.code, code) == (2, 2)
    for line in told:
        assert "write @ as %40, / as %2F" in line
        assert "s3cret" not in line
        assert "more" not in line


@on_sqlite
@pytest.mark.parametrize("to", [(), ("--to", "sqlite:///other.sqlite3")])
def test_a_city_that_a_bot_serves_is_another_programs(
    to: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, as for a second bot."""
    config = tmp_path / "config.toml"
    config.write_text(databases.sample_text(), encoding="utf-8")
    file = tmp_path / "data" / "xunchaqun.sqlite3"
    file.parent.mkdir()
    file.touch()
    holder = "from bot.alone import alone\nwith alone(sys.argv[1]): print(flush=True); input()"
    words = [sys.executable, "-c", f"import sys; {holder}", f"sqlite:///{file}"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, cwd=programs.ROOT) as bot:
        assert bot.stdout is not None
        bot.stdout.readline()
        assert main(["--lang", "en", "migrate", *to, "--config", str(config)], {}) == 3
        bot.communicate(b"\n")
    assert "the bot runs on this database" in capsys.readouterr().err


def test_an_address_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is looked at; in both languages."""
    for language, words in (("en", "no address of a database"), ("zh", "不是数据库地址")):
        with pytest.raises(SystemExit) as left:
            main(["--lang", language, "migrate", "--to", "town.db"], {})
        assert left.value.code == 2
        assert words in capsys.readouterr().err
