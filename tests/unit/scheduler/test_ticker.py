"""The tick: everything that is due is handled, at its time, and nothing spins meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.ticker import Ticker
from tests.fakes.clock import MORNING, ManualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

MINUTE = timedelta(minutes=1)


class PlainDesk:
    """Due rows that are nothing but their times."""

    def __init__(self, clock: ManualClock, *times: datetime) -> None:
        self._clock = clock
        self.times = sorted(times)
        self.handled: list[tuple[datetime, datetime]] = []
        self.looks = 0

    async def fall_due(self) -> int:
        """Handle what is due."""
        now = self._clock.now()
        due = [moment for moment in self.times if moment <= now]
        self.times = [moment for moment in self.times if moment > now]
        self.handled += [(moment, now) for moment in due]
        return len(due)

    async def next_due(self) -> datetime | None:
        """The earliest."""
        self.looks += 1
        return self.times[0] if self.times else None


@asynccontextmanager
async def ticking(desk: PlainDesk, clock: ManualClock) -> AsyncIterator[tuple[Ticker, list[None]]]:
    """A ticker at work, and how often it told others."""
    told: list[None] = []
    ticker = Ticker(desk, clock, lambda: told.append(None))
    clock.add_probe(lambda: ticker.idle)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(ticker.run())
        await clock.settle()
        yield ticker, told
        task.cancel()


async def test_each_row_is_handled_at_its_own_time() -> None:
    """The clock stops at each."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING + MINUTE, MORNING + 5 * MINUTE)
    async with ticking(desk, clock) as (_, told):
        await clock.advance(10 * MINUTE)
        assert desk.handled == [(MORNING + n * MINUTE, MORNING + n * MINUTE) for n in (1, 5)]
        assert len(told) == 2


async def test_what_is_due_at_the_start_is_handled_together() -> None:
    """As after a time away."""
    clock = ManualClock()
    desk = PlainDesk(clock, *(MORNING - n * MINUTE for n in range(3)))
    async with ticking(desk, clock) as (_, told):
        assert [now for _, now in desk.handled] == [MORNING] * 3
        assert len(told) == 1


async def test_a_new_row_is_seen_after_a_poke() -> None:
    """Even one that is due before all others."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING + 60 * MINUTE)
    async with ticking(desk, clock) as (ticker, _):
        desk.times = [MORNING + MINUTE, *desk.times]
        ticker.poke()
        await clock.settle()
        await clock.advance(2 * MINUTE)
        assert [moment for moment, _ in desk.handled] == [MORNING + MINUTE]


async def test_a_ticker_without_rows_rests() -> None:
    """It looks once, and again only when it is poked."""
    clock = ManualClock()
    desk = PlainDesk(clock)
    async with ticking(desk, clock) as (ticker, _):
        await clock.advance(24 * 60 * MINUTE)
        assert desk.looks == 1
        assert ticker.idle
        ticker.poke()
        assert not ticker.idle
        await clock.settle()
        assert desk.looks == 2
