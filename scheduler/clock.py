"""The one clock of a running bot, and one that follows a simulator's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LONGEST_SLEEP = timedelta(minutes=1)
"""The machine's clock may be put right while we sleep: look again at least this often."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one clock

    async def sleep_until(self, moment: datetime) -> None:
        """Return when `now()` has reached the moment, or was seen to be put back."""
        seen = self.now()
        while (left := moment - (now := self.now())) > timedelta(0) and now >= seen:
            seen = now
            await asyncio.sleep(min(left, LONGEST_SLEEP).total_seconds())


class Watch(Protocol):
    """Asks a simulator where its clock stands; waits until it was put elsewhere."""

    def __call__(self, newer_than: int) -> Awaitable[tuple[datetime, int]]:
        """The clock's moment and version, once the version is newer."""
        ...


class FollowingClock:
    """A clock that was put elsewhere by a simulator, and runs at real speed from there."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._system = SystemClock()
        self._offset = timedelta(0)
        self._version = 0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._system.now() + self._offset

    async def sleep_until(self, moment: datetime) -> None:
        """Return when `now()` has reached the moment, however it got there, or was put back."""
        seen = self.now()
        while (left := moment - (now := self.now())) > timedelta(0) and now >= seen:
            seen, moved = now, self._moved
            try:
                await asyncio.wait_for(moved.wait(), min(left, LONGEST_SLEEP).total_seconds())
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Put this clock where the simulator's is; returns after its next change."""
        moment, version = await self._watch(self._version)
        self._offset = moment - self._system.now()
        self._version = version
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def run(self, pause: Callable[[], Awaitable[None]]) -> None:
        """Follow for ever; `pause` is awaited after a failed look."""
        while True:
            try:
                await self.look()
            except OSError:
                await pause()
