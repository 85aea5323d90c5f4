"""A city is one bot's: the token of another one is refused, unless the office says so."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import pytest

from tests import databases
from tests.acceptance import processes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

NUMBER = "7000000001"
OTHER = "7000000002"
ANOTHERS = "this token is another bot's: the city is that of bot"
PATIENCE = 60


@pytest.mark.both_databases
@pytest.mark.timeout(300)
async def test_another_bots_token_is_refused_until_the_office_says_that_it_has_a_new_bot(
    tmp_path: Path, database: str
) -> None:
    """While the first runs and afterwards; a renewed token is the same bot's.

    The stand-in Telegram knows neither: that it is asked at all means that the city let them in.
    """
    async with processes.simulator("2026-03-10T08:30") as town:
        config = processes.configured(tmp_path, town.base)
        right = config.read_text("utf-8")
        wrong = right.replace(f"{NUMBER}:", f"{OTHER}:")
        log = tmp_path / "run.log"
        async with processes.running("run", "--config", str(config), log=log) as bot:
            await _polls(town)
            config.write_text(wrong, "utf-8")
            in_use = "stop it first" if database == databases.POSTGRESQL else "process"
            if database == databases.POSTGRESQL:
                assert await _refused(config) == (2, f"{ANOTHERS} {NUMBER} ")
            code, _, err = await processes.finished("run", "--new-bot", "--config", str(config))
            assert (code, in_use in err) == (3, True), err
            assert await processes.stopped(bot, signal.SIGTERM) == 0
        assert await _refused(config) == (2, f"{ANOTHERS} {NUMBER} ")
        code, _, err = await processes.finished("run", "--new-bot", "--config", str(config))
        assert (code, "does not accept the token" in err) == (1, True), err
        config.write_text(right, "utf-8")
        assert await _refused(config) == (2, f"{ANOTHERS} {OTHER} ")
        config.write_text(wrong, "utf-8")
        code, _, err = await processes.finished("run", "--config", str(config))
        assert (code, "does not accept the token" in err) == (1, True), err
        config.write_text(right.replace(f"{NUMBER}:", f"{NUMBER}:renewed-"), "utf-8")
        code, _, err = await processes.finished("run", "--new-bot", "--config", str(config))
        assert (code, "does not accept the token" in err) == (1, True), err
        config.write_text(right, "utf-8")
        async with processes.running("run", "--config", str(config), log=log):
            await _polls(town)


async def _polls(town: City) -> None:
    before = len(await town.log("getUpdates"))
    async with asyncio.timeout(PATIENCE):
        while len(await town.log("getUpdates")) == before:  # noqa: ASYNC110 - another process's doing
            await asyncio.sleep(0.1)


async def _refused(config: Path) -> tuple[int, str]:
    """The exit code, and the beginning of what it says."""
    code, _, err = await processes.finished("run", "--config", str(config))
    assert "Traceback" not in err
    at = err.find(ANOTHERS)
    return code, err[at : at + len(ANOTHERS) + len(NUMBER) + 2] if at >= 0 else err
