"""From an update's arrival to its commit, with many in flight, as webhooks bring them."""

from __future__ import annotations

import asyncio
import time
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.contenders import Bare, commit_together, product_in, raw_database
from benchmarks.updates import batches
from bot.webhook import Webhook

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.contenders import Rows
    from benchmarks.updates import RawUpdate

WARM = 200
"""Updates before the measure: statements are prepared by then."""


class Latency(NamedTuple):
    """Milliseconds."""

    median: float
    p99: float


async def latency(folder: Path, updates: list[RawUpdate], in_flight: int) -> Latency:
    """So many updates in flight at a time; each next one comes when one is committed."""
    spans: list[float] = []
    async with product_in(folder) as bench, asyncio.TaskGroup() as group:
        webhook = Webhook(receiver=bench.product.receiver, heard=lambda: None)
        loop = group.create_task(webhook.run())
        await asyncio.sleep(0)
        for raw in updates[:WARM]:
            bench.clock.pass_to([raw])
            await webhook.take(raw)
        waiting = iter(updates[WARM:])

        async def bring() -> None:
            for raw in waiting:
                bench.clock.pass_to([raw])
                begun = time.perf_counter()
                assert await webhook.take(raw)
                spans.append((time.perf_counter() - begun) * 1000)

        async with asyncio.TaskGroup() as bringers:
            for _ in range(in_flight):
                bringers.create_task(bring())
        loop.cancel()
    return _latency(spans)


async def floor(
    folder: Path, updates: list[RawUpdate], cases: list[Rows], in_flight: int
) -> Latency:
    """What is left of it where nothing is decided, nor handed from one thread to another.

    So many updates at a time are parsed and dispatched by aiogram, and plain `sqlite3` puts the
    rows that the product made of them into one transaction.
    """
    spans: list[float] = []
    bare = Bare()
    with raw_database(folder) as database:
        for at, batch in enumerate(batches(updates, in_flight)):
            begun = time.perf_counter()
            await bare.feed(batch)
            commit_together(database, cases[at * in_flight :][:in_flight])
            spans.append((time.perf_counter() - begun) * 1000)
    return _latency(spans)


def _latency(spans: list[float]) -> Latency:
    cuts = quantiles(spans, n=100)
    return Latency(cuts[49], cuts[98])
