"""The figures of a window counted a second time, straight from the history rows.

A window is [since, until). What counts is how things stood when it ended; what a case is (grid,
company, category, source, tier) is what it was when it was counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from tests.soak.archive import city_time
from tests.soak.courses import CHECKING, CLOSED, GONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.soak.archive import Archive, Row
    from tests.soak.courses import Course, State

MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
Counts = dict[str, "int | None"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One case in one window."""

    then: State
    """As it stood when the window ended."""
    known: State
    """As it stood when it was counted."""
    claimed_at: datetime | None

    @property
    def key(self) -> Mapping[str, str]:
        """Under what it stands in each breakdown."""
        state = self.known
        return {
            "grid": "" if state.grid is None else str(state.grid),
            "company": state.company,
            "category": state.category,
            "source": state.source,
            "tier": state.tier,
        }


@dataclass(frozen=True, slots=True)
class Span:
    """A window in city time."""

    since: datetime
    until: datetime

    def holds(self, moment: datetime | None) -> bool:
        """Whether it happened in the window."""
        return moment is not None and self.since <= moment < self.until

    @property
    def day_end(self) -> datetime:
        """24:00 of the window's last day."""
        return midnight_after(self.until - MOMENT)

    def facts(self, courses: Iterable[Course], counted: datetime) -> list[Fact]:
        """All cases reported before the window ended."""
        found = []
        for course in courses:
            then = course.at(self.until - MOMENT)
            known = course.at(counted)
            if then is not None and known is not None:
                found.append(Fact(then, known, then.claimed_at))
        return found


def midnight_after(moment: datetime) -> datetime:
    """The next 24:00 of the city after a moment."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + DAY


def count(span: Span, facts: Iterable[Fact]) -> Counts:
    """All figures of the window."""
    facts = list(facts)
    valid = [f for f in facts if f.then.status not in GONE]
    filed = [f for f in valid if span.holds(f.then.reported_at)]
    claimed = [f for f in valid if span.holds(f.claimed_at) and not _own(f)]
    owed = [f for f in valid if _owed(span, f)]
    closed = [f for f in owed if _closed(span, f)]
    return {
        "reported": sum(span.holds(f.then.reported_at) for f in facts),
        "filed": len(filed),
        "dispatched": sum(bool(f.known.company) for f in filed),
        "own": sum(map(_own, filed)),
        "claimed": len(claimed),
        "claim": _middle(f.claimed_at - f.then.reported_at for f in claimed if f.claimed_at),
        "closed": len(closed),
        "mend": _middle(
            f.then.submitted_at - f.then.reported_at for f in closed if f.then.submitted_at
        ),
        "owed": len(owed),
        "on_time": sum(f.then.on_time for f in closed),
        "extended": sum(f.then.extensions > 0 for f in owed),
        "reworked": sum(f.then.round > 0 for f in owed),
        "open": sum(f.then.open for f in valid),
        "overdue": sum(_overdue(span, f) for f in valid),
        "overnight": sum(_overnight(span, f) for f in valid),
    }


def broken_down(span: Span, facts: Iterable[Fact], by: str) -> dict[str, Counts]:
    """The same by grid, company, category, source or tier; rows that say nothing are left out."""
    parts: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        parts[fact.key[by]].append(fact)
    counted = {key: count(span, part) for key, part in parts.items()}
    return {key: part for key, part in counted.items() if _says_something(part)}


def _says_something(counts: Counts) -> bool:
    names = ("reported", "claimed", "owed", "open", "overnight")
    return any(counts[name] for name in names)


def _own(fact: Fact) -> bool:
    return fact.known.source == "company"


def _closed(span: Span, fact: Fact) -> bool:
    return fact.then.status == CLOSED and span.holds(fact.then.closed_at)


def _owed(span: Span, fact: Fact) -> bool:
    if _closed(span, fact):
        return True
    waits = fact.then.open and not fact.then.suspended
    return waits and fact.then.deadline <= span.day_end


def _overdue(span: Span, fact: Fact) -> bool:
    then = fact.then
    if not then.open or then.suspended:
        return False
    if then.status == CHECKING and then.submitted_at is not None:
        return then.deadline < then.submitted_at
    return then.deadline <= span.until


def _overnight(span: Span, fact: Fact) -> bool:
    if fact.known.tier != "A":
        return False
    first = midnight_after(max(fact.then.reported_at, span.since))
    ended = fact.then.closed_at
    return first <= span.until and (ended is None or ended >= first)


def _middle(spans: Iterable[timedelta]) -> int | None:
    seconds = [max(span.total_seconds(), 0.0) for span in spans]
    return int(median(seconds) + 0.5) if seconds else None


def counted_at(archive: Archive, digest: Row) -> datetime | None:
    """When a digest was counted: as its messages were written; None for a draft."""
    for row in archive.outbox:
        fact = row["fact"] if row["kind"] == "digest" else {}
        same = fact.get("digest") == digest["kind"] and fact.get("part") == "text"
        if same and city_time(fact["until"]) == digest["until"]:
            found: datetime = row["created_at"]
            return found
    return None


def disagreements(courses: Mapping[int, Course], digest: Row, counted: datetime) -> list[str]:
    """Where the figures of a digest are not those of the history."""
    span = Span(digest["since"], digest["until"])
    facts = span.facts(courses.values(), counted)
    name = f"{digest['kind']} until {span.until:%m-%d %H:%M}"
    wrong = _differ(name, digest["fact"]["all"], count(span, facts))
    for by, told in digest["fact"]["by"].items():
        own = broken_down(span, facts, by)
        wrong += [f"{name} {by} {key}: missing" for key in own.keys() - told.keys()]
        wrong += [f"{name} {by} {key}: nothing to tell" for key in told.keys() - own.keys()]
        for key in own.keys() & told.keys():
            wrong += _differ(f"{name} {by} {key}", told[key], own[key])
    return wrong


def _differ(name: str, told: Row, own: Counts) -> list[str]:
    return [
        f"{name}: {key} is {own.get(key)!r}, told {value!r}"
        for key, value in told.items()
        if own.get(key) != value
    ]
