"""How long to wait before trying again; pure."""

from __future__ import annotations

from datetime import timedelta

SEND_MOST = timedelta(seconds=60)
"""The longest wait between two attempts to send."""

FETCH_STEPS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600))
"""Waits before a photo is fetched again; the last one repeats."""
FETCH_MOST = timedelta(hours=24)
"""A photo whose fetching failed over this long is given up."""
DOUBTFUL_MOST = 3
"""A file the platform does not give is given up after so many attempts."""


def send_delay(failures: int) -> timedelta:
    """1, 2, 4 … 60 s after the first, second, third … failure in a row."""
    doublings = min(max(failures, 1) - 1, 6)
    return min(timedelta(seconds=2**doublings), SEND_MOST)


def fetch_delay(failures: int) -> timedelta | None:
    """The wait after this many failures in a row; None: give up."""
    steps = len(FETCH_STEPS)
    index = max(failures, 1) - 1
    waited = sum(FETCH_STEPS[:index], timedelta()) + max(index - steps, 0) * FETCH_STEPS[-1]
    delay = FETCH_STEPS[min(index, steps - 1)]
    return delay if waited + delay <= FETCH_MOST else None
