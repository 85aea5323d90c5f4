"""The figures of a digest as a fact that is kept: counted once, for one window."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from casework.case import Status
from casework.digests import DigestKind
from casework.ledger import Move
from usecases.digest_views import Tally
from usecases.figures import DIMENSIONS, MOMENT, Window, breakdown, tally
from usecases.rewind import as_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casework.case import Case
    from casework.town import Town
    from usecases.office import Office
    from usecases.records import Json

WEEK = timedelta(days=7)
TREND = 4
"""A week is compared with so many before it."""
MOST_PLACES = 10
EXTREMES = 3
"""So many of the slowest and the fastest are named."""
_ENDED = frozenset({Status.REFUSED, Status.WITHDRAWN})
_CAUSES = {
    "ReworkOrdered": "rework",
    "CaseRefused": "refusal",
    "PromiseAsked": "promise",
    "ExtensionAsked": "extension",
    "SuspensionAsked": "suspension",
}
"""The events that carry a reason somebody wrote down, and what they are called."""


def span_of(office: Office, kind: DigestKind, at: datetime) -> tuple[datetime, datetime]:
    """The window of the digest that falls due at a moment: its beginning and its end."""
    town = office.town
    day = town.day(at)
    if kind is DigestKind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return _midnights(town, monday - WEEK, monday)
    if kind is DigestKind.MONTH:
        first = day.replace(day=1)
        return _midnights(town, _month_before(first), first)
    return since_of(office, kind, at), at


def since_of(office: Office, kind: DigestKind, until: datetime) -> datetime:
    """Where the window begins that ends at a moment: where the one before it ended.

    The timetable knows that for the first one only: the office may have moved the time since.
    What was missed and is about to be sent has ended, too.
    """
    ends = [
        datetime.fromisoformat(row.data["at"]) if row.data else row.at
        for row in office.uow.dues.planned(kind.value)
    ]
    sent = office.uow.digests.sent_until(kind.value, until)
    before = [end for end in (*ends, sent) if end is not None and end < until]
    return max(before, default=None) or office.timetable.before(kind.value, until)


def _midnights(town: Town, since: date, until: date) -> tuple[datetime, datetime]:
    one = timedelta(days=1)
    return town.midnight_after(since - one), town.midnight_after(until - one)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def cases_of(office: Office, window: Window) -> list[Case]:
    """The cases that a window may count, as they stood at its end."""
    cases = office.uow.cases.touched(window.since - MOMENT, window.until)
    if window.until >= office.now:
        return list(cases)
    later = office.uow.clock.between(window.until - MOMENT, office.now)
    changed = {row.case_id for row in later}
    return [
        as_of(case, office.uow.clock.of(case.id), window.until, office.town)
        if case.id in changed
        else case
        for case in cases
    ]


def figures(office: Office, since: datetime, until: datetime) -> Json:
    """The figures of a window, and the cases that a digest names."""
    window = Window(since=since, until=until, town=office.town)
    return _counted(window, cases_of(office, window))


def _counted(window: Window, cases: Sequence[Case]) -> Json:
    opened = [c for c in cases if window.open(c)]
    ended = (c for c in cases if c.status in _ENDED)
    return {
        "since": window.since.isoformat(),
        "until": window.until.isoformat(),
        "all": tally(window, cases).pack(),
        "by": {name: _packed(window, cases, name) for name in DIMENSIONS},
        "ended": sum(window.holds(c.closed_at) for c in ended),
        "states": Counter(c.status.value for c in opened if c.open),
        "overdue": [c.id for c in opened if window.overdue(c)],
        "due": [c.id for c in sorted(opened, key=lambda c: c.deadline) if window.due(c)],
        "overnight": [c.id for c in opened if window.overnight(c)],
    }


def _packed(window: Window, cases: Sequence[Case], dimension: str) -> Json:
    return {key: part.pack() for key, part in breakdown(window, cases, dimension).items()}


def review(office: Office, kind: DigestKind, since: datetime, until: datetime) -> Json:
    """The figures of a week or month, with what its review says beyond them."""
    window = Window(since=since, until=until, town=office.town)
    cases = cases_of(office, window)
    fact = {
        **_counted(window, cases),
        "places": _places(window, cases),
        "causes": _causes(office, window, cases),
        "promises": _promises(office, window, cases),
        "past": [_past(office, kind, *span) for span in _compared(office.town, kind, window)],
    }
    if kind is DigestKind.MONTH:
        fact |= _extremes(window, cases)
    return fact


def _places(window: Window, cases: Iterable[Case]) -> list[tuple[str, int]]:
    """Streets and landmarks by cases that were filed; a place is known by the first it names."""
    grids = window.town.gazetteer.grids
    names = [name for grid in grids for name in (*grid.streets, *grid.landmarks)]
    found = Counter(_spot(names, c.place) for c in cases if window.filed(c) and c.place)
    return found.most_common(MOST_PLACES)


def _spot(names: Iterable[str], place: str) -> str:
    spots = [(place.find(name), -len(name), name) for name in names if name in place]
    return min(spots)[2] if spots else place


def _causes(office: Office, window: Window, cases: Iterable[Case]) -> Json:
    """Every reason that was written down in the window, by what it was given for."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in _CAUSES.values()}
    for case in cases:
        for row in office.uow.history.of(case.id):
            if row.event in _CAUSES and window.holds(row.at):
                found[_CAUSES[row.event]][str(row.data.get("reason", ""))] += 1
    return {kind: reasons.most_common() for kind, reasons in found.items() if reasons}


def _promises(office: Office, window: Window, cases: Iterable[Case]) -> Json:
    """承诺 by company: kept by a case closed in the window, or broken when its day was over."""
    closed = {case.id for case in cases if window.closed(case) and case.on_time}
    rows = office.uow.clock.between(window.since - MOMENT, window.until)
    kept = {r.case_id: r.company for r in rows if r.what is Move.KEPT and r.case_id in closed}
    broken = [r for r in rows if r.what is Move.BROKEN and window.holds(r.at - MOMENT)]
    counts = Counter(kept.values()), Counter(row.company for row in broken)
    return {key: [one[key] for one in counts] for key in {**counts[0], **counts[1]}}


def _compared(town: Town, kind: DigestKind, window: Window) -> list[tuple[datetime, datetime]]:
    """The windows that a review is compared with, the nearest first."""
    first, end = town.day(window.since), town.day(window.until)
    if kind is DigestKind.WEEK:
        return [_midnights(town, first - n * WEEK, end - n * WEEK) for n in range(1, TREND + 1)]
    before = _month_before(first)
    return [
        _midnights(town, before, first),
        _midnights(town, first.replace(year=first.year - 1), end.replace(year=end.year - 1)),
    ]


def _past(office: Office, kind: DigestKind, since: datetime, until: datetime) -> Json:
    """An earlier window as it was told then; counted anew where nothing was told."""
    kept = office.uow.digests.get(kind.value, until)
    if kept is not None and kept.since == since:
        figures = kept.fact["all"]
    else:
        window = Window(since=since, until=until, town=office.town)
        figures = tally(window, cases_of(office, window)).pack()
    return {"since": since.isoformat(), "until": until.isoformat(), "all": figures}


def _extremes(window: Window, cases: Iterable[Case]) -> Json:
    """The cases that took longest and shortest from report to the close."""
    lasted = sorted(
        (int((c.closed_at - c.reported_at).total_seconds()), c.number, c.id)
        for c in cases
        if window.closed(c) and c.closed_at is not None
    )
    half = len(lasted) // 2
    fastest = lasted[: min(EXTREMES, len(lasted) - half)]
    slowest = lasted[::-1][: min(EXTREMES, half)]
    return {
        "fastest": [(case, seconds) for seconds, _, case in fastest],
        "slowest": [(case, seconds) for seconds, _, case in slowest],
    }


def unpacked(fact: Json) -> Tally:
    """The figures of a fact."""
    return Tally(**fact)
