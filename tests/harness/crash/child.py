"""The bot's side: one life of the real product, forked from a process that has imported all.

What a life would only do again is done once, before the fork: reading the catalogue, putting
statements into words. The processes that decode pictures are left out, the decoding is not.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sqlite3
import traceback
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from bot import assembly
from bot.backup.before import upgrade
from bot.config.city import town as build_town
from handlers.dispatcher import dispatcher
from messages.catalogue import Catalogue
from pictures.intake import examine
from scheduler.timetable import CronTimetable
from storage import migrate, transactions
from storage.hand import Kit
from tests.harness.crash.arms import ARMS
from tests.harness.crash.wire import WIRE, FarSession, ToldClock
from tests.harness.folders import folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from socket import socket

    from sqlalchemy import Dialect

    from bot.config import Settings
    from pictures.intake import Picture
    from tests.harness.crash.wire import Told

Built = TypeVar("Built")

DATABASE = "xunchaqun.sqlite3"
CALM_TURNS = 8
"""Turns of the event loop in a row that must find the product idle."""
GAP = 0.0005
"""Seconds until the next look at a busy product."""
FAILED = 70
"""How a life ends that nobody killed."""


class QuickPictures:
    """Examines in this process (`pictures.worker.PictureWorker`); sheets are one plain picture."""

    def __init__(self, drawn: bytes) -> None:
        self._drawn = drawn

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        return None

    async def examine(self, data: bytes) -> Picture:
        """Do what `intake.examine` does."""
        return examine(data)

    async def sheet(self, _spec: object) -> bytes:
        """A sheet nobody looks at."""
        return self._drawn

    async def chart(self, _spec: object) -> bytes:
        """Likewise a chart."""
        return self._drawn


async def _nothing(*_given: object) -> None:
    """The set-up calls of each start are no part of any road."""


def make_light(drawn: bytes) -> None:
    """Replace what costs much in each life, for all lives to come."""
    named: dict[str, Any] = {
        "Session": FarSession,
        "PictureWorker": lambda: QuickPictures(drawn),
        "set_up": _nothing,
        "build_town": _once(build_town),
        "CronTimetable": _once(CronTimetable),
        "upgrade": _upgrade_what_is_old,
        "dispatcher": cache(dispatcher),
    }
    for name, instead in named.items():
        setattr(assembly, name, instead)
    setattr(Catalogue, Catalogue.load.__name__, cache(Catalogue.load))
    migrate._newest = cache(migrate._newest)  # noqa: SLF001 - reads all scripts anew
    _share_kit()


def _once(build: Callable[..., Built]) -> Callable[..., Built]:
    """The settings of all towns differ in the folder alone."""
    built: list[Built] = []

    def once(*given: object) -> Built:
        if not built:
            built.append(build(*given))
        return built[0]

    return once


def _upgrade_what_is_old(settings: Settings) -> Path | None:
    """To learn by Alembic that nothing is to do takes a seventh of a life."""
    newest = migrate._newest(None)  # noqa: SLF001 - read once, see `make_light`
    return None if _revision(settings.data / DATABASE) == newest else upgrade(settings)


def _revision(file: Path) -> str | None:
    with closing(sqlite3.connect(file)) as database, suppress(sqlite3.OperationalError):
        found: tuple[str] | None = database.execute(
            "SELECT version_num FROM alembic_version"
        ).fetchone()
        return found[0] if found else None
    return None


@cache
def _tables() -> bytes:
    """The newest tables, empty."""
    with folder() as place:
        file = Path(place) / DATABASE
        migrate.upgrade(f"sqlite:///{file}", backup_folder=None)
        return file.read_bytes()


def lay_tables(place: Path) -> None:
    """Let a town begin with its tables made; how they are made is looked at by `migrating`."""
    (place / DATABASE).write_bytes(_tables())


def _share_kit() -> None:
    """Every engine of a life, and of all lives, has its statements from one kit."""
    kits: dict[str, Kit] = {}

    def shared(dialect: Dialect, _url: object) -> Kit:
        if dialect.name not in kits:
            kits[dialect.name] = Kit(dialect)
        return kits[dialect.name]

    setattr(transactions, Kit.__name__, shared)


async def live(settings: Settings, end: socket, begin: datetime) -> None:
    """Run the product; the other end of the wire is Telegram, and tells the time."""
    clock = ToldClock(begin)
    await WIRE.connect(end)
    running: asyncio.Future[assembly.Product] = asyncio.get_running_loop().create_future()

    async def calm(number: int) -> None:
        product, turns = await running, 0
        while turns < CALM_TURNS:
            turns = turns + 1 if product.idle else 0
            await asyncio.sleep(0 if turns else GAP)
        WIRE.put({"answer": number, "next": clock.next and clock.next.isoformat()})

    def hear(told: Told) -> None:
        if "now" in told:
            clock.put(type(begin).fromisoformat(told["now"]))
        else:
            group.create_task(calm(told["ask"]))

    async with asyncio.TaskGroup() as group:
        group.create_task(_listen(hear))
        async with assembly.running(settings, clock) as product:
            running.set_result(product)
            await asyncio.Event().wait()


async def _listen(hear: Callable[[Told], None]) -> None:
    await WIRE.listen(hear)
    raise ConnectionResetError("the other end is gone")


def be_born(settings: Settings, end: socket, begin: datetime, aim: tuple[str, int]) -> NoReturn:
    """What a forked process does until it is killed; it never returns."""
    gc.disable()
    _listen_to_log(settings.data / "lives.log")
    ARMS.aim(*aim)
    try:
        asyncio.run(live(settings, end, begin))
    except BaseException:  # noqa: BLE001 - told to the parent by the exit code, and the log
        logging.getLogger(__name__).critical("%s", traceback.format_exc())
    os._exit(FAILED)


def _listen_to_log(file: Path) -> None:
    handler = logging.FileHandler(file)
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
