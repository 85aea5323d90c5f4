"""What will fall due for a case: a pure function of the case, so that an undo restores it exactly.

Every entry has a key that names its cause (the limit, the round, the step); what was done once
under a key is never done again, and an entry whose cause has gone is no longer in the agenda.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from casework import deadlines
from casework.case import Release, Status, Tier
from casework.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from casework.case import Case
    from casework.town import Town


class Kind(StrEnum):
    """What falls due for a case."""

    LADDER = "ladder"
    """The next step of the claim ladder."""
    HALF = "half"
    """Tier A at half time."""
    HOUR = "hour"
    """Tier A an hour before its limit."""
    MORNING = "morning"
    """Tier B on the morning of its last day."""
    EVE = "eve"
    """Tier C on the day before."""
    LIMIT = "limit"
    """At the limit."""
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


NUDGES = frozenset({Kind.HALF, Kind.HOUR, Kind.MORNING, Kind.EVE, Kind.LIMIT})
"""Reminders of a limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that falls due."""

    kind: Kind
    at: datetime
    key: str
    step: int = 0
    """The step of the claim ladder."""


STANDBY, MANAGER, SUPERVISOR = 1, 2, 3
"""The steps of the claim ladder; all later ones are the supervisors' again."""


def agenda(case: Case, town: Town) -> tuple[Entry, ...]:
    """Everything that falls due for a case as it stands, earliest first."""
    return tuple(sorted(_entries(case, town), key=lambda entry: (entry.at, entry.kind)))


def _entries(case: Case, town: Town) -> Iterator[Entry]:
    if case.status is Status.WAITING:
        yield from _ladder(case, town)
    if case.status is Status.CHECKING:
        yield from _check(case, town)
    if case.suspended:
        yield from _resume(case, town)
    if case.unmended:
        yield from _sign(case, town)
    if case.unmended and case.left is None:
        yield from _nudges(case, town)
        if not case.overdue:
            yield _entry(case, Kind.OVERDUE, case.deadline)


def _resume(case: Case, town: Town) -> Iterator[Entry]:
    """挂账: it ends by itself at 00:00 of its day."""
    if case.suspended_until is not None:
        at = town.at(case.suspended_until, time(0))
        key = f"{case.id}:resume:{case.suspensions}:{case.suspended_until:%y%m%d}"
        yield Entry(kind=Kind.RESUME, at=at, key=key)


def _entry(case: Case, kind: Kind, at: datetime) -> Entry:
    return Entry(kind=kind, at=at, key=f"{case.id}:{kind}:{case.deadline:%y%m%d%H%M}")


def heard(case: Case, at: datetime, town: Town) -> datetime:
    """When the bot may say of itself what falls due at `at`: not in quiet hours, but for A."""
    return at if case.tier is Tier.TODAY else deadlines.quiet_end(at, town)


def _ladder(case: Case, town: Town) -> Iterator[Entry]:
    if case.delivered_at is None:
        return
    step = next_step(case, town)
    if step > SUPERVISOR and case.release is Release.SUPERVISOR:
        return
    due = _step_at(case, step, town)
    at = heard(case, due, town)
    if at > due and case.ladder_at is not None:
        # What the night held back comes one step after another, too.
        at = max(at, case.ladder_at + _wait(step, town) - _wait(step - 1, town))
    key = f"{case.id}:ladder:{case.delivered_at:%y%m%d%H%M%S}:{step}"
    yield Entry(kind=Kind.LADDER, at=at, key=key, step=step)


def next_step(case: Case, town: Town) -> int:
    """The next step of the claim ladder.

    It starts at the manager where nobody is tagged, or where the stand-in was tagged already.
    """
    tagged = town.roster.person(case.repairer)
    first = STANDBY if tagged is not None and tagged.role is Role.REPAIRER else MANAGER
    return max(case.ladder + 1, first)


def _step_at(case: Case, step: int, town: Town) -> datetime:
    ladder = town.rules.ladder
    start = case.delivered_at or case.opened_at
    if case.release is Release.NIGHT:
        start = max(start, deadlines.quiet_end(case.opened_at, town))
    if step > SUPERVISOR and case.ladder_at is not None:
        return case.ladder_at + ladder.again
    return start + _wait(step, town)


def _wait(step: int, town: Town) -> timedelta:
    ladder = town.rules.ladder
    waits = {0: timedelta(0), STANDBY: ladder.standby, MANAGER: ladder.manager}
    return waits.get(step, ladder.supervisor)


def _nudges(case: Case, town: Town) -> Iterator[Entry]:
    last: datetime | None = None
    for entry in sorted(_points(case, town), key=lambda e: e.at, reverse=True):
        if entry.at <= case.reported_at:
            continue
        if last is not None and last - entry.at < town.rules.reminders.gap:
            continue
        last = entry.at
        yield entry


def _points(case: Case, town: Town) -> Iterator[Entry]:
    """The reminders before pruning; the one at the limit is the most important."""
    reminders = town.rules.reminders
    last_day = town.day(case.deadline - timedelta(microseconds=1))
    yield _entry(case, Kind.LIMIT, heard(case, case.deadline, town))
    if case.tier is Tier.TODAY:
        half = case.reported_at + (case.deadline - case.reported_at) / 2
        yield _entry(case, Kind.HOUR, case.deadline - reminders.before)
        yield _entry(case, Kind.HALF, half.replace(microsecond=0))
    elif case.tier is Tier.THREE_DAYS:
        yield _entry(case, Kind.MORNING, town.at(last_day, reminders.morning))
    else:
        eve = last_day - timedelta(days=1)
        yield _entry(case, Kind.EVE, town.at(eve, reminders.morning))


def _sign(case: Case, town: Town) -> Iterator[Entry]:
    """The warning sign: asked at 18:00 of day 1 of tier B, or when 今天修不完 was said.

    It is missed at 24:00 of the day on which it was asked for, never before.
    """
    if case.sign_at is not None:
        return
    if case.not_today is not None:
        day = town.day(case.not_today)
    elif case.tier is Tier.THREE_DAYS:
        first = _first_day(case, town)
        asked = town.at(first, town.rules.limits.sign_asked)
        at = heard(case, max(asked, case.reported_at + town.rules.reminders.gap), town)
        day = town.day(at)
        yield Entry(kind=Kind.SIGN, at=at, key=f"{case.id}:sign:{first:%y%m%d}")
    else:
        return
    if not case.sign_missing:
        key = f"{case.id}:sign_missing:{day:%y%m%d}"
        yield Entry(kind=Kind.SIGN_MISSING, at=town.midnight_after(day), key=key)


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
        Kind.CHECK_PATROL: heard(case, since + limits.check_patrol, town),
        Kind.CHECK_SUPERVISOR: heard(case, since + limits.check_supervisor, town),
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
