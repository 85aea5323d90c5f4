"""The tick: everything that is due is handled, at its time, and nothing spins meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.ticker import PATIENCE, Ticker
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

    async def next_due(self) -> datetime | None:
        """The earliest, late or not."""
        return self.times[0] if self.times else None

    async def fall_due(self) -> datetime | None:
        """Handle what is due; the earliest of the others."""
        self.looks += 1
        now = self._clock.now()
        due = [moment for moment in self.times if moment <= now]
        self.times = [moment for moment in self.times if moment > now]
        self.handled += [(moment, now) for moment in due]
        return await self.next_due()


@asynccontextmanager
async def ticking(
    desk: PlainDesk, clock: ManualClock, *, caught_up: bool = True
) -> AsyncIterator[Ticker]:
    """A ticker at work; `caught_up`: nothing waits at the platform."""
    ticker = Ticker(desk, clock)
    if caught_up:
        ticker.caught_up()
    clock.add_probe(lambda: ticker.idle)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(ticker.run())
        await clock.settle()
        yield ticker
        task.cancel()


async def test_each_row_is_handled_at_its_own_time() -> None:
    """The clock stops at each."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING + MINUTE, MORNING + 5 * MINUTE)
    async with ticking(desk, clock):
        await clock.advance(10 * MINUTE)
        assert desk.handled == [(MORNING + n * MINUTE, MORNING + n * MINUTE) for n in (1, 5)]
        assert desk.looks == 3


async def test_what_is_due_at_the_start_is_handled_together() -> None:
    """As after a time away."""
    clock = ManualClock()
    desk = PlainDesk(clock, *(MORNING - n * MINUTE for n in range(3)))
    async with ticking(desk, clock):
        assert [now for _, now in desk.handled] == [MORNING] * 3
        assert desk.looks == 1


async def test_what_fell_due_while_it_was_away_waits_for_what_was_said() -> None:
    """It may have been done; a commit on the way changes nothing."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING - PATIENCE)
    async with ticking(desk, clock, caught_up=False) as ticker:
        await clock.advance(PATIENCE / 2)
        ticker.poke()
        await clock.settle()
        assert desk.looks == 0
        ticker.caught_up()
        await clock.settle()
        assert desk.handled == [(MORNING - PATIENCE, MORNING + PATIENCE / 2)]


async def test_where_nothing_is_heard_it_is_handled_all_the_same() -> None:
    """The platform may be out of reach."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING - PATIENCE)
    async with ticking(desk, clock, caught_up=False):
        await clock.advance(PATIENCE)
        assert desk.handled == [(MORNING - PATIENCE, MORNING + PATIENCE)]


async def test_a_quick_restart_waits_for_nothing() -> None:
    """What fell due less than a minute ago is not late."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING - PATIENCE / 2)
    async with ticking(desk, clock, caught_up=False):
        assert desk.handled == [(MORNING - PATIENCE / 2, MORNING)]


async def test_a_new_row_is_seen_after_a_poke() -> None:
    """Even one that is due before all others."""
    clock = ManualClock()
    desk = PlainDesk(clock, MORNING + 60 * MINUTE)
    async with ticking(desk, clock) as ticker:
        desk.times = [MORNING + MINUTE, *desk.times]
        ticker.poke()
        await clock.settle()
        await clock.advance(2 * MINUTE)
        assert [moment for moment, _ in desk.handled] == [MORNING + MINUTE]


async def test_a_ticker_without_rows_rests() -> None:
    """It looks once, and again only when it is poked."""
    clock = ManualClock()
    desk = PlainDesk(clock)
    async with ticking(desk, clock) as ticker:
        await clock.advance(24 * 60 * MINUTE)
        assert desk.looks == 1
        assert ticker.idle
        ticker.poke()
        assert not ticker.idle
        await clock.settle()
        assert desk.looks == 2
