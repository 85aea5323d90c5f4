"""A clock that stands still until a test moves it (`usecases.ports.Clock`)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Nine o'clock in the sample town."""

_CALM = 5
_PATIENCE = 20_000


class ManualClock:
    """Moved by `advance`, which walks from one sleeper to the next and waits until all is idle."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []
        self._probes: list[Callable[[], bool]] = []
        self.sleeps = 0
        """How often somebody went to sleep; a loop that spins shows here."""

    def now(self) -> datetime:
        """The present moment."""
        return self._now

    async def sleep_until(self, moment: datetime) -> None:
        """Return when the clock has reached the moment."""
        self.sleeps += 1
        if moment <= self._now:
            return
        sleeper = (moment, asyncio.Event())
        self._sleepers.append(sleeper)
        try:
            await sleeper[1].wait()
        finally:
            self._sleepers.remove(sleeper)

    def add_probe(self, idle: Callable[[], bool]) -> None:
        """Ask this before the clock moves on."""
        self._probes.append(idle)

    async def settle(self) -> None:
        """Let everything run that can run at this moment."""
        calm = 0
        for _ in range(_PATIENCE):
            await asyncio.sleep(0)
            calm = calm + 1 if all(idle() for idle in self._probes) else 0
            if calm >= _CALM:
                return
        raise AssertionError("not idle although time stands still")

    async def advance(self, step: timedelta) -> None:
        """Walk ahead, stopping wherever somebody wakes up."""
        target = self._now + step
        await self.settle()
        while due := [moment for moment, _ in self._sleepers if moment <= target]:
            self.put(min(due))
            await self.settle()
        self.put(target)
        await self.settle()

    def put_back(self, step: timedelta) -> None:
        """Somebody sets the clock back; sleepers look again."""
        self._now -= step
        for _, event in self._sleepers:
            event.set()

    def put(self, moment: datetime) -> None:
        """Jump; sleepers whose moment has come wake up."""
        self._now = max(moment, self._now)
        for wanted, event in self._sleepers:
            if wanted <= self._now:
                event.set()
