"""Another program polls with the bot's token: the later one leaves, the first one notes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.acceptance import processes
from tests.acceptance.city import SMALL, city, is_card
from tests.databases import rows

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
PATIENCE = 60
NOTED = "SELECT count(*) FROM marks WHERE name = 'contested'"


async def test_a_second_poller_is_noted_in_the_database(tmp_path: Path) -> None:
    """By the bot that was there first; the doctor must not poll to find out."""
    async with city(tmp_path) as town:
        await town.photo("officer01")
        await town.advance(minutes=5)
        assert rows(tmp_path, NOTED) == [(0,)]
        async with town.session.get(f"{town.base}/bot{TOKEN}/getUpdates?timeout=0") as answer:
            assert answer.status == 200
        await town.advance(seconds=5)
        assert rows(tmp_path, NOTED) == [(1,)]


@pytest.mark.timeout(300)
async def test_the_program_that_came_later_leaves_however_young_the_first_is(
    tmp_path: Path,
) -> None:
    """Fifteen seconds later, and again as often as a supervisor starts it; the first goes on."""
    (tmp_path / "other").mkdir()
    async with processes.simulator("2026-03-10T08:30") as town:
        first = processes.configured(tmp_path, town.base)
        second = processes.configured(tmp_path / "other", town.base)
        log = tmp_path / "run.log"
        async with processes.running("run", "--config", str(first), log=log) as bot:
            async with asyncio.timeout(PATIENCE):
                while not await town.log("getUpdates"):  # noqa: ASYNC110 - another process's doing
                    await asyncio.sleep(0.1)
            await town.call("POST", "/sim/clock", {"advance": 15})
            for _ in range(2):
                code, _, err = await processes.finished("run", "--config", str(second))
                assert (code, "another program already polls" in err) == (3, True), err
                assert "Traceback" not in err
                assert bot.returncode is None
            photo = await town.photo("officer01", SMALL)
            async with asyncio.timeout(PATIENCE):
                while not any(map(is_card, await town.replies(photo))):  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(0.1)
