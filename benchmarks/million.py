"""A city after years: the product's own reads and writes on a database of many closed cases."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.contenders import TABLES, product_in, product_intake, settings_in
from benchmarks.updates import MOMENT, photo_updates
from usecases.figures import Window, tally

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from casework.town import Town
    from usecases.ports import UnitOfWork

A_DAY = 900
"""Cases of an ordinary day; a million of them are three years."""
TIMES, PAGE, DUE = 200, 50, 100
OPENING = "open a case"
STAMP = "%Y-%m-%d %H:%M:%S.000000+00:00"
CASES = {
    "id": "old_n",
    "number": "printf('XC-OLD-%09d', old_n)",
    "status": "'closed'",
    "patrol_key": "'officer01'",
    "repair_key": "'repairer01'",
    "reported_at": "old_at",
    "opened_at": "old_at",
    "claimed_at": "old_at",
    "closed_at": "old_at",
    "photo_message": "printf('old%09d', old_n)",
}
"""What an old case has of its own; the rest is that of the first one."""
OTHERS = {
    "case_id": "old_n",
    "message": "printf('old%09d-%d', old_n, {id})",
    "unique": "printf('old%09d-%d', old_n, {id})",
    "key": "printf('old%09d-%d', old_n, {id})",
    "state": "{state}",
    "sent_at": "old_at",
    "at": "old_at",
    "try_at": "old_at",
    "created_at": "old_at",
    "not_before": "old_at",
}
"""The same for its rows in other tables."""
ROWLESS = frozenset({"history", "clock"})
"""Tables that are numbered case by case."""
DONE = {"outbox": "'sent'", "dues": "'done'", "photos": "'kept'"}


class Span(NamedTuple):
    """Milliseconds."""

    median: float
    p95: float


class Measured(NamedTuple):
    """What the database costs."""

    cases: int
    spans: dict[str, Span]
    empty: Span
    """The open-case transaction on an empty database."""


def fill(folder: Path, count: int) -> None:
    """One case by the product, and so many copies of its rows, closed long ago."""
    asyncio.run(product_intake(folder, photo_updates(1)))
    with closing(sqlite3.connect(settings_in(folder).data / "xunchaqun.sqlite3")) as database:
        for pragma in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "foreign_keys=OFF",
            "cache_size=-400000",
        ):
            database.execute(f"PRAGMA {pragma}")
        with _without_indexes(database):
            for table in TABLES:
                if table != "seen":
                    database.execute(_copying(database, table), {"count": count, "day": A_DAY})
            database.execute("UPDATE counters SET value = value + ?", (count + 1000,))
            database.commit()
        database.execute("ANALYZE")
        database.commit()
        database.execute("PRAGMA journal_mode=WAL")


@contextmanager
def _without_indexes(database: sqlite3.Connection) -> Iterator[None]:
    """An index takes a fraction of the time if it is made of all its rows in the end."""
    theirs = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    indexes = database.execute(theirs).fetchall()
    for name, _ in indexes:
        database.execute(f'DROP INDEX "{name}"')
    yield
    for _, made in indexes:
        database.execute(made)


def _copying(database: sqlite3.Connection, table: str) -> str:
    """The statement that copies the first case's rows of a table, once for each old case."""
    own = CASES if table == "cases" else OTHERS
    names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    if table != "cases" and "id" in names:
        names.remove("id")
    number = {"id": "seq" if table in ROWLESS else "rowid", "state": DONE.get(table, "state")}
    if table == "links":
        number["id"] = "0"
    values = [own[name].format(**number) if name in own else f'"{name}"' for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    where = "id = 1" if table == "cases" else "case_id = 1"
    stamp = f"strftime('{STAMP}', '{MOMENT:%Y-%m-%d}', -(old_n * 86400 / :day) || ' seconds')"
    rowid = "" if table in {*ROWLESS, "links"} else "rowid, "
    parts = (
        "WITH RECURSIVE old(old_n) AS",
        "(SELECT 2 UNION ALL SELECT old_n + 1 FROM old WHERE old_n <= :count),",
        f"dated AS (SELECT old_n, {stamp} AS old_at FROM old),",  # noqa: S608 - our own names
        f"first AS MATERIALIZED (SELECT {rowid}* FROM {table} WHERE {where})",  # noqa: S608
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM dated, first",  # noqa: S608
    )
    return " ".join(parts)


def measured(full: Path, empty: Path, count: int) -> Measured:
    """Fill one database, and measure it and an empty one."""
    fill(full, count)
    empty.mkdir(exist_ok=True)
    asyncio.run(product_intake(empty, photo_updates(1)))
    alone = asyncio.run(_measure(empty, 0))
    return Measured(count, asyncio.run(_measure(full, count)), alone[OPENING])


async def _measure(folder: Path, count: int) -> dict[str, Span]:
    updates = iter(photo_updates(TIMES + 2)[1:])
    async with product_in(folder) as bench:

        async def opened() -> None:
            await bench.take_in([next(updates)])

        await opened()
        spans = {OPENING: await _timed(opened)}
        for name, read in _reads(count, bench.product.desk.town).items():
            spans[name] = await _timed(partial(bench.product.writer.run, read))
        spans["idle tick"] = await _timed(bench.product.desk.fall_due)
    return spans


async def _timed(work: Callable[[], Awaitable[object]]) -> Span:
    spans = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        await work()
        spans.append((time.perf_counter() - begun) * 1000)
    return Span(median(spans), quantiles(spans, n=20)[-1])


def _reads(count: int, town: Town) -> dict[str, Callable[[UnitOfWork], object]]:
    places = iter(range(0, count + TIMES, max(count // TIMES, 1)))

    def digest(uow: UnitOfWork) -> object:
        window = Window(since=MOMENT - timedelta(days=1), until=MOMENT, town=town)
        return tally(window, uow.cases.touched(window.since, window.until))

    return {
        f"due tick, {DUE} rows": lambda uow: uow.dues.claim(MOMENT + timedelta(days=9), DUE),
        f"ledger page of {PAGE}": lambda uow: uow.cases.page(next(places), PAGE),
        f"digest of a day ({A_DAY} cases)": digest,
    }
