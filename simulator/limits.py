"""Telegram's limits on sends, edits and pins; toasts, deletes and ephemeral ones are free."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from simulator.errors import flood

GROUP_CALLS = 20
GROUP_WINDOW = 60.0
"""Seconds; the 21st send or edit within any such window is refused."""

PRIVATE_BURST = 5
PRIVATE_RATE = 1.0
"""Messages per second in a private chat, once the burst is used up."""

OVERALL_CALLS = 30
OVERALL_WINDOW = 1.0


@dataclass(slots=True)
class _Window:
    """At most `calls` in any sliding `seconds`."""

    calls: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more fit; 0 if they fit now."""
        while self.times and (self.times[0] <= now - self.seconds or self.times[0] > now):
            self.times.popleft()
        surplus = len(self.times) + count - self.calls
        if surplus <= 0:
            return 0.0
        index = min(surplus, len(self.times)) - 1
        return self.times[index] + self.seconds - now if index >= 0 else self.seconds

    def take(self, now: float, count: int) -> None:
        self.times.extend([now] * count)


@dataclass(slots=True)
class _Bucket:
    """A burst that refills at a steady rate."""

    tokens: float = PRIVATE_BURST
    at: float = 0.0

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more fit; 0 if they fit now."""
        self.tokens = min(PRIVATE_BURST, self.tokens + max(now - self.at, 0.0) * PRIVATE_RATE)
        self.at = now
        return max(count - self.tokens, 0.0) / PRIVATE_RATE

    def take(self, _now: float, count: int) -> None:
        self.tokens -= count


class Limits:
    """The limits of one bot."""

    def __init__(self) -> None:
        self._overall = _Window(OVERALL_CALLS, OVERALL_WINDOW)
        self._groups: dict[int, _Window] = {}
        self._private: dict[int, _Bucket] = {}

    def take(self, chat: int, now: float, count: int = 1) -> None:
        """Count `count` sends or edits at `now` (unix seconds); raises a 429 if they do not fit."""
        own: _Window | _Bucket
        if chat < 0:
            own = self._groups.setdefault(chat, _Window(GROUP_CALLS, GROUP_WINDOW))
        else:
            own = self._private.setdefault(chat, _Bucket(at=now))
        wait = max(own.wait(now, count), self._overall.wait(now, count))
        if wait > 0:
            raise flood(max(math.ceil(wait), 1))
        own.take(now, count)
        self._overall.take(now, count)
