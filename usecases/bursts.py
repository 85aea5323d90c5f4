"""Many reports, perhaps one cause (突发同类): the supervisors are asked once whether to join them.

A person decides, never the bot: it names the cases that are alike and waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.changing import replace
from usecases.records import DONE, DueRow

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import Json, Outcome

KIND = "burst"
WORDS = "burst-ask"


def key(first: int) -> str:
    """The key of the question about cases of which this one is the oldest."""
    return f"{WORDS}:{first}"


def look_soon(office: Office, was: Case, case: Case) -> None:
    """A case that was shown already is another one now: look at it in a moment."""
    moved = (was.category, was.grid) != (case.category, case.grid)
    if moved and case.delivered_at is not None and _counts(office, case):
        row = f"{KIND}:{case.id}:{case.history_seq}"
        office.uow.dues.add(DueRow(kind=KIND, key=row, at=office.now, data={"case": case.id}))


def fall_due(office: Office, row: DueRow) -> Outcome:
    """The moment has come."""
    case = office.uow.cases.get(int(row.data["case"]))
    if case is None:
        return "dropped", "no such case"
    look(office, case)
    return DONE


def look(office: Office, case: Case) -> None:
    """Ask the supervisors, if this case and others of late are alike; of each case once only."""
    if not _counts(office, case):
        return
    alike = _alike(office, case)
    if len(alike) < office.town.rules.burst.count:
        return
    first = alike[0]
    fact: Json = {
        "words": WORDS,
        "cases": [c.id for c in alike],
        "fields": {"count": len(alike)},
    }
    office.tell(office.supervisors(), first, key(first.id), fact)
    for one in alike:
        office.uow.cases.save(replace(one, burst_asked=True), was=one)


def _alike(office: Office, case: Case) -> list[Case]:
    """Cases of the same category, grid and group of the last hours, oldest first."""
    if case.grid is None:
        return []
    since = case.reported_at - office.town.rules.burst.within
    found = office.uow.cases.alike(case.category, case.grid, since)
    return [c for c in found if c.chat == case.chat and _counts(office, c)]


def _counts(office: Office, case: Case) -> bool:
    """Whether nothing is known of its cause yet; what has no category is like nothing."""
    known = case.burst_asked or case.main or case.leads
    named = case.category != office.town.categories.fallback.code
    return case.open and named and not known
