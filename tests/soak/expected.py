"""What people must be told, when, and who, by the rules in `rules.py`.

Everything is worked out from the courses of the cases (the history rows) and from the moment each
card stood in the group; nothing of the product is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tests.soak import rules
from tests.soak.courses import CHECKING, UNMENDED
from tests.soak.worktime import shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.soak.courses import Course, State


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something that must be said to one person at a moment."""

    at: datetime
    who: str
    case: int
    why: str
    danger: bool
    holds_until: datetime
    """When its reason goes: what waits for a batch or a morning is said only if it holds then."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """When the month ends, and when the bot was away in it."""

    end: datetime
    stopped: tuple[datetime, datetime] | None = None

    def handled(self, moment: datetime) -> datetime:
        """When the bot learned of what happened at a moment."""
        return self.stopped[1] if self.missed(moment) and self.stopped else moment

    def missed(self, moment: datetime) -> bool:
        """Whether the bot was away then."""
        return self.stopped is not None and self.stopped[0] <= moment < self.stopped[1]


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which nothing that reminders look at has changed."""

    state: State
    until: datetime

    @property
    def since(self) -> datetime:
        """When it began."""
        return self.state.since


def periods(course: Course, horizon: Horizon, alike: Callable[[State], object]) -> Iterator[Period]:
    """The states of a course as the bot knew them, neighbours that are alike joined to one."""
    states = course.states
    first = 0
    for number, state in enumerate(states):
        last = number + 1 == len(states)
        if last or alike(states[number + 1]) != alike(state):
            until = horizon.end if last else horizon.handled(states[number + 1].since)
            since = horizon.handled(states[first].since)
            if since < until:
                yield Period(replace(state, since=since), until)
            first = number + 1


def nudges(course: Course, horizon: Horizon) -> Iterator[Due]:
    """The reminders of the limits."""

    def alike(state: State) -> object:
        return (state.runs, state.deadline, state.budget, state.kind, state.tier)

    for period in periods(course, horizon, alike):
        points = _points(period.state) if period.state.runs else []
        for percent, at in points:
            if period.since < at < period.until:
                yield from _nudge(course.at(at) or period.state, percent, at, period.until)


def _nudge(state: State, percent: int, at: datetime, until: datetime) -> Iterator[Due]:
    circles = [rules.NUDGED[n] for n, point in enumerate(rules.POINTS) if point <= percent]
    people = dict.fromkeys(who for which in circles for who in rules.circle(state, which))
    for who in people:
        yield Due(at, who, state.case, f"nudge {percent}", state.tier == "A", until)


def _points(state: State) -> list[tuple[int, datetime]]:
    """The points of a limit that are said; the one at the limit comes before all others."""

    def point(percent: int) -> datetime:
        return shifted(state.kind, state.deadline, state.budget * (percent - 100) / 100)

    kept: list[tuple[int, datetime]] = []
    for percent in sorted(rules.POINTS, key=lambda one: (one != 100, -one)):
        due = point(percent)
        at = rules.heard(state, due)
        late = due > max(state.reported_at, point(0))
        if late and all(abs(at - other) >= rules.GAP for _, other in kept):
            kept.append((percent, at))
    return kept


def signs(course: Course, horizon: Horizon) -> Iterator[Due]:
    """The warning sign: asked once on the day of the report, and when 今天修不完 is said."""

    def alike(state: State) -> object:
        return (state.status in UNMENDED, state.tier, state.sign_at, state.given_up)

    asked = _asked_by_card(course.states[0], horizon)
    for period in periods(course, horizon, alike):
        at = _sign_at(period, asked=asked)
        if at is not None and horizon.handled(at) < period.until:
            asked = asked or period.state.given_up is None
            now = course.at(at) or period.state
            for who in rules.circle(now, "repairer"):
                yield Due(at, who, now.case, "sign", now.tier == "A", period.until)


def _asked_by_card(first: State, horizon: Horizon) -> bool:
    """The card of a late report asks by itself, unless people sleep."""
    if first.tier != "B" or horizon.missed(first.reported_at):
        return False
    hour = datetime.combine(first.reported_at.date(), rules.SIGN_ASKED, first.reported_at.tzinfo)
    awake = rules.heard(first, first.reported_at) == first.reported_at
    return awake and first.reported_at >= hour


def _sign_at(period: Period, *, asked: bool) -> datetime | None:
    """At 18:00, or as soon as it is owed if that is later."""
    state = period.state
    if state.status not in UNMENDED or state.sign_at is not None:
        return None
    if state.given_up is not None:
        return state.given_up if period.since == state.given_up else None
    hour = datetime.combine(state.reported_at.date(), rules.SIGN_ASKED, state.reported_at.tzinfo)
    at = rules.heard(state, max(hour, state.reported_at + rules.GAP))
    if at < period.since:
        at = rules.heard(state, period.since)
    return at if state.tier == "B" and not asked and at < period.until else None


def checks(course: Course, horizon: Horizon) -> Iterator[Due]:
    """A joint check that waits: the side whose key is missing, then the supervisors."""
    for period in periods(course, horizon, lambda state: (state.status, state.submitted_at)):
        since = period.state.submitted_at
        if period.state.status != CHECKING or since is None:
            continue
        # A photo that waited for the bot is told by its sheet: reminders follow from then.
        begin = period.since if horizon.missed(since) else since
        for why, at in _check_times(period.state, begin):
            if period.since < at < period.until:
                yield from _check(course.at(at) or period.state, why, at, period.until)


def _check(state: State, why: str, at: datetime, until: datetime) -> Iterator[Due]:
    people = _missing(state) if why == "check" else rules.circle(state, "supervisor")
    for who in people:
        yield Due(at, who, state.case, why, state.tier == "A", until)


def _check_times(state: State, since: datetime) -> Iterator[tuple[str, datetime]]:
    yield "check", rules.heard(state, since + rules.CHECK)
    late = rules.heard(state, since + rules.CHECK_LATE)
    evening = datetime.combine(since.date(), rules.CHECK_EVENING, since.tzinfo)
    if state.tier == "A" and evening > since:
        if abs(evening - late) >= rules.GAP:
            yield "check-late", evening
        else:
            late = min(evening, late)
    yield "check-late", late


def _missing(state: State) -> tuple[str, ...]:
    if state.patrol_key and not state.repair_key:
        return (state.claimer or state.repairer,)
    officers = [who for who in rules.with_role("officer") if who == f"officer{state.grid or 0:02}"]
    return tuple(dict.fromkeys([state.reporter, *officers]))


def nights(courses: Iterable[Course], horizon: Horizon) -> Iterator[Due]:
    """过夜未结: dangers that are open at 22:00, to the managers and the supervisors."""
    courses = list(courses)
    first = min(course.states[0].since for course in courses)
    at = datetime.combine(first.date(), rules.OVERNIGHT, first.tzinfo)
    while at < horizon.end:
        for course in courses:
            yield from _night(course, at, horizon.handled(at))
        at += rules.DAY


def _night(course: Course, at: datetime, known: datetime) -> Iterator[Due]:
    state = course.at(known)
    if state is None or not state.open or state.tier != "A" or course.states[0].since > at:
        return
    danger = state.tier == "A"
    for who in (*rules.circle(state, "manager"), *rules.circle(state, "supervisor")):
        yield Due(at, who, state.case, "overnight", danger, at + rules.DAY)
