"""The figures of a window, each defined once; every digest and `/today` show these.

A window is a time [since, until): what happens at `until` belongs to the next one. Its last day
ends at D, the first 24:00 of the city that is not before `until`. What counts is how things stood
at `until`, however late they are counted; grid, company, category, source and tier of a case are
those that it has when it is counted. A case that was refused or withdrawn before `until` counts in
上报 and in nothing else. A case is open at a moment if it was reported earlier and not ended
earlier. `docs/figures.md` says the same to the reader of a digest.

- 上报 reported: reported (time of the photo's message) in the window.
- 立案 filed: of these, neither refused nor withdrawn before `until`.
- 派遣 dispatched: of these, with a responsible company.
- 自查 own: of 立案, found by the repair company itself (its source is the company's patrol).
- 接单 claimed: taken in the window, but not found by the company itself; the median is of the time
  from report to claim, in whole seconds, of an even number the mean of the two middle ones.
- 结案 closed: both keys turned, the second one in the window. `mend` is the median of the time from
  report to the after-photo that passed.
- 应结案 owed: closed in the window, or open at `until` with a limit not later than D and not
  suspended (挂账) at `until`.
- 结案率 closed / owed. 按期结案率 closed on time / owed: the after-photo that passed came within
  the limit, and so did each stage. What is open or overdue is not on time.
- 延期率 of owed, those with an approved extension / owed. 返工率 of owed, those that failed a
  check at least once / owed.
- 未结 open: open at `until`.
- 超期 overdue: open at `until`, not suspended, and the limit passed while the repair was owed: it
  is before or at `until`, or, where an after-photo waits for its check, before that photo.
- 过夜 overnight: of tier A, open at a 24:00 later than `since` and not later than `until`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from casework.case import Source, Status, Tier
from usecases.digest_views import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from casework.case import Case
    from casework.town import Town

MOMENT = timedelta(microseconds=1)
"""The smallest step of time."""
_ENDED = frozenset({Status.REFUSED, Status.WITHDRAWN})
_MENDED = frozenset({Status.CHECKING, Status.CLOSED})
_HALF = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The time that a digest speaks of, [since, until); aware, in UTC."""

    since: datetime
    until: datetime
    town: Town

    @property
    def day_end(self) -> datetime:
        """D: the end of the window's last day."""
        return self.town.midnight_after(self.town.day(self.until - MOMENT))

    def holds(self, moment: datetime | None) -> bool:
        """Whether something happened in the window."""
        return moment is not None and self.since <= moment < self.until

    def void(self, case: Case) -> bool:
        """Whether the case was refused or withdrawn by the end of the window."""
        return case.status in _ENDED and self._over(case)

    def _over(self, case: Case) -> bool:
        return case.closed_at is not None and case.closed_at < self.until

    def filed(self, case: Case) -> bool:
        """立案."""
        return self.holds(case.reported_at) and not self.void(case)

    def claimed(self, case: Case) -> bool:
        """接单."""
        return self.holds(case.claimed_at) and not found_by_company(case) and not self.void(case)

    def closed(self, case: Case) -> bool:
        """结案."""
        return case.status is Status.CLOSED and self.holds(case.closed_at)

    def open(self, case: Case) -> bool:
        """未结."""
        return case.reported_at < self.until and not self._over(case)

    def owed(self, case: Case) -> bool:
        """应结案."""
        if self.closed(case):
            return True
        return self.open(case) and case.deadline <= self.day_end and not suspended(case)

    def overdue(self, case: Case) -> bool:
        """超期."""
        if not self.open(case) or suspended(case):
            return False
        mended = case.submitted_at if case.status in _MENDED else None
        if mended is not None and mended < self.until:
            return case.deadline < mended
        return case.deadline <= self.until

    def due(self, case: Case) -> bool:
        """Whether the repair is still owed at the end of the window, and until its day's end."""
        mended = case.status is Status.CHECKING
        owed = self.open(case) and self.owed(case) and not mended
        return owed and not self.overdue(case)

    def overnight(self, case: Case) -> bool:
        """过夜."""
        if case.tier is not Tier.TODAY or self.void(case):
            return False
        first = max(case.reported_at, self.since)
        midnight = self.town.midnight_after(self.town.day(first))
        ended = case.closed_at
        return midnight <= self.until and (ended is None or ended >= midnight)


def found_by_company(case: Case) -> bool:
    """Whether the repair company found the case itself, so that nobody had to take it."""
    return case.company_patrol or case.source is Source.COMPANY


def suspended(case: Case) -> bool:
    """Whether the clock of an open case stands until a day (挂账)."""
    return case.open and case.suspended_until is not None


NOTHING = Tally(
    reported=0,
    filed=0,
    dispatched=0,
    own=0,
    claimed=0,
    claim=None,
    closed=0,
    mend=None,
    owed=0,
    on_time=0,
    extended=0,
    reworked=0,
    open=0,
    overdue=0,
    overnight=0,
)
"""The figures of no case."""


def tally(window: Window, cases: Iterable[Case]) -> Tally:
    """Count a window."""
    cases = list(cases)
    filed = [c for c in cases if window.filed(c)]
    claimed = [c for c in cases if window.claimed(c)]
    owed = [c for c in cases if window.owed(c)]
    closed = [c for c in owed if window.closed(c)]
    return Tally(
        reported=sum(window.holds(c.reported_at) for c in cases),
        filed=len(filed),
        dispatched=sum(bool(c.company) for c in filed),
        own=sum(map(found_by_company, filed)),
        claimed=len(claimed),
        claim=_median(c.claimed_at - c.reported_at for c in claimed if c.claimed_at),
        closed=len(closed),
        mend=_median(c.submitted_at - c.reported_at for c in closed if c.submitted_at),
        owed=len(owed),
        on_time=sum(bool(c.on_time) for c in closed),
        extended=sum(c.extensions > 0 for c in owed),
        reworked=sum(c.round > 0 for c in owed),
        open=sum(map(window.open, cases)),
        overdue=sum(map(window.overdue, cases)),
        overnight=sum(map(window.overnight, cases)),
    )


def _median(spans: Iterable[timedelta]) -> int | None:
    seconds = [max(span.total_seconds(), 0.0) for span in spans]
    return int(median(seconds) + _HALF) if seconds else None


DIMENSIONS: Mapping[str, Callable[[Case], str]] = {
    "grid": lambda case: "" if case.grid is None else str(case.grid),
    "company": lambda case: case.company,
    "category": lambda case: case.category,
    "source": lambda case: case.source.value,
    "tier": lambda case: case.tier.value,
}
"""By what the figures are broken down. A case whose place is unknown has the key ``."""


def breakdown(window: Window, cases: Sequence[Case], dimension: str) -> dict[str, Tally]:
    """The same figures by grid, company, category, source or tier; empty rows are left out."""
    key = DIMENSIONS[dimension]
    parts: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        parts[key(case)].append(case)
    counted = {name: tally(window, part) for name, part in parts.items()}
    return {name: figures for name, figures in counted.items() if not figures.empty}
