"""The daily digest (日报): the figures of one window, counted once and carried in the fact.

应结案 of a window are the cases whose limit ended in it or ends on its last day, and those closed
in it: 结案率 = closed of these in the window / these; 按期结案率 = closed in time / these. Open and
overdue cases count as not on time. Refused and withdrawn cases count nowhere but in 上报.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from casework.case import Status, Tier
from casework.people import Role
from usecases import notices
from usecases.records import Outgoing, Priority
from usecases.views import DigestRow, DigestView, Rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casework.case import Case
    from usecases.office import Office
    from usecases.records import Json

HEARERS = frozenset({Role.MANAGER, Role.SUPERVISOR})
"""Who gets the digest."""
_ENDED = frozenset({Status.REFUSED, Status.WITHDRAWN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The time a digest speaks of: later than `since`, up to and with `until`."""

    since: datetime
    until: datetime
    due_by: datetime
    """The end of the window's last day: what is due until then is counted as due."""

    def holds(self, moment: datetime | None) -> bool:
        """Whether a moment lies in the window."""
        return moment is not None and self.since < moment <= self.until

    def was_open(self, case: Case) -> bool:
        """Whether the case was open when the window ended."""
        return case.reported_at <= self.until and not _over(case, self.until)

    def was_overdue(self, case: Case) -> bool:
        """Whether the case was open and past its limit when the window ended."""
        mended = case.submitted_at is not None and case.status is Status.CHECKING
        late = case.overdue if mended else case.deadline <= self.until
        return self.was_open(case) and late

    def closed(self, case: Case) -> bool:
        """Whether the case was closed in the window."""
        return case.status is Status.CLOSED and self.holds(case.closed_at)

    def owed(self, case: Case) -> bool:
        """Whether the case counts as 应结案."""
        if case.status in _ENDED:
            return False
        return self.closed(case) or (self.was_open(case) and case.deadline <= self.due_by)


def _over(case: Case, moment: datetime) -> bool:
    return case.closed_at is not None and case.closed_at <= moment


def figures(office: Office, since: datetime, until: datetime) -> Json:
    """Count a window."""
    due_by = office.town.midnight_after(office.town.day(until))
    window = Window(since=since, until=until, due_by=due_by)
    cases = list(office.uow.cases.touched(since, until))
    opened = [c for c in cases if window.was_open(c)]
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        **_counts(window, cases),
        "ended": sum(c.status in _ENDED and window.holds(c.closed_at) for c in cases),
        "tiers": {t.value: sum(c.tier is t for c in opened) for t in Tier},
        "overdue_cases": [c.id for c in opened if window.was_overdue(c)],
        "grids": _grid_rows(office, window, cases),
        "companies": _company_rows(office, window, cases),
    }


def _counts(window: Window, cases: Iterable[Case]) -> Json:
    cases = list(cases)
    owed = [c for c in cases if window.owed(c)]
    closed = [c for c in owed if window.closed(c)]
    return {
        "reported": sum(window.holds(c.reported_at) for c in cases),
        "closed": len(closed),
        "open": sum(window.was_open(c) for c in cases),
        "overdue": sum(window.was_overdue(c) for c in cases),
        "closing": [len(closed), len(owed)],
        "on_time": [sum(bool(c.on_time) for c in closed), len(owed)],
    }


def _grid_rows(office: Office, window: Window, cases: Sequence[Case]) -> list[Json]:
    rows = []
    for grid in office.town.gazetteer.grids:
        mine = [c for c in cases if c.grid == grid.number]
        if mine:
            counts = _counts(window, mine)
            rows.append({"name": str(grid.number), "grid": grid.number, **counts})
    return rows + _nowhere(window, [c for c in cases if c.grid is None])


def _nowhere(window: Window, cases: Sequence[Case]) -> list[Json]:
    """Cases whose place is unknown stand in a row of their own, so that the rows add up."""
    return [{"name": "", "grid": None, **_counts(window, cases)}] if cases else []


def _company_rows(office: Office, window: Window, cases: Sequence[Case]) -> list[Json]:
    rows = []
    for company in office.town.roster.companies.values():
        mine = [c for c in cases if c.company == company.key]
        rows.append({"name": company.name, "grid": None, **_counts(window, mine)})
    return rows + _nowhere(window, [c for c in cases if not c.company])


def send(office: Office, since: datetime, until: datetime, *, late: bool) -> int:
    """Queue the digest of a window to managers and supervisors, privately; to how many."""
    fact = {**figures(office, since, until), "late": late}
    told = 0
    for person in office.town.roster.people.values():
        chat = office.private_chat(person.key) if person.role in HEARERS else ""
        if not chat:
            continue
        told += office.uow.outbox.add(
            Outgoing(
                kind="digest",
                key=f"digest:{until:%y%m%d%H%M}:{person.key}",
                chat=chat,
                person=person.key,
                fact=fact,
                priority=Priority.BOARD,
                not_before=office.now,
                created_at=office.now,
            )
        )
    return told


def view(office: Office, fact: Json) -> DigestView:
    """The digest of a fact; only the overdue cases' names are read anew."""
    found = (office.uow.cases.get(i, lock=False) for i in fact["overdue_cases"])
    return DigestView(
        zone=office.town.zone,
        since=datetime.fromisoformat(fact["since"]),
        until=datetime.fromisoformat(fact["until"]),
        reported=fact["reported"],
        closed=fact["closed"],
        closing=_rate(fact["closing"]),
        on_time=_rate(fact["on_time"]),
        ended=fact["ended"],
        open_by_tier=fact["tiers"],
        overdue=tuple(notices.line(office, case) for case in found if case is not None),
        grids=tuple(_row(row) for row in fact["grids"]),
        companies=tuple(_row(row) for row in fact["companies"]),
        late=bool(fact.get("late")),
        now=bool(fact.get("now")),
    )


def _rate(pair: list[int]) -> Rate:
    return Rate(part=pair[0], whole=pair[1])


def _row(row: Json) -> DigestRow:
    return DigestRow(
        name=row["name"],
        grid=row["grid"],
        reported=row["reported"],
        closed=row["closed"],
        open=row["open"],
        overdue=row["overdue"],
        closing=_rate(row["closing"]),
    )
