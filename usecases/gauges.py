"""How much waits and for how long, as counts alone: what a monitor may know of a city."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from usecases.inspecting import Findings

FINDINGS_MOST = 1000
"""More findings of the auditor than this are not told apart."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many rows wait, the first since then."""

    count: int
    since: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauges:
    """The counts of one moment."""

    at: datetime
    queued: Waiting
    """Outbox rows; those whose time has not come count too."""
    sending: int
    """Calls under way."""
    late: Waiting
    """Due rows whose time has come."""
    photos: Waiting
    """Photos that are to be fetched."""
    quarantined: int
    cases: Mapping[str, int]
    """Open cases by status."""
    overdue: int
    """Of them, those past their limit."""
    opened: int
    """Cases ever opened."""
    closed: int
    """Cases closed for good: a close that may still be undone is none yet."""
    findings: Mapping[str, int]
    """What the auditor found and could not repair yet, by kind."""


class Counting(Protocol):
    """The counts that the database makes."""

    def queued(self) -> Waiting:
        """Queued outbox rows, and the earliest time of one."""
        ...

    def sending(self) -> int:
        """Rows being sent."""
        ...

    def late(self, now: datetime) -> Waiting:
        """Pending due rows whose time has come, and the earliest of them."""
        ...

    def photos(self) -> Waiting:
        """Photos to be fetched, and when the first of them was posted."""
        ...

    def quarantined(self) -> int:
        """Updates in quarantine."""
        ...

    def open_cases(self) -> Mapping[str, tuple[int, int]]:
        """Open cases by status: all, and the overdue ones."""
        ...

    def opened(self) -> int:
        """Cases ever opened."""
        ...

    def closed(self, before: datetime) -> int:
        """Cases closed before a moment."""
        ...


def gauges(counting: Counting, found: Findings, now: datetime, undo: timedelta) -> Gauges:
    """Count everything; a close may be undone for so long."""
    cases = counting.open_cases()
    return Gauges(
        at=now,
        queued=counting.queued(),
        sending=counting.sending(),
        late=counting.late(now),
        photos=counting.photos(),
        quarantined=counting.quarantined(),
        cases={status: count for status, (count, _) in cases.items()},
        overdue=sum(overdue for _, overdue in cases.values()),
        opened=counting.opened(),
        closed=counting.closed(now - undo),
        findings=Counter(one.kind for one in found.all(FINDINGS_MOST)),
    )
