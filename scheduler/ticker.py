"""The tick: sleeps until the next row falls due, and has everything handled that is due.

What fell due while the bot was away waits at a start for what was said meanwhile: it may be done.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.ports import Clock


PATIENCE = timedelta(minutes=1)
"""A start waits no longer, whether or not the platform was heard; and not at all for rows that
are late by less: the bot was hardly away."""


class DueDesk(Protocol):
    """The due rows as the ticker sees them."""

    async def next_due(self) -> datetime | None:
        """When the next row falls due, or fell due."""
        ...

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
        self._caught_up = False

    @property
    def idle(self) -> bool:
        """Whether only time or a poke can bring anything to do."""
        waiting = self._resting and not self._poked.is_set()
        return waiting and (self._until is None or self._until > self._clock.now())

    def poke(self) -> None:
        """The due rows may have changed."""
        self._poked.set()

    def caught_up(self) -> None:
        """What was said before the start is taken in."""
        if not self._caught_up:
            self._caught_up = True
            self.poke()

    async def run(self) -> None:
        """Handle what falls due, for ever."""
        await self._wait_for_what_was_said()
        while True:
            self._poked.clear()
            self._until = await self._desk.fall_due()
            if self._until is None or self._until > self._clock.now():
                await self._rest()

    async def _wait_for_what_was_said(self) -> None:
        started = self._clock.now()
        due = await self._desk.next_due()
        if due is None or due > started - PATIENCE:
            return
        self._until = started + PATIENCE
        while not self._caught_up and self._until > self._clock.now():
            self._poked.clear()
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
