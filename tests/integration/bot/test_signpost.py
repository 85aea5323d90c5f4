"""Telegram is pointed to the webhook once, and again whenever it looks elsewhere."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.assembly import build_bot
from bot.config import sample
from bot.signpost import Aim, Signpost
from simulator import SimulatedClock, Simulator
from tests.acceptance.city import City

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiogram import Bot


class Place:
    """An address that answers as told."""

    def __init__(self) -> None:
        self.status = 200
        self.url = ""

    async def take(self, _request: web.Request) -> web.Response:
        """Answer a delivery."""
        return web.Response(status=self.status)


@asynccontextmanager
async def surroundings() -> AsyncIterator[tuple[Bot, City, Place]]:
    """The bot before a Telegram, and a place that updates can be brought to."""
    place = Place()
    app = web.Application()
    app.router.add_post("/hook", place.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    async with Simulator(clock=SimulatedClock(frozen=True)) as simulator:
        town = sample({})
        telegram = replace(town.telegram, api_base=simulator.base_url)
        bot = build_bot(replace(town, telegram=telegram))
        async with aiohttp.ClientSession() as session:
            city = City(session, simulator.base_url)
            await city.meet()
            yield bot, city, place
        await bot.session.close()
    await runner.cleanup()


def aim(place: Place, *, secret: str = "one", most: int = 40) -> Aim:
    """The webhook as it is wanted."""
    return Aim(url=place.url, secret=secret, max_connections=most)


async def test_the_webhook_is_set_once_and_left_alone_while_it_is_the_same() -> None:
    """Many processes may start at once: none disturbs the others."""
    async with surroundings() as (bot, town, place):
        heard: list[int] = []
        for _ in range(3):
            await Signpost(bot, aim(place), lambda: heard.append(1)).point()
        assert len(await town.log("setWebhook")) == 1
        assert len(heard) == 2, "a look that finds all in order shows that updates get through"
        await Signpost(bot, aim(place, most=9), lambda: None).point()
        assert len(await town.log("setWebhook")) == 2


async def test_a_webhook_that_somebody_moved_is_moved_back() -> None:
    """A second program with the same token, or a hand-written call."""
    async with surroundings() as (bot, town, place):
        signpost = Signpost(bot, aim(place), lambda: None)
        told: list[bool] = []
        signpost.contested = lambda *, on: told.append(on)
        await signpost.point()
        await bot.set_webhook(place.url + "/elsewhere")
        await signpost.point()
        assert (await bot.get_webhook_info()).url == place.url
        assert len(await town.log("setWebhook")) == 3
        assert told == [True]
        await signpost.point()
        assert told == [True, False]


async def test_a_changed_secret_is_told_once_telegram_was_refused() -> None:
    """Telegram never tells the secret it knows: only its refusal shows that it is an old one."""
    async with surroundings() as (bot, town, place):
        await Signpost(bot, aim(place, secret="old"), lambda: None).point()
        place.status = 401
        await town.say("officer01", "早", settle=2)
        place.status = 200
        await Signpost(bot, aim(place, secret="new"), lambda: None).point()
        assert len(await town.log("setWebhook")) == 2


async def test_a_look_counts_only_while_updates_get_through() -> None:
    """Waiting updates and a new failure: no; the failure of before: yes."""
    async with surroundings() as (bot, town, place):
        heard: list[int] = []
        signpost = Signpost(bot, aim(place), lambda: heard.append(1))
        await signpost.point()
        place.status = 500
        await town.say("officer01", "早", settle=2)
        await signpost.point()
        assert heard == []
        place.status = 200
        await town.advance(minutes=3)
        await signpost.point()
        assert heard == [1]


async def test_it_says_when_nothing_waits_at_telegram_any_more() -> None:
    """What fell due while the bot was away waits for it; setting the webhook tells nothing yet."""
    async with surroundings() as (bot, town, place):
        caught_up: list[int] = []
        signpost = Signpost(bot, aim(place), lambda: None)
        signpost.caught_up = lambda: caught_up.append(1)
        place.status = 503
        await town.say("officer01", "早", settle=2)
        await signpost.point()
        await signpost.point()
        assert caught_up == []
        place.status = 200
        await town.advance(minutes=3)
        await signpost.point()
        assert caught_up == [1]


async def test_a_webhook_in_the_way_of_a_poll_is_taken_away() -> None:
    """What waits is kept."""
    async with surroundings() as (bot, town, place):
        await Signpost(bot, aim(place), lambda: None).point()
        place.status = 500
        await town.say("officer01", "早", settle=1)
        await Signpost(bot, None, lambda: None).clear()
        assert (await bot.get_webhook_info()).url == ""
        assert [update.message for update in await bot.get_updates()]
