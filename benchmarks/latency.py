"""From an update's arrival to its commit, with many in flight, as webhooks bring them."""

from __future__ import annotations

import asyncio
import time
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.contenders import product_in
from bot.webhook import Webhook

if TYPE_CHECKING:
    from pathlib import Path

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
    cuts = quantiles(spans, n=100)
    return Latency(cuts[49], cuts[98])
