"""Another program polls with the bot's token: the later one leaves, the first one notes it."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import pytest

from tests.acceptance import processes
from tests.acceptance.city import SMALL, city, is_card
from tests.acceptance.test_several_processes import by_webhook
from tests.databases import rows
from tests.fakes.ports import held_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from tests.acceptance.city import City

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
            await _until(lambda: town.log("getUpdates"))
            await town.call("POST", "/sim/clock", {"advance": 15})
            for _ in range(2):
                code, _, err = await processes.finished("run", "--config", str(second))
                assert (code, "another program already polls" in err) == (3, True), err
                assert "Traceback" not in err
                assert bot.returncode is None
            photo = await town.photo("officer01", SMALL)
            await _until(lambda: _cards(town, photo))


@pytest.mark.timeout(300)
async def test_a_poller_leaves_where_another_city_has_the_updates_brought_to_it(
    tmp_path: Path,
) -> None:
    """Its webhook stays, unless the office says that it is in use no more."""
    (tmp_path / "other").mkdir()
    async with processes.simulator("2026-03-10T08:30") as town:
        with held_port() as port:
            first = by_webhook(processes.configured(tmp_path, town.base), port)
            second = processes.configured(tmp_path / "other", town.base)
            log = tmp_path / "run.log"
            async with processes.running("run", "--config", str(first), log=log) as bot:
                await _until(lambda: town.log("setWebhook"))
                code, _, err = await processes.finished("run", "--config", str(second))
                assert (code, "by a webhook at 127.0.0.1" in err) == (3, True), err
                assert "Traceback" not in err
                assert await town.log("deleteWebhook") == []
                photo = await town.photo("officer01", SMALL)
                await _until(lambda: _cards(town, photo))
                assert await processes.stopped(bot, signal.SIGTERM) == 0
        words = ("run", "--drop-webhook", "--config", str(second))
        async with processes.running(*words, log=log):
            photo = await town.photo("officer02", SMALL)
            await _until(lambda: _cards(town, photo))
            assert len(await town.log("deleteWebhook")) == 1


async def test_a_webhook_that_comes_while_the_bot_polls_does_not_leave_it_deaf(
    tmp_path: Path,
) -> None:
    """It is taken away again, and noted."""
    async with city(tmp_path) as town:
        await town.photo("officer01")
        url = f"{town.base}/bot{TOKEN}/setWebhook?url=http://127.0.0.1:9/elsewhere"
        async with town.session.get(url) as answer:
            assert answer.status == 200
        await town.advance(seconds=30)
        assert is_card(await town.card(await town.photo("officer02", SMALL)))
        assert rows(tmp_path, NOTED) == [(1,)]


async def _cards(town: City, photo: int) -> list[object]:
    return [message for message in await town.replies(photo) if is_card(message)]


async def _until(look: Callable[[], Awaitable[Sequence[object]]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await look():  # noqa: ASYNC110 - another process's doing
            await asyncio.sleep(0.1)
