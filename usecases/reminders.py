"""Reminders of limits, of the warning sign, and of a waiting joint check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import Status
from casework.permissions import PATROL_KEY, Relation, holders
from usecases.records import DONE
from usecases.sayings import Saying

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import DueRow, Outcome
    from usecases.sayings import Sayings


def nudge(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Remind whoever answers for the repair: privately; else A at once, B and C in the batch."""
    if not case.unmended:
        return "dropped", "mended"
    holder = case.claimer or case.repairer
    people = (holder,) if holder else office.supervisors()
    for person in people:
        saying = Saying(
            person=person,
            words="nudge",
            case=case,
            why=f"nudge-{row.kind}",
            at=row.at,
            held=not case.danger,
        )
        sayings.add(saying)
    return DONE


def sign(_office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Ask for the warning sign of an unmended case: at once, it is missed at midnight."""
    holder = case.claimer or case.repairer
    if not case.unmended or case.sign_at is not None or not holder:
        return "dropped", "not needed"
    sayings.add(Saying(person=holder, words="sign-ask", case=case, why="sign", at=row.at))
    return DONE


def check_patrol(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Remind the side whose key is missing; the patrol side when both are."""
    if case.status is not Status.CHECKING:
        return "dropped", "checked"
    for person in _missing_key(office, case):
        sayings.add(Saying(person=person, words="check-ask", case=case, why="check", at=row.at))
    return DONE


def _missing_key(office: Office, case: Case) -> tuple[str, ...]:
    if case.patrol_key and not case.repair_key:
        return (case.claimer or case.repairer,)
    return holders(case, PATROL_KEY - {Relation.SUPERVISOR}, office.town.roster)


def check_supervisor(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Tell the supervisors of a check that waits too long; they may turn the patrol key."""
    if case.status is not Status.CHECKING:
        return "dropped", "checked"
    for person in office.supervisors():
        sayings.add(
            Saying(person=person, words="check-late", case=case, why="check-late", at=row.at)
        )
    return DONE
