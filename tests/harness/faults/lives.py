"""The lives of the product on the bench: begun, ended in order, or cut off at any point."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Self
from unittest.mock import patch

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from typing_extensions import override

from bot import assembly
from bot.alone import CityTakenError
from bot.config.city import town as town_of
from delivery.courier import Courier
from messages.catalogue import Catalogue
from pictures import intake
from storage.errors import StorageError
from storage.hand import Kit
from tests.harness.faults.inline import OWNER, Cut, InlineWriter
from tests.harness.faults.trouble import TroubledLedger
from tests.soak.stage import tiny_photo
from tests.soak.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from datetime import datetime

    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType
    from sqlalchemy import URL

    from bot.assembly import Product
    from bot.config import Settings
    from casework.town import Town
    from simulator import Simulator
    from usecases.ports import Clock
    from usecases.to_tell import Telling

BASE = "http://127.0.0.1:1"
"""Nothing listens there: every call goes by wire."""
ROW: ContextVar[int] = ContextVar("ROW", default=0)
"""The outbox row that a call of the bot tells."""
LIFE: ContextVar[Life | None] = ContextVar("LIFE", default=None)


@dataclass(slots=True)
class Tally:
    """What was seen of the outbox rows from outside."""

    told: Counter[int] = field(default_factory=Counter)
    """How often each row became a message."""
    doubtful: Counter[int] = field(default_factory=Counter)
    """How often a row's sending ended so that nobody could know whether it happened."""


class LifeWire(Wire):
    """The calls of one life; they may be its last, and none comes after that."""

    def __init__(self, simulator: Simulator, life: Life) -> None:
        super().__init__(simulator, api=TelegramAPIServer.from_base(BASE))
        self._life = life

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        await self._life.passes("call")
        try:
            answer = await super().make_request(bot, method, timeout)
        except (TelegramNetworkError, ClientDecodeError):
            self._life.tally.doubtful[ROW.get()] += 1
            raise
        await self._life.passes("answered")
        if ROW.get():
            await self._life.passes("told")
        return answer

    @override
    async def close(self) -> None:
        """There is nothing to close."""


class QuickWorker:
    """Stands in for `pictures.worker.PictureWorker`: examines here, and draws nothing."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """There is no process to end."""

    async def examine(self, data: bytes) -> intake.Picture:
        """What the child process does."""
        return intake.examine(data)

    async def sheet(self, _spec: object) -> bytes:
        """Any picture."""
        return tiny_photo()

    async def chart(self, _spec: object) -> bytes:
        """Any picture."""
        return tiny_photo()


class NoWatch:
    """Stands in for `bot.watch.Watch`, which goes by real time; there is none here."""

    def __init__(self, *_: object) -> None:
        """It needs nothing."""

    async def run(self) -> None:
        """Nothing is looked at."""

    async def ping(self) -> None:
        """Nobody is asked."""


@dataclass(slots=True, repr=False, eq=False)
class Life:
    """One process of the product."""

    simulator: Simulator
    settings: Settings
    clock: Clock
    tally: Tally
    asked: Callable[[str], None]
    """Hears of each point that is passed, and may raise there."""
    product: Product | None = None
    ready: datetime | None = None
    """When it had begun, with all that it plans."""
    over: bool = False
    failure: BaseException | None = None
    ended: Callable[[Life], None] = lambda _life: None
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)
    cut_off: bool = False
    migrates: bool = False
    """Whether its start may find older tables."""
    _writers: list[InlineWriter] = field(default_factory=list)
    _main: asyncio.Task[None] | None = None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def begin(self) -> None:
        """Start the process."""
        context = copy_context()
        context.run(OWNER.set, self.tasks)
        context.run(LIFE.set, self)
        loop = asyncio.get_running_loop()
        self._main = loop.create_task(self._run(), context=context)
        self._main.add_done_callback(self._done)

    def stop(self) -> None:
        """SIGTERM."""
        self._stopping.set()

    def cut(self) -> None:
        """SIGKILL: nothing is done any more, and what was not committed is gone."""
        if not self.over:
            self.over = self.cut_off = True
            for writer in self._writers:
                writer.cut()
            asyncio.get_running_loop().call_soon(self._bury)

    def do(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let this life do something more; nobody hears whether it went well."""
        context = copy_context()
        context.run(OWNER.set, self.tasks)
        context.run(LIFE.set, self)
        asyncio.get_running_loop().create_task(_unheard(work), context=context)

    async def passes(self, point: str) -> None:
        """A call begins or was answered; the dead wait for ever."""
        with suppress(Cut):
            self.asked(point)
        if self.cut_off:
            await asyncio.get_running_loop().create_future()

    def writer(self, url: str | URL, changed: Callable[[frozenset[str]], None]) -> InlineWriter:
        """The writer of this life."""
        ledger = partial(TroubledLedger, trouble=self.asked)
        writer = InlineWriter(url, changed, ledger)
        self._writers.append(writer)
        return writer

    async def _run(self) -> None:
        async with assembly.running(self.settings, self.clock) as self.product:
            self.ready = self.simulator.clock.now()
            await self._stopping.wait()

    def _bury(self) -> None:
        """Cancel what is left, again and again: clearing up may wait for what never comes."""
        left = [task for task in self.tasks if not task.done()]
        for task in left:
            task.cancel()
        if left:
            asyncio.get_running_loop().call_soon(self._bury)

    def _done(self, main: asyncio.Task[None]) -> None:
        failure = None if main.cancelled() else main.exception()
        if not self.cut_off:
            self.failure = failure
        self.over = True
        self.ended(self)


@contextmanager
def on_the_bench() -> Iterator[None]:
    """Within this block the product is put together with the parts of the bench.

    What is the same in each life, and expensive, is made once: texts, town, statements.
    """
    parts: dict[str, Any] = {
        "bot.assembly.build_bot": _bot,
        "bot.assembly.Writer": _writer,
        "bot.assembly.alone": _alone,
        "bot.assembly.PictureWorker": QuickWorker,
        "bot.assembly.prepare": _prepare,
        "bot.assembly.set_up": _set_up,
        "bot.assembly.Watch": NoWatch,
        "bot.assembly.build_town": _town,
        "storage.transactions.Kit": _kit,
        "aiogram.client.session.aiohttp.ssl.create_default_context": _no_encryption,
    }
    with ExitStack() as stack:
        for name, part in parts.items():
            stack.enter_context(patch(name, part))
        stack.enter_context(patch.object(Catalogue, "load", _catalogue(Catalogue.load)))
        stack.enter_context(patch.object(Courier, "_tell", _telling(Courier._tell)))  # noqa: SLF001
        yield


def _alive() -> Life:
    life = LIFE.get()
    if life is None:
        raise RuntimeError("the product is put together by a life alone")
    return life


def _bot(settings: Settings, _answered: object = None) -> Bot:
    life = _alive()
    return Bot(settings.telegram.token.reveal(), session=LifeWire(life.simulator, life))


def _writer(url: str | URL, _name: str, changed: Callable[[frozenset[str]], None]) -> InlineWriter:
    return _alive().writer(url, changed)


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """The lock of the operating system tells processes apart, not the lives of the bench."""
    life, holder = _alive(), _HOLDERS.get(url)
    if holder is not None and not holder.over:
        raise CityTakenError("1")
    _HOLDERS[url] = life
    try:
        yield
    finally:
        if _HOLDERS.get(url) is life:
            del _HOLDERS[url]


_HOLDERS: dict[str, Life] = {}
_prepared = assembly.prepare


def _prepare(settings: Settings) -> None:
    """The database was laid with its tables, unless the run is about them."""
    if _alive().migrates:
        _prepared(settings)


async def _unheard(work: Coroutine[Any, Any, Any]) -> None:
    with suppress(StorageError):
        await work


async def _set_up(_bot: Bot, _catalogue: Catalogue) -> None:
    """The names of the commands are no matter of faults."""


def _town(settings: Settings) -> Town:
    zone = settings.city.timezone
    if zone not in _TOWNS:
        _TOWNS[zone] = town_of(settings)
    return _TOWNS[zone]


_TOWNS: dict[str, Town] = {}


def _no_encryption(**_: object) -> None:
    """No connection is ever opened; the certificates of the world take a while to read."""


def _kit(dialect: Any, _url: object) -> Kit:
    if dialect.name not in _KITS:
        _KITS[dialect.name] = Kit(dialect)
    return _KITS[dialect.name]


_KITS: dict[str, Kit] = {}


def _catalogue(load: Callable[..., Catalogue]) -> Callable[..., Catalogue]:
    return cache(load)


def _telling(tell: Callable[[Courier, Telling], Any]) -> Callable[[Courier, Telling], Any]:
    """Know which row a call tells."""

    async def noted(courier: Courier, telling: Telling) -> object:
        ROW.set(telling.row.id)
        return await tell(courier, telling)

    return noted
