"""The reminders of a limit: at fractions of it, as long as its clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework import deadlines

if TYPE_CHECKING:
    from datetime import datetime

    from casework.case import Case
    from casework.town import Town
    from casework.worktime import WorkTime

LIMIT: Final = 100
"""The point at which the limit has passed, in percent of it."""


def runs(case: Case) -> bool:
    """Whether the repair clock of a case runs."""
    return case.unmended and case.left is None and case.suspended_until is None


def point(case: Case, percent: int, town: Town) -> datetime:
    """When so much of the limit has passed, counted in the limit's own kind of time."""
    return _point(case, percent, town.work)


def _point(case: Case, percent: int, work: WorkTime) -> datetime:
    by = case.budget * (percent - LIMIT) / LIMIT
    return work.shift(case.span.kind, case.deadline, by)


def passed(case: Case, percent: int, at: datetime, town: Town) -> bool:
    """Whether a limit that still runs had come so far at a moment.

    False as soon as the limit was mended, put off, or moved to later.
    """
    return runs(case) and point(case, percent, town) <= at


def nudges(case: Case, town: Town) -> tuple[tuple[int, datetime], ...]:
    """The reminders of the running limit: percent and moment, by moment.

    None lies before the report or the start of the limit, and no two closer together than the
    gap: the one at the limit comes first, then the later ones.
    """
    if not runs(case):
        return ()
    work, gap = town.work, town.rules.reminders.gap
    begin = max(case.reported_at, _point(case, 0, work))
    kept: list[tuple[int, datetime]] = []
    ranked = sorted(town.rules.nudges.of(case.tier).points, key=lambda p: (p != LIMIT, -p))
    for percent in ranked:
        due = _point(case, percent, work)
        if due > begin:
            at = deadlines.heard(case, due, town)
            if all(abs(at - other) >= gap for _, other in kept):
                kept.append((percent, at))
    return tuple(sorted(kept, key=lambda one: one[1]))
