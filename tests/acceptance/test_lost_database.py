"""The file of a city is taken away under the bot: it ends, and makes no new city of it."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from tests import databases
from tests.acceptance import processes
from tests.acceptance.city import CAPTION, SMALL

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from pathlib import Path

    from tests.acceptance.city import City

pytestmark = [
    pytest.mark.skipif(databases.usual() != databases.SQLITE, reason="PostgreSQL has no file"),
    pytest.mark.timeout(300),
]
IMPATIENT = '\n[health]\npatience = "3 s"\n'
"""A look takes place three times in this time."""


async def carded(town: City, photo: int, times: int = 1) -> None:
    """Wait until a photo has so many answers."""
    async with asyncio.timeout(processes.PATIENCE):
        while len(await town.replies(photo)) < times:  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.1)


async def ended(bot: Process, log: Path) -> tuple[int, str]:
    """The exit code of a bot that ends by itself, and the last line of its log."""
    code = await asyncio.wait_for(bot.wait(), processes.PATIENCE)
    lines = await asyncio.to_thread(log.read_text, encoding="utf-8")
    return code, lines.splitlines()[-1]


@pytest.mark.parametrize("what", ["the folder", "the file", "a copy put there"])
async def test_a_database_that_is_moved_away_ends_the_bot(tmp_path: Path, what: str) -> None:
    """Nothing begins in its place; put back, the city goes on with all that was confirmed."""
    async with processes.simulator("2026-03-10T08:30") as town:
        config = processes.configured(tmp_path, town.base)
        words = config.read_text("utf-8").replace("poll_seconds = 5", "poll_seconds = 1", 1)
        config.write_text(words + IMPATIENT, "utf-8")
        data, log = tmp_path / "data", tmp_path / "run.log"
        file, aside = data / "xunchaqun.sqlite3", tmp_path / "aside"
        async with processes.running("run", "--config", str(config), log=log) as bot:
            await carded(town, await town.photo("officer01", CAPTION, settle=0))
            async with asyncio.timeout(processes.PATIENCE):
                while not (data / "heartbeat").exists():  # noqa: ASYNC110 - another process works
                    await asyncio.sleep(0.1)
            (data if what == "the folder" else file).rename(aside)
            if what == "a copy put there":
                file.write_bytes(aside.read_bytes())
            code, line = await ended(bot, log)
        assert (code, "was moved, deleted or replaced while the bot ran" in line) == (2, True), line
        assert data.exists() is (what != "the folder")
        if what == "the file":
            code, _, err = await processes.finished("run", "--config", str(config))
            assert (code, len(err.splitlines())) == (2, 1), err
            assert "xunchaqun.sqlite3 is gone, though a bot has worked here" in err
        with suppress(FileNotFoundError):
            file.unlink()
        aside.rename(data if what == "the folder" else file)
        async with processes.running("run", "--config", str(config), log=log) as bot:
            await carded(town, await town.photo("officer02", SMALL, settle=0))
            assert await processes.stopped(bot, signal.SIGTERM) == 0
    assert databases.rows(data, "SELECT number FROM cases ORDER BY id") == [
        ("XC-20260310-0001",),
        ("XC-20260310-0002",),
    ]


@pytest.mark.parametrize(
    "words", [("audit",), ("backup", "."), ("migrate",), ("quarantine", "list")]
)
def test_a_tool_says_that_the_city_is_gone(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And not that `run` makes a database: that would be refused."""
    config = tmp_path / "config.toml"
    config.write_text(databases.sample_text(), encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/heartbeat").touch()
    assert main(["--lang", "en", *words, "--config", str(config)], {}) == 2
    assert "xunchaqun.sqlite3 is gone, though a bot has worked here" in capsys.readouterr().err
    assert not (tmp_path / "data/xunchaqun.sqlite3").exists()
