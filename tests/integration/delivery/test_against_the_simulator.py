"""Courier and fetcher against the simulator: its limits are never met, its faults are survived."""

from __future__ import annotations

import io
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import GetUpdates
from aiohttp import ClientSession, FormData
from PIL import Image

from bot.nursery import Nursery
from casework import rules
from delivery.courier import Courier
from delivery.fetcher import Fetcher
from delivery.files import TelegramFiles
from delivery.gateway import TelegramGateway
from delivery.pace import Pace
from delivery.session import Session
from simulator import SimulatedClock, Simulator
from tests.fakes.clock import MORNING
from tests.fakes.courier_desk import GROUP, FakeCourierDesk, row
from tests.fakes.gateway import PlainLetters, PlainPainter
from tests.fakes.photo_desk import FakePhotoDesk, FakeShelf, photo
from usecases.records import Outgoing, PhotoState, Priority

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

REPAIRER = "1011"


@dataclass
class Town:
    """The sample town with a courier and a fetcher at work."""

    clock: SimulatedClock
    web: ClientSession
    bot: Bot
    desk: FakeCourierDesk
    photos: FakePhotoDesk
    courier: Courier
    fetcher: Fetcher

    def queue(self, rows: Sequence[Outgoing]) -> None:
        """Commit rows."""
        for one in rows:
            self.desk.add(one)
        self.courier.poke()

    async def fault(self, kind: str, **how: object) -> None:
        """Let something go wrong."""
        async with self.web.post("/sim/faults", json={"kind": kind, **how}) as answer:
            assert answer.status == 200

    async def log(self) -> list[dict[str, Any]]:
        """Every call the bot made to tell something."""
        async with self.web.get("/sim/log") as answer:
            calls: list[dict[str, Any]] = await answer.json()
        return [call for call in calls if call["method"].startswith(("send", "edit"))]

    async def texts(self) -> list[str]:
        """What stands in the group."""
        where = f"/sim/chats/{GROUP}/messages?viewer=1001&limit=200"
        async with self.web.get(where) as answer:
            return [message.get("text", "") for message in await answer.json()]


@asynccontextmanager
async def _town() -> AsyncIterator[Town]:
    clock = SimulatedClock(MORNING, frozen=True)
    async with Simulator(clock=clock) as sim, ClientSession(sim.base_url) as web:
        session = Session(api=TelegramAPIServer.from_base(sim.base_url))
        async with Bot(sim.bot_token, session=session).context() as bot:
            yield _build(clock, web, bot)


def _build(clock: SimulatedClock, web: ClientSession, bot: Bot) -> Town:
    desk, photos = FakeCourierDesk(clock), FakePhotoDesk(clock)
    courier = Courier(
        desk=desk,
        gateway=TelegramGateway(bot, answer_within=5),
        letters=PlainLetters(),
        painter=PlainPainter(),
        pace=Pace(rules.Pace()),
        clock=clock,
    )
    fetcher = Fetcher(desk=photos, files=TelegramFiles(bot), shelf=FakeShelf(), clock=clock)
    clock.add_probe(lambda: courier.idle)
    clock.add_probe(lambda: fetcher.idle)
    return Town(clock, web, bot, desk, photos, courier, fetcher)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """The town, its courier and its fetcher running."""
    async with _town() as built, Nursery() as nursery:
        nursery.start("courier", built.courier.run())
        nursery.start("fetcher", built.fetcher.run())
        yield built
        await built.courier.stop()
        await built.fetcher.stop()


async def test_sixty_cards_and_a_danger_meet_no_limit(town: Town) -> None:
    """All in four minutes, the danger within ten seconds, no 429, never 20 in a minute."""
    town.queue([row(number) for number in range(1, 61)])
    await town.clock.advance(timedelta(seconds=10))
    town.queue([row(61, priority=Priority.DANGER_CARD)])
    await town.clock.advance(timedelta(minutes=4))
    calls = await town.log()
    times = [datetime.fromisoformat(call["time"]) for call in calls]
    assert {call["status"] for call in calls} == {200}
    assert len(await town.texts()) == 61
    assert times[15] - MORNING <= timedelta(seconds=10)
    assert calls[15]["parameters"]["text"] == "row-61"
    gaps = [later - sooner for sooner, later in zip(times, times[18:], strict=False)]
    assert min(gaps) >= timedelta(seconds=60)


async def test_faults_lose_nothing_and_double_only_what_is_ambiguous(town: Town) -> None:
    """One of each: all twelve cards stand; at most the two ambiguous ones stand twice."""
    for kind in ("server_error", "rate_limit", "bad_gateway", "reset", "lost_reply"):
        await town.fault(kind, chat=int(GROUP))
    town.queue([row(number) for number in range(1, 13)])
    await town.clock.advance(timedelta(minutes=4))
    texts = await town.texts()
    assert {f"row-{number}" for number in range(1, 13)} == set(texts)
    assert len(texts) == 13
    assert town.desk.left() == []


async def test_a_group_that_migrates_is_followed(town: Town) -> None:
    """Rows in hand and waiting rows arrive under the new id."""
    await town.fault("migrate", chat=int(GROUP))
    town.queue([row(number) for number in range(1, 4)])
    await town.clock.advance(timedelta(minutes=1))
    assert town.desk.left() == []
    assert town.desk.rows[3].chat != GROUP


async def test_somebody_who_never_started_the_bot_is_unreachable(town: Town) -> None:
    """A bot cannot write first."""
    town.queue([row(1, REPAIRER)])
    await town.clock.advance(timedelta(seconds=1))
    assert town.desk.diary[-1][:2] == ("unreachable", 1)


async def test_a_whisper_is_sent_and_edited(town: Town) -> None:
    """Bot API 10.3: seen by one member of the group."""
    town.queue([row(1, only=REPAIRER, free=True)])
    await town.clock.advance(timedelta(seconds=1))
    town.desk.edits[2] = town.desk.rows[1].message
    town.queue([row(2, only=REPAIRER, free=True)])
    await town.clock.advance(timedelta(seconds=1))
    assert town.desk.left() == []
    assert [line[0] for line in town.desk.diary] == ["taken", "sent"] * 2
    assert await town.texts() == []


async def test_a_posted_photo_reaches_the_shelf(town: Town) -> None:
    """Although the first attempt finds it unavailable."""
    file = await _post_photo(town)
    await town.fault("file_gone")
    town.photos.photos[1] = photo(1, file=file)
    town.fetcher.poke()
    await town.clock.advance(timedelta(seconds=5))
    assert town.photos.photos[1].state is PhotoState.KEPT
    assert town.photos.photos[1].attempts == 1


async def _post_photo(town: Town) -> str:
    """Let officer01 post a photo; its handle, with all updates confirmed."""
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(picture, "JPEG")
    form = FormData({"from": "1001"})
    form.add_field("photo", picture.getvalue(), filename="hole.jpg", content_type="image/jpeg")
    async with town.web.post(f"/sim/chats/{GROUP}/messages", data=form) as answer:
        assert answer.status == 200
    updates = await town.bot(GetUpdates())
    await town.bot(GetUpdates(offset=updates[-1].update_id + 1))
    message = updates[-1].message
    assert message is not None
    assert message.photo
    return message.photo[-1].file_id
