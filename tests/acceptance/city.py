"""The sample town at work: simulator and bot on one clock, played through `/sim` alone."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import aiohttp
from PIL import Image

from bot.assembly import running
from bot.config import sample
from bot.config.settings import Watch
from simulator import Simulator
from simulator.clock import SimulatedClock
from tests import databases
from tests.fakes.lent_processes import lent_worker
from tests.soak.wire import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.assembly import Product
    from bot.config import Settings

Message = dict[str, Any]
ZONE = ZoneInfo("Asia/Shanghai")
SESSION = "bot.assembly.Session"
"""What the bot speaks to Telegram with."""
MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=ZONE)
"""An ordinary Tuesday."""
CAPTION = "金城路与鼓楼路口东侧 井盖破损 危险"
SMALL = "金城路 路沿石缺失"
"""Not dangerous, in grid 1."""


@cache
def jpeg(colour: str = "gray", size: tuple[int, int] = (640, 480)) -> bytes:
    """A plain photo."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


class City:
    """What people do in the sample town, and what they see."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session = session
        self.base = base
        self.ids: dict[str, int] = {}
        self.group = 0
        self.bot = 0

    async def meet(self) -> None:
        """Learn who is who."""
        for person in await self.get("/sim/people"):
            self.ids[person.get("username", "")] = person["id"]
            if person["is_bot"]:
                self.bot = person["id"]
        chats = await self.get("/sim/chats")
        self.group = next(c["id"] for c in chats if c.get("title") == "巡查群")

    async def get(self, path: str) -> Any:
        """A GET call."""
        async with self.session.get(self.base + path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def call(self, method: str, path: str, body: object = None) -> Any:
        """Any call with a JSON body."""
        async with self.session.request(method, self.base + path, json=body) as answer:
            told = await answer.json()
            assert answer.status == 200, told
            return told

    async def advance(self, **span: float) -> None:
        """Let time walk (`minutes=5`), and the bot do all that falls due on the way."""
        seconds = timedelta(**span).total_seconds()
        await self.call("POST", "/sim/clock", {"advance": seconds})

    async def until(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Walk to the next time the city's clock shows this (plus whole days)."""
        now = await self.now()
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if then <= now:
            then += timedelta(days=1)
        await self.advance(seconds=(then + timedelta(days=days) - now).total_seconds())

    async def jump(self, moment: datetime) -> None:
        """Put the clock elsewhere, as after a power cut, and let the bot catch up."""
        await self.call("POST", "/sim/clock", {"set": moment.isoformat()})
        await self.advance(seconds=5)

    async def now(self) -> datetime:
        """The city's time."""
        told = await self.get("/sim/clock")
        return datetime.fromisoformat(told["now"]).astimezone(ZONE)

    async def photo(self, who: str, caption: str = "", *, settle: float = 2, **more: Any) -> int:
        """Post a photo (`count=10` for an album); its (first) message id."""
        ids = await self.photos(who, caption, settle=settle, **more)
        return ids[0]

    async def photos(
        self,
        who: str,
        caption: str = "",
        *,
        settle: float = 2,
        chat: int | None = None,
        data: bytes | None = None,
        field: str = "photo",
        count: int = 1,
        name: str = "photo.jpg",
        mime: str = "image/jpeg",
        **more: Any,
    ) -> list[int]:
        """Post photos; their message ids."""
        form = aiohttp.FormData()
        form.add_field("from", str(self.ids[who]))
        if caption:
            form.add_field("caption", caption)
        for key, value in more.items():
            form.add_field(key, json.dumps(value) if isinstance(value, bool) else str(value))
        for _ in range(count):
            content = jpeg() if data is None else data
            form.add_field(field, content, filename=name, content_type=mime)
        path = f"/sim/chats/{chat or self.group}/messages"
        async with self.session.post(self.base + path, data=form) as answer:
            told = await answer.json()
            assert answer.status == 200, told
        await self.advance(seconds=settle)
        return [int(i) for i in told["message_ids"]]

    async def say(
        self, who: str, text: str, *, chat: int | None = None, settle: float = 2, **more: Any
    ) -> int:
        """Say something; the message id."""
        body = {"from": self.ids[who], "text": text, **more}
        told = await self.call("POST", f"/sim/chats/{chat or self.group}/messages", body)
        await self.advance(seconds=settle)
        return int(told["message_ids"][0])

    async def start(self, who: str) -> None:
        """Open the private chat with the bot."""
        await self.say(who, "/start", chat=self.ids[who])

    async def press(
        self, who: str, message: int, button: str, *, chat: int | None = None, settle: float = 4
    ) -> str:
        """Press a button; the toast."""
        path = f"/sim/chats/{chat or self.group}/messages/{message}/press"
        told = await self.call("POST", path, {"from": self.ids[who], "button": button})
        await self.advance(seconds=settle)
        return str((told["answer"] or {}).get("text") or "")

    async def messages(
        self, viewer: str = "supervisor01", chat: int | None = None
    ) -> list[Message]:
        """What somebody sees in a chat."""
        path = f"/sim/chats/{chat or self.group}/messages?viewer={self.ids[viewer]}&limit=1000"
        found: list[Message] = await self.get(path)
        return found

    async def private(self, who: str) -> list[str]:
        """The texts the bot wrote to somebody privately."""
        return [text_of(m) for m in await self.messages(who, self.ids[who]) if self.by_bot(m)]

    def by_bot(self, message: Message) -> bool:
        """Whether the product wrote it."""
        return bool(message["from"]["id"] == self.bot)

    async def from_bot(
        self, viewer: str = "supervisor01", chat: int | None = None
    ) -> list[Message]:
        """The bot's messages in a chat."""
        return [m for m in await self.messages(viewer, chat) if self.by_bot(m)]

    async def message(self, number: int, viewer: str = "supervisor01") -> Message:
        """One message of the group as it looks now."""
        return next(m for m in await self.messages(viewer) if m["message_id"] == number)

    async def replies(self, to: int) -> list[Message]:
        """The bot's replies to a message of the group, oldest first."""
        return [
            m
            for m in await self.from_bot()
            if (m.get("reply_to_message") or {}).get("message_id") == to
        ]

    async def card(self, photo: int) -> Message:
        """The newest card of the case that a photo opened."""
        return [m for m in await self.replies(photo) if is_card(m)][-1]

    async def sheet(self, photo: int) -> Message:
        """The newest sheet of the case that a photo opened."""
        return [m for m in await self.replies(photo) if "photo" in m][-1]

    async def log(self, *methods: str) -> list[Message]:
        """The bot's calls of these methods."""
        calls: list[Message] = await self.get("/sim/log?after=0")
        return [c for c in calls if not methods or c["method"] in methods]


def text_of(message: Message) -> str:
    """A message's words."""
    return str(message.get("text") or message.get("caption") or "")


def is_card(message: Message) -> bool:
    """Whether a message of the bot is a card: its first line names state and case."""
    first = text_of(message).split("\n")[0]
    return "photo" not in message and "XC-" in first and first[:1] in "⚪🟡🟠🔵🟢🔴⚫"


def buttons(message: Message) -> list[str]:
    """The words on a message's buttons."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row]


def reaction(message: Message) -> str:
    """The bot's reaction on a message."""
    return "".join(r["emoji"] for r in message.get("reactions") or [])


def at_once(settings: Settings) -> Settings:
    """Cards that show every change at once: for tests that look at a card, not at its pace."""
    none = timedelta()
    pace = replace(settings.rules.pace, after_sheet=none, first_key=none)
    return replace(settings, rules=replace(settings.rules, pace=pace))


@cache
def _sample() -> Settings:
    """The sample town's configuration, read once; a look a minute is for those who ask for it."""
    return replace(sample({}), watch=Watch(audit_seconds=0))


@asynccontextmanager
async def city(
    folder: Path,
    at: datetime = MORNING,
    change: Callable[[Settings], Settings] | None = None,
    prepare: Callable[[City], Awaitable[Callable[[Settings], Settings]]] | None = None,
    *,
    sockets: bool = False,
) -> AsyncIterator[City]:
    """The sample town at work from `at` on; time stands still but for `advance` and `jump`.

    `prepare` may change the town before the bot comes, and says how to configure it. People act
    over HTTP; the bot's own calls take a short cut to the simulator, unless `sockets` are asked
    for: they are a third of a test's time.
    """
    clock = SimulatedClock(at, frozen=True)
    settings = replace(_sample(), data=folder)
    if change is not None:
        settings = change(settings)
    async with Simulator(clock=clock) as simulator, aiohttp.ClientSession() as session:
        telegram = replace(settings.telegram, api_base=simulator.base_url)
        settings = replace(settings, telegram=telegram)
        town = City(session, simulator.base_url)
        await town.meet()
        if prepare is not None:
            settings = (await prepare(town))(settings)
        settings = await asyncio.to_thread(databases.housed, settings)
        async with AsyncExitStack() as stack:
            near = nullcontext() if sockets else patch(SESSION, partial(Wire, simulator))
            with near:
                await stack.enter_async_context(at_work(settings, clock))
            await town.advance(seconds=1)
            yield town


@asynccontextmanager
async def waiting(folder: Path) -> AsyncIterator[tuple[City, Settings, SimulatedClock]]:
    """A simulator, and the settings for bots that are not yet at work."""
    clock = SimulatedClock(MORNING, frozen=True)
    async with Simulator(clock=clock) as simulator, aiohttp.ClientSession() as session:
        town = City(session, simulator.base_url)
        await town.meet()
        settings = replace(_sample(), data=folder)
        telegram = replace(settings.telegram, api_base=simulator.base_url, poll_seconds=2)
        settings = replace(settings, telegram=telegram)
        yield town, await asyncio.to_thread(databases.housed, settings), clock


@asynccontextmanager
async def at_work(settings: Settings, clock: SimulatedClock) -> AsyncIterator[Product]:
    """One life of the bot, which the clock waits for; another may follow, or go on beside it."""
    lives: list[Product] = []
    clock.add_probe(lambda: all(product.idle for product in lives))
    async with running(settings, clock, lent_worker()) as product:
        lives.append(product)
        try:
            yield product
        finally:
            lives.clear()
