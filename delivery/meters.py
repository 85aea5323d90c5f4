"""What one chat, or all together, has used up of its allowance; pure.

A call is counted at its end, and from its start until then as being under way.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Window:
    """At most `most` calls in any span of time."""

    def __init__(self, most: int, span: timedelta) -> None:
        self._most = most
        self._span = span
        self._stamps: deque[datetime] = deque()
        self._flying = 0

    def opens(self, now: datetime, keep: int = 0) -> datetime:
        """When one more call is allowed with `keep` places left free; `now` if it is."""
        self._forget(now)
        over = len(self._stamps) + self._flying - max(self._most - keep, 1)
        if over < 0:
            return now
        if over < len(self._stamps):
            return self._stamps[over] + self._span
        return now + self._span

    def started(self, _at: datetime) -> None:
        """A call begins."""
        self._flying += 1

    def ended(self, at: datetime) -> None:
        """A call has ended."""
        self._forget(at)
        self._flying -= 1
        self._stamps.append(at)

    def released(self) -> None:
        """A call that began never reached the platform."""
        self._flying -= 1

    def quiet(self, now: datetime) -> bool:
        """Whether nothing is counted now."""
        self._forget(now)
        return not self._stamps and not self._flying

    def _forget(self, now: datetime) -> None:
        while self._stamps and self._stamps[0] + self._span <= now:
            self._stamps.popleft()
        # A clock that was put back must not close a chat for as long as it was put back.
        if self._stamps and self._stamps[-1] > now:
            self._stamps = deque(min(stamp, now) for stamp in self._stamps)


class Bucket:
    """A burst of calls, then one per `every`."""

    def __init__(self, burst: int, every: timedelta) -> None:
        self._every = every
        self._burst = burst
        self._full_at = _LONG_AGO
        self._before = _LONG_AGO
        self._flying = False

    def opens(self, now: datetime, keep: int = 0) -> datetime:
        """When one more call is allowed; `now` if it is. A bucket keeps no places free."""
        del keep
        self._full_at = min(self._full_at, now + self._every * self._burst)
        return max(now, self._full_at - self._every * (self._burst - 1))

    def started(self, at: datetime) -> None:
        """A call begins."""
        self._flying = True
        self._before = self._full_at
        self._full_at = max(self._before, at) + self._every

    def ended(self, at: datetime) -> None:
        """A call has ended."""
        self._flying = False
        self._full_at = max(self._before, at) + self._every

    def released(self) -> None:
        """A call that began never reached the platform."""
        self._flying = False
        self._full_at = self._before

    def quiet(self, now: datetime) -> bool:
        """Whether the bucket is full."""
        return self._full_at <= now and not self._flying
