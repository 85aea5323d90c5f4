"""Calls side by side, one per lane, started in rounds; between rounds it waits for poke or clock.

A poke during a round is kept: another round follows. Nothing here spins: every wait is for an
event or for a moment of the one clock.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Coroutine
    from datetime import datetime

    from usecases.ports import Clock

STOP_WITHIN = 3.0
"""Seconds that calls in flight are given to finish at a stop."""


class Lanes:
    """Runs rounds until it is stopped; a round starts calls and says when to look again."""

    def __init__(self, name: str, clock: Clock, most: int) -> None:
        self._name = name
        self._clock = clock
        self._most = most
        self._poked = asyncio.Event()
        self._calls: dict[str, asyncio.Task[None]] = {}
        self._group: asyncio.TaskGroup | None = None
        self._resting = False
        self._until: datetime | None = None
        self._stopping = False
        self._over = asyncio.Event()
        self._failure: Exception | None = None

    @property
    def busy(self) -> Collection[str]:
        """The lanes with a call in flight."""
        return self._calls.keys()

    @property
    def room(self) -> int:
        """How many more calls may start; none during a stop."""
        return 0 if self._stopping else self._most - len(self._calls)

    @property
    def idle(self) -> bool:
        """Whether only time or a poke can bring anything to do."""
        if self._over.is_set():
            return True
        waiting = self._resting and not self._calls and not self._poked.is_set()
        return waiting and (self._until is None or self._until > self._clock.now())

    def poke(self) -> None:
        """Something may have become possible: look again. Call it in the loop's thread."""
        self._poked.set()

    def start(self, lane: str, call: Callable[[], Coroutine[object, object, None]]) -> None:
        """Run a call in its lane; only from within a round, and only in a lane that is not busy.

        An error of a call ends `run`, after the other calls in flight.
        """
        if self._group is None or lane in self._calls:
            raise RuntimeError(f"no call may start in lane {lane} now")
        task = self._group.create_task(self._guard(call), name=f"{self._name}:{lane}")
        self._calls[lane] = task
        task.add_done_callback(lambda _: self._ended(lane))

    async def run(self, begin: Callable[[], Awaitable[datetime | None]]) -> None:
        """Hold rounds until `stop()`.

        Raises:
            Exception: What a round or a call raised.
        """
        try:
            async with asyncio.TaskGroup() as self._group:
                try:
                    await self._rounds(begin)
                finally:
                    await self._finish()
        finally:
            self._group = None
            self._over.set()
        if self._failure is not None:
            raise self._failure

    async def stop(self) -> None:
        """Start nothing more, let calls in flight finish within `STOP_WITHIN`, cancel the rest."""
        self._stopping = True
        self.poke()
        if self._group is not None:
            await self._over.wait()

    async def _rounds(self, begin: Callable[[], Awaitable[datetime | None]]) -> None:
        try:
            while not self._stopping:
                self._poked.clear()
                await self._rest(await begin())
                # Who poked at the end of a call frees its lane in this turn: one round for both.
                await asyncio.sleep(0)
        except Exception as error:  # noqa: BLE001 - raised by `run`, bare, when all calls have ended
            self._failure = error

    async def _rest(self, until: datetime | None) -> None:
        self._until = until
        self._resting = True
        try:
            async with asyncio.TaskGroup() as group:
                alarm = group.create_task(self._ring(until), name=f"{self._name}:alarm")
                await self._poked.wait()
                alarm.cancel()
        finally:
            self._resting = False

    async def _ring(self, until: datetime | None) -> None:
        if until is not None:
            await self._clock.sleep_until(until)
            self.poke()

    async def _guard(self, call: Callable[[], Coroutine[object, object, None]]) -> None:
        try:
            await call()
        except Exception as error:  # noqa: BLE001 - raised by `run`, when all calls have ended
            self._failure = self._failure or error
            self._stopping = True

    def _ended(self, lane: str) -> None:
        del self._calls[lane]
        self.poke()

    async def _finish(self) -> None:
        self._stopping = True
        if not self._calls:
            return
        _, late = await asyncio.wait(set(self._calls.values()), timeout=STOP_WITHIN)
        for task in late:
            task.cancel()
