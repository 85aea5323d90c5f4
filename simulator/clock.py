"""One clock for all that the simulator does: real speed from where it was put, and movable.

`advance` walks from one due moment to the next and waits at each until everything is idle, so
that each thing happens at its own time; `set` jumps, as after a power cut.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Probe = Callable[[], bool]

CALM_TURNS = 12
"""Turns of the event loop in a row that must find every probe idle before time may move on.

What one end of a socket in this process writes, the other end reads at the next turn; so many
turns without work mean that nothing is under way between two of them.
"""

CALM_LOOKS = 3
"""The same in looks with real time between them, while all who act are in other processes."""

GAP = 0.001
"""Real seconds until the next look at somebody busy; shorter ones would keep him from his work."""

DISTANT_GAP = 0.002
"""Real seconds between two looks at what other processes do."""

PATIENCE = 15.0
"""Real seconds that `advance` waits at one stop; a stuck bot must not hold the clock for ever."""

HELD_PATIENCE = 0.3
"""The same while somebody waits for the clock itself, e.g. for an answer that a fault delays."""

TIMER_SLACK = 0.0005
"""Real seconds added to a timer, so that the clock has surely passed the moment."""


@dataclass(slots=True)
class Alarm:
    """Something that happens when the clock passes `moment`."""

    moment: datetime
    action: Callable[[], None]
    soft: bool
    held: bool
    live: bool = True

    def cancel(self) -> None:
        """Take the alarm back; harmless when it has gone off."""
        self.live = False


class SimulatedClock:
    """A clock that runs at real speed from `start`, or stands still until moved if `frozen`.

    All moments are aware and answered in UTC. `now` may be called from any thread; everything
    else belongs to the event loop.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._anchor = (start or datetime.now(UTC)).astimezone(UTC)  # noqa: TID251 - this is the clock
        self._mark: float | None = None if frozen else time.monotonic()
        self._frozen = frozen
        self._version = 1
        self._alarms: list[tuple[datetime, int, Alarm]] = []
        self._serial = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._probes: list[Probe] = []
        self._distant = True
        self._watchers: set[asyncio.Future[None]] = set()
        self._walking = asyncio.Lock()

    @property
    def version(self) -> int:
        """Grows by one whenever the clock was put elsewhere."""
        return self._version

    def now(self) -> datetime:
        """The simulated moment, aware, in UTC."""
        anchor, mark = self._anchor, self._mark
        if mark is None:
            return anchor
        return anchor + timedelta(seconds=time.monotonic() - mark)

    def add_probe(self, probe: Probe, *, distant: bool = False) -> None:
        """Ask `probe` (True = idle) before `advance` leaves a stop.

        A distant one sees only the calls that somebody makes, maybe from another process.
        """
        self._probes.append(probe)
        self._distant = self._distant and distant

    def call_at(
        self,
        moment: datetime,
        action: Callable[[], None],
        *,
        soft: bool = False,
        held: bool = False,
    ) -> Alarm:
        """Do `action` once `moment` has come.

        A soft alarm is no stop of `advance`: it goes off when time happens to pass it. A held
        one says that somebody waits for it who therefore cannot become idle.
        """
        alarm = Alarm(moment.astimezone(UTC), action, soft, held)
        heapq.heappush(self._alarms, (alarm.moment, next(self._serial), alarm))
        self._arm()
        return alarm

    async def sleep_until(
        self, moment: datetime, *, soft: bool = False, held: bool = False
    ) -> None:
        """Return once the clock shows `moment` or later."""
        if moment <= self.now():
            await asyncio.sleep(0)
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        alarm = self.call_at(moment, lambda: _resolve(waiting), soft=soft, held=held)
        try:
            await waiting
        finally:
            alarm.cancel()

    async def sleep(self, seconds: float, *, soft: bool = False, held: bool = False) -> None:
        """Let `seconds` of simulated time pass."""
        await self.sleep_until(self.now() + timedelta(seconds=seconds), soft=soft, held=held)

    async def advance(self, step: timedelta) -> None:
        """Walk `step` ahead, stopping at every due moment until all probes are idle."""
        async with self._walking:
            target = self.now() + step
            self._put(self.now(), running=False)
            try:
                await self._walk_to(target)
            finally:
                self._version += 1
                self._put(self.now(), running=not self._frozen)
                self._tell_watchers()

    def set(self, moment: datetime) -> None:
        """Jump to `moment` (aware); what was due meanwhile goes off late, at once."""
        self._version += 1
        self._put(moment.astimezone(UTC), running=self._mark is not None)
        self._tell_watchers()

    async def moved(self, newer_than: int, wait: float) -> None:
        """Return when the version is above `newer_than`, or after `wait` real seconds."""
        if self._version > newer_than:
            return
        watcher: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers.add(watcher)
        try:
            await asyncio.wait({watcher}, timeout=wait)
        finally:
            self._watchers.discard(watcher)

    async def _walk_to(self, target: datetime) -> None:
        await self._calm()
        while (stop := self._next_stop(target)) is not None:
            self._put(max(stop, self.now()), running=False)
            await self._calm()
        self._put(max(target, self.now()), running=False)
        await self._calm()

    def _next_stop(self, target: datetime) -> datetime | None:
        first = self._alarms[0][2] if self._alarms else None
        if first is not None and first.live and not first.soft:
            due: datetime | None = first.moment
        else:
            moments = [a.moment for _, _, a in self._alarms if a.live and not a.soft]
            due = min(moments, default=None)
        return due if due is not None and due <= target else None

    def _put(self, moment: datetime, *, running: bool) -> None:
        self._anchor = moment
        self._mark = time.monotonic() if running else None
        self._ring()

    def _ring(self) -> None:
        now = self.now()
        while self._alarms and (self._alarms[0][0] <= now or not self._alarms[0][2].live):
            alarm = heapq.heappop(self._alarms)[2]
            if alarm.live:
                alarm.live = False
                alarm.action()
        self._arm()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._alarms:
            return
        delay = (self._alarms[0][0] - self.now()).total_seconds()
        if self._mark is not None or delay <= 0:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(delay, 0) + TIMER_SLACK, self._ring)

    async def _calm(self) -> None:
        calm, began = 0, time.monotonic()
        enough = CALM_LOOKS if self._distant else CALM_TURNS
        while calm < enough:
            await asyncio.sleep(self._gap(busy=calm == 0))
            calm = calm + 1 if all(probe() for probe in self._probes) else 0
            waited = time.monotonic() - began
            if waited > PATIENCE or (waited > HELD_PATIENCE and self._somebody_is_held()):
                return

    def _gap(self, *, busy: bool) -> float:
        if self._distant:
            return DISTANT_GAP
        return GAP if busy else 0

    def _somebody_is_held(self) -> bool:
        return any(alarm.live and alarm.held for _, _, alarm in self._alarms)

    def _tell_watchers(self) -> None:
        for watcher in self._watchers:
            _resolve(watcher)


def _resolve(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
