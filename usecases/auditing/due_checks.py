"""Due rows: none is late, none is missing, none failed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.agenda import agenda
from usecases import daily, saving
from usecases.beats import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.office import Office

LATE = timedelta(minutes=2)
"""The tick takes what is due within seconds; more than this is no delay any more."""
AHEAD = timedelta(minutes=1)
"""What falls due within moments may be under way."""
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


def plan_again(office: Office, finding: Finding) -> None:
    """Make the due rows of the case those of its agenda."""
    case = office.uow.cases.get(int(finding.data["case"]))
    if case is not None:
        saving.schedule(office, case)


def daily_missing(scene: Scene) -> Iterator[Finding]:
    """Digests, batches and lists of the city whose next time nobody waits for."""
    for kind in KINDS:
        if not scene.uow.dues.planned(kind):
            yield scene.finding("daily-missing", kind, kind)


def plan_daily(office: Office, finding: Finding) -> None:
    """See that the daily thing has a next row."""
    daily.plan_again(office, finding.subject)
