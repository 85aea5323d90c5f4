"""Due rows: none is late, missing or at a wrong time, none failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casework.agenda import agenda
from usecases import daily, saving
from usecases.beats import KINDS
from usecases.fall_due import REACHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from casework.agenda import Entry
    from casework.case import Case
    from casework.town import Town
    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.office import Office
    from usecases.ports import UnitOfWork
    from usecases.records import DueRow

LATE = timedelta(minutes=2)
"""The tick takes what is due within seconds; more than this is no delay any more."""
AHEAD = timedelta(minutes=1)
"""What falls due within moments may be under way."""
PUT_BACK = timedelta(days=1)
"""How far a clock is put back at most."""
_SETTLED = frozenset({"done", "dropped"})
REMEMBERED = timedelta(days=7)
"""How long a row that failed is still named."""


def late(scene: Scene) -> Iterator[Finding]:
    """Rows that fell due a while ago and wait."""
    for row in scene.inspection.late_dues(scene.now - LATE, scene.portion.most):
        yield scene.finding("due-late", row.key, scene.name_of(row))


def failed(scene: Scene) -> Iterator[Finding]:
    """Rows that were dropped because the program failed over them."""
    since = scene.now - REMEMBERED
    for row in scene.inspection.failed_dues(since, scene.portion.most):
        yield scene.finding("due-failed", row.key, scene.name_of(row))


def missing(scene: Scene) -> Iterator[Finding]:
    """Open cases without a row for what their agenda says is still to come."""
    for case in scene.open_cases:
        there = {row.key for row in scene.dues.get(case.id, ()) if row.state != "cancelled"}
        entries = agenda(case, scene.town)
        if any(e.at > scene.now + AHEAD and e.key not in there for e in entries):
            yield scene.finding("due-missing", case.id, case.number, case=case.id)


def shifted(scene: Scene) -> Iterator[Finding]:
    """Open cases with a row at another time than its own, or settled before that has come."""
    reached = _reached(scene.uow, scene.now)
    for case in scene.open_cases:
        rows = scene.dues.get(case.id, ())
        view = View(town=scene.town, now=scene.now, reached=reached)
        if rows and astray(case, rows, view):
            yield scene.finding("due-shifted", case.id, case.number, case=case.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """By what the times of due rows are judged."""

    town: Town
    now: datetime
    reached: datetime | None
    """The latest moment up to which anything fell due; None: nobody knows."""


def astray(case: Case, rows: Iterable[DueRow], view: View) -> frozenset[str]:
    """The keys of rows at a wrong time, and of those settled before their time."""
    planned = {entry.key: entry for entry in agenda(case, view.town)}
    known = ((row, planned[row.key]) for row in rows if row.key in planned)
    return frozenset(row.key for row, entry in known if _wrong(case, row, entry, view))


def _wrong(case: Case, row: DueRow, entry: Entry, view: View) -> bool:
    soon = view.now + AHEAD
    if row.at <= soon and entry.at <= soon:
        return False
    if row.state == "pending":
        return row.at > _latest(case, entry, view) if entry.at <= soon else _moved(row, entry, soon)
    # A key may come back with a later time (a limit that was set again), and a clock be put back.
    early = row.state in _SETTLED and min(row.at, entry.at) > soon
    return early and view.reached is not None and row.at > view.reached + AHEAD


def _moved(row: DueRow, entry: Entry, soon: datetime) -> bool:
    """Whether a row stands elsewhere than where the agenda puts it; what falls due now is due."""
    return row.at > soon and row.at != entry.at


def _latest(case: Case, entry: Entry, view: View) -> datetime:
    """The last moment for a row whose time by the agenda has come."""
    if entry.kind in saving.CHECKS:
        return saving.from_the_sheet(case, entry, view.town, view.now) + PUT_BACK
    return view.now + AHEAD


def _reached(uow: UnitOfWork, now: datetime) -> datetime | None:
    mark = uow.marks.get(REACHED)
    return max(mark.at, now) if mark is not None else None


def set_right(office: Office, finding: Finding) -> None:
    """Each row is owed at the moment of the agenda; one whose moment has come, at once."""
    case = office.uow.cases.get(int(finding.data["case"]))
    if case is None or not case.open:
        return
    rows = office.uow.dues.of_case(case.id)
    view = View(town=office.town, now=office.now, reached=_reached(office.uow, office.now))
    moved = astray(case, rows, view)
    for row in rows:
        if row.key in moved and row.state in _SETTLED:
            office.uow.dues.finish(row, state="cancelled")
    saving.schedule(office, case, moved=moved)


def plan_again(office: Office, finding: Finding) -> None:
    """Make the due rows of the case those of its agenda."""
    case = office.uow.cases.get(int(finding.data["case"]))
    if case is not None:
        saving.schedule(office, case)


def daily_missing(scene: Scene) -> Iterator[Finding]:
    """Digests, batches and lists of the city whose next time nobody waits for."""
    for kind in KINDS:
        if not daily.awaited(scene.uow, scene.timetable, kind, scene.now):
            yield scene.finding("daily-missing", kind, kind)


def plan_daily(office: Office, finding: Finding) -> None:
    """See that the daily thing has a row for its next time."""
    daily.plan(office, finding.subject)
