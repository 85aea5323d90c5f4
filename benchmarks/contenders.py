"""What is measured: the product's intake, raw sqlite3 with the same rows, the bare dispatcher."""

from __future__ import annotations

import sqlite3
import time
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update

from benchmarks.updates import MOMENT, batches
from bot.assembly import Product, build, prepare
from bot.config import sample
from pictures.worker import PictureWorker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from benchmarks.updates import RawUpdate
    from bot.config import Settings

TABLES = ("seen", "cases", "history", "clock", "links", "photos", "outbox", "dues")
"""The tables an opened case writes to, the ones referred to first."""


class BenchClock:
    """Shows the time of what came last."""

    def __init__(self) -> None:
        self._moment = MOMENT

    def now(self) -> datetime:
        """A second after the last message."""
        return self._moment

    def pass_to(self, updates: Sequence[RawUpdate]) -> None:
        """These come."""
        last = max(raw["message"]["date"] for raw in updates)
        self._moment = max(self._moment, datetime.fromtimestamp(last + 1, UTC))

    async def sleep_until(self, moment: datetime) -> None:
        """Nothing waits in a benchmark."""


def settings_in(folder: Path) -> Settings:
    """The sample town with its data in a folder."""
    return replace(sample({}), data=folder)


class Bench(NamedTuple):
    """The product at work, and its clock."""

    product: Product
    clock: BenchClock

    async def take_in(self, updates: list[RawUpdate]) -> None:
        """A batch comes, is committed, and is followed by what waits for the commit."""
        self.clock.pass_to(updates)
        receiver = self.product.receiver
        receiver.committed(await receiver.take_in(updates))


@asynccontextmanager
async def product_in(folder: Path) -> AsyncIterator[Bench]:
    """The real product on a fresh database, with writer and desk at work and no loops."""
    settings = settings_in(folder)
    prepare(settings)
    clock = BenchClock()
    product = build(settings, clock, PictureWorker())
    await product.writer.start()
    try:
        await product.desk.start()
        yield Bench(product, clock)
    finally:
        await product.writer.stop()
        await product.bot.session.close()


async def product_intake(folder: Path, updates: list[RawUpdate]) -> float:
    """Seconds for updates → dispatcher → desk → committed cases with queued cards."""
    async with product_in(folder) as bench:
        begun = time.perf_counter()
        for batch in batches(updates):
            await bench.take_in(batch)
        return time.perf_counter() - begun


class Rows(NamedTuple):
    """The statements and values that one case is made of."""

    steps: tuple[tuple[str, tuple[object, ...]], ...]


def rows_of_cases(folder: Path) -> list[Rows]:
    """What the product wrote, case by case, as plain statements."""
    with closing(sqlite3.connect(settings_in(folder).data / "xunchaqun.sqlite3")) as database:
        ids = [row[0] for row in database.execute("SELECT id FROM cases ORDER BY id")]
        found: dict[int, list[tuple[str, tuple[object, ...]]]] = {case: [] for case in ids}
        for table in TABLES:
            cursor = database.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            names = [column[0] for column in cursor.description]
            values = ", ".join("?" * len(names))
            columns = ", ".join(f'"{name}"' for name in names)
            insert = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 - likewise
            key = names.index("case_id") if "case_id" in names else 0
            for at, row in enumerate(cursor.fetchall()):
                case = ids[at] if table == "seen" else row[key]
                if case in found:
                    found[case].append((insert, tuple(row)))
    return [Rows(tuple(steps)) for steps in found.values()]


@contextmanager
def raw_database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The product's tables and pragmas, and nothing else of it."""
    prepare(settings_in(folder))
    path = folder / "xunchaqun.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=512)) as database:
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {pragma}")
        yield database


def raw_intake(folder: Path, cases: list[Rows]) -> float:
    """Seconds for the same rows through `sqlite3`, one commit each, same tables and pragmas."""
    with raw_database(folder) as database:
        begun = time.perf_counter()
        for case in cases:
            database.execute("BEGIN IMMEDIATE")
            for statement, values in case.steps:
                database.execute(statement, values)
            database.execute("COMMIT")
        return time.perf_counter() - begun


def commit_together(database: sqlite3.Connection, cases: Sequence[Rows]) -> None:
    """The rows of several cases in one transaction, table by table."""
    tables: dict[str, list[tuple[object, ...]]] = {}
    for case in cases:
        for statement, values in case.steps:
            tables.setdefault(statement, []).append(values)
    database.execute("BEGIN IMMEDIATE")
    for statement, rows in tables.items():
        database.executemany(statement, rows)
    database.execute("COMMIT")


class Bare:
    """Aiogram with a handler that does nothing."""

    def __init__(self) -> None:
        self._dispatcher = Dispatcher(disable_fsm=True)
        self._dispatcher.message.register(_nothing)
        self._bot = Bot("1:" + "a" * 35)

    async def feed(self, updates: Sequence[RawUpdate]) -> None:
        """Parse the updates and dispatch them."""
        for raw in updates:
            update = Update.model_validate(raw, context={"bot": self._bot})
            await self._dispatcher.feed_update(self._bot, update)


async def bare_dispatcher(updates: list[RawUpdate]) -> float:
    """Seconds for aiogram to parse the updates and hand them to a handler that does nothing."""
    bare = Bare()
    begun = time.perf_counter()
    await bare.feed(updates)
    return time.perf_counter() - begun


async def _nothing(_message: Message) -> None:
    pass
