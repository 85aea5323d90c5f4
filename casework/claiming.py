"""The claim ladder (对接不上不撤场): who is told, step by step, that nobody has claimed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import deadlines
from casework.case import Release
from casework.people import Role
from casework.rules import Circle

if TYPE_CHECKING:
    from datetime import datetime

    from casework.case import Case
    from casework.rules import Climb
    from casework.town import Town

TAGGED = frozenset({Circle.REPAIRER, Circle.STANDBY})
"""Circles that the card itself has told already, where it tags a stand-in; or nobody yet."""


def next_step(case: Case, town: Town) -> int:
    """The number of the next step, from 1.

    It starts at the managers where nobody is tagged, or where the stand-in was tagged already.
    """
    tagged = town.roster.person(case.repairer)
    if tagged is not None and tagged.role is Role.REPAIRER:
        return case.ladder + 1
    circles = town.rules.ladder.of(case.tier).circles
    wider = [n for n, circle in enumerate(circles, start=1) if circle not in TAGGED]
    return max(case.ladder + 1, *wider[:1])


def circle_of(case: Case, step: int, town: Town) -> Circle:
    """Who is told at a step; after the last point it is the supervisors, again and again."""
    circles = town.rules.ladder.of(case.tier).circles
    return circles[step - 1] if 0 < step <= len(circles) else Circle.SUPERVISOR


def repeats(case: Case, step: int, town: Town) -> bool:
    """Whether a step tells nobody new: it comes after the last point."""
    return step > len(town.rules.ladder.of(case.tier).points)


def upcoming(case: Case, town: Town) -> tuple[int, datetime] | None:
    """The next step of a delivered card and when it is due; None once a supervisor has let go."""
    step = next_step(case, town)
    if case.release is Release.SUPERVISOR and Circle.SUPERVISOR in _told(case, step, town):
        return None
    due = _due(case, step, town)
    at = deadlines.heard(case, due, town)
    if at > due and case.ladder_at is not None:
        # What the night held back comes one step after another, too.
        at = max(at, case.ladder_at + _wait(case, step, town) - _wait(case, step - 1, town))
    return step, at


def overdue_steps(case: Case, first: int, now: datetime, town: Town) -> tuple[int, ...]:
    """The steps from `first` on whose time has passed; `first` at least."""
    count = len(town.rules.ladder.of(case.tier).points)
    steps = range(first, max(first, count) + 1)
    passed = tuple(n for n in steps if n <= count and _due(case, n, town) <= now)
    return passed or (first,)


def _told(case: Case, step: int, town: Town) -> frozenset[Circle]:
    """The circles of the steps before this one."""
    return frozenset(circle_of(case, n, town) for n in range(1, step))


def _due(case: Case, step: int, town: Town) -> datetime:
    start = case.delivered_at or case.opened_at
    if case.release is Release.NIGHT:
        start = max(start, deadlines.quiet_end(case.opened_at, town))
    climb = town.rules.ladder.of(case.tier)
    if step <= len(climb.points):
        return start + _wait(case, step, town)
    again = town.rules.ladder.again
    return _beat((case.ladder_at or start + _end(climb)) + again, again)


def _beat(at: datetime, every: timedelta) -> datetime:
    """The multiple of `every` on the clock that is nearest to a moment.

    So the repeats of all cases fall together, and each person hears them in one message.
    """
    over = timedelta(seconds=at.timestamp() % every.total_seconds())
    return at - over if over < every / 2 else at - over + every


def _wait(case: Case, step: int, town: Town) -> timedelta:
    """How long after the start a step is due."""
    climb = town.rules.ladder.of(case.tier)
    reached = climb.points[min(step, len(climb.points)) - 1] if step else 0
    return climb.claim * reached / 100


def _end(climb: Climb) -> timedelta:
    return climb.claim * climb.points[-1] / 100
