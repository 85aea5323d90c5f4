"""The tick: sleeps until the next row falls due, and has everything handled that is due."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.ports import Clock


class DueDesk(Protocol):
    """The due rows as the ticker sees them."""

    async def fall_due(self) -> datetime | None:
        """Handle what is due; when the next row falls due."""
        ...


class Ticker:
    """Runs the due rows. `bot/nursery.py` runs `run()`."""

    def __init__(self, desk: DueDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock
        self._poked = asyncio.Event()
        self._until: datetime | None = None
        self._resting = False

    @property
    def idle(self) -> bool:
        """Whether only time or a poke can bring anything to do."""
        waiting = self._resting and not self._poked.is_set()
        return waiting and (self._until is None or self._until > self._clock.now())

    def poke(self) -> None:
        """The due rows may have changed."""
        self._poked.set()

    async def run(self) -> None:
        """Handle what falls due, for ever."""
        while True:
            self._poked.clear()
            self._until = await self._desk.fall_due()
            if self._until is None or self._until > self._clock.now():
                await self._rest()

    async def _rest(self) -> None:
        self._resting = True
        try:
            async with asyncio.TaskGroup() as group:
                alarm = group.create_task(self._ring(self._until), name="ticker:alarm")
                await self._poked.wait()
                alarm.cancel()
        finally:
            self._resting = False

    async def _ring(self, until: datetime | None) -> None:
        if until is not None:
            await self._clock.sleep_until(until)
            self._poked.set()
