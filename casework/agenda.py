"""What will fall due for a case: a pure function of the case, so that an undo restores it exactly.

Every entry has a key that names its cause (the limit, the round, the step); what was done once
under a key is never done again, and an entry whose cause has gone is no longer in the agenda.
"""

from __future__ import annotations

from datetime import time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from casework import claiming, deadlines, nudging, supervision
from casework.case import Status, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from casework.case import Case
    from casework.town import Town


class Kind(StrEnum):
    """What falls due for a case."""

    LADDER = "ladder"
    """The next step of the claim ladder."""
    NUDGE = "nudge"
    """A reminder of the limit; `step` is the percent of it."""
    RUNG = "rung"
    """The next rung of the supervision ladder."""
    OVERDUE = "overdue"
    """The mark on the case."""
    RESUME = "resume"
    """A suspended case goes on."""
    SIGN = "sign"
    """The warning sign is asked for."""
    SIGN_MISSING = "sign_missing"
    """The mark 未设警示."""
    CHECK_PATROL = "check_patrol"
    """A waiting check, to the patrol side."""
    CHECK_SUPERVISOR = "check_supervisor"
    """A waiting check, to the supervisors."""
    CHECK_EVENING = "check_evening"
    """A waiting check of a danger, to the supervisors in the evening."""


class Entry(NamedTuple):
    """One thing that falls due."""

    kind: Kind
    at: datetime
    key: str
    step: int = 0
    """The step or rung of a ladder, or the point of a reminder."""


def agenda(case: Case, town: Town) -> tuple[Entry, ...]:
    """Everything that falls due for a case as it stands, earliest first."""
    return tuple(sorted(_entries(case, town), key=lambda entry: (entry.at, entry.kind)))


def _entries(case: Case, town: Town) -> Iterator[Entry]:
    if case.status is Status.WAITING and not case.follows:
        yield from _ladder(case, town)
    if case.status is Status.CHECKING:
        yield from _check(case, town)
    if case.suspended:
        yield from _resume(case, town)
    if case.unmended:
        yield from _sign(case, town)
    if nudging.runs(case):
        yield from _limit(case, town)


def _limit(case: Case, town: Town) -> Iterator[Entry]:
    """Of a joined case (并案) the mark alone: its main case is spoken of."""
    limit = f"{case.deadline:%y%m%d%H%M}"
    if not case.follows:
        for percent, at in nudging.nudges(case, town):
            key = f"{case.id}:nudge:{limit}:{percent}"
            yield Entry(kind=Kind.NUDGE, at=at, key=key, step=percent)
        yield from _rung(case, town)
    if not case.overdue:
        yield Entry(kind=Kind.OVERDUE, at=case.deadline, key=f"{case.id}:overdue:{limit}")


def _resume(case: Case, town: Town) -> Iterator[Entry]:
    """挂账: it ends by itself at 00:00 of its day."""
    if case.suspended_until is not None:
        at = town.at(case.suspended_until, time(0))
        key = f"{case.id}:resume:{case.suspensions}:{case.suspended_until:%y%m%d}"
        yield Entry(kind=Kind.RESUME, at=at, key=key)


def _ladder(case: Case, town: Town) -> Iterator[Entry]:
    due = claiming.upcoming(case, town) if case.delivered_at is not None else None
    if due is not None:
        key = f"{case.id}:ladder:{case.delivered_at:%y%m%d%H%M%S}:{due[0]}"
        yield Entry(kind=Kind.LADDER, at=due[1], key=key, step=due[0])


def _rung(case: Case, town: Town) -> Iterator[Entry]:
    """A rung that was drafted in vain is drafted anew: its key names the rung before, too."""
    due = supervision.upcoming(case, town)
    if due is not None:
        before = f"{case.rung_at:%y%m%d%H%M%S}" if case.rung_at and due[0] > 1 else ""
        key = f"{case.id}:rung:{case.deadline:%y%m%d%H%M%S%f}:{due[0]}:{before}"
        yield Entry(kind=Kind.RUNG, at=due[1], key=key, step=due[0])


def _sign(case: Case, town: Town) -> Iterator[Entry]:
    """The warning sign: asked at 18:00 of day 1 of tier B, or when 今天修不完 was said.

    It is missed at 24:00 of the day on which it was asked for, never before.
    """
    if case.sign_at is not None or case.follows:
        return
    if case.not_today is not None:
        day = town.day(case.not_today)
    elif case.tier is Tier.THREE_DAYS:
        first = _first_day(case, town)
        asked = town.at(first, town.rules.limits.sign_asked)
        at = deadlines.heard(case, max(asked, case.reported_at + town.rules.reminders.gap), town)
        day = town.day(at)
        if not _asked_by_card(case, first, at, town):
            yield Entry(kind=Kind.SIGN, at=at, key=f"{case.id}:sign:{first:%y%m%d}")
    else:
        return
    if not case.sign_missing:
        key = f"{case.id}:sign_missing:{day:%y%m%d}"
        yield Entry(kind=Kind.SIGN_MISSING, at=town.midnight_after(day), key=key)


def _asked_by_card(case: Case, first: date, at: datetime, town: Town) -> bool:
    """Whether the card of a late report has asked for the sign already."""
    at_opening = case.sign_asked is not None and case.sign_asked < at
    return at_opening and first == town.day(case.reported_at)


def _first_day(case: Case, town: Town) -> date:
    """Day 1 of tier B: the report's; of a withdrawn promise the day of the withdrawal."""
    if not case.promises_withdrawn:
        return town.day(case.reported_at)
    last = town.day(case.deadline - timedelta(microseconds=1))
    return max(town.day(case.reported_at), last - timedelta(days=town.rules.limits.days - 1))


def _check(case: Case, town: Town) -> Iterator[Entry]:
    since = case.submitted_at
    if since is None:
        return
    limits = town.rules.limits
    waits = {
        Kind.CHECK_PATROL: deadlines.heard(case, since + limits.check_patrol, town),
        Kind.CHECK_SUPERVISOR: deadlines.heard(case, since + limits.check_supervisor, town),
    }
    if case.tier is Tier.TODAY:
        evening = town.at(town.day(since), limits.check_evening)
        told = waits[Kind.CHECK_SUPERVISOR]
        if evening > since and abs(evening - told) >= town.rules.reminders.gap:
            waits[Kind.CHECK_EVENING] = evening
        elif evening > since:
            waits[Kind.CHECK_SUPERVISOR] = min(evening, told)
    for kind, at in waits.items():
        yield Entry(kind=kind, at=at, key=f"{case.id}:{kind}:{case.round}:{since:%y%m%d%H%M%S}")
