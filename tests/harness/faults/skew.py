"""The clock of the product's own machine: the true one, or some minutes away from it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.clock import SimulatedClock


class MachineClock:
    """Follows the simulated clock at a distance that may change (`usecases.ports.Clock`)."""

    def __init__(self, true: SimulatedClock) -> None:
        self._true = true
        self._off = timedelta()
        self._turned = asyncio.Event()

    def now(self) -> datetime:
        """What this machine takes for the present moment."""
        return self._true.now() + self._off

    async def sleep_until(self, moment: datetime) -> None:
        """Return once this clock shows the moment, however it got there, or was put back."""
        seen = self.now()
        while moment > (now := self.now()) >= seen:
            seen = now
            turned, alarm = self._turned, asyncio.Event()
            hand = self._true.call_at(moment - self._off, alarm.set)
            try:
                await _first(turned, alarm)
            finally:
                hand.cancel()

    def turn(self, off: timedelta) -> None:
        """Somebody sets the clock, or the network's time does."""
        self._off = off
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()


async def _first(*events: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    waits = [loop.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
