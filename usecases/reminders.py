"""Reminders of limits, of the warning sign, and of a waiting joint check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import Status
from casework.changing import replace
from casework.permissions import PATROL_KEY, Relation, holders
from casework.rules import Circle
from usecases import saving
from usecases.circles import circle, supervisors, watches
from usecases.reasons import NUDGE, holds
from usecases.records import DONE
from usecases.sayings import SIGN, Saying

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import DueRow, Outcome
    from usecases.sayings import Sayings


def nudge(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Remind all circles up to this point: privately; else A at once, B and C in the batch."""
    percent = int(row.data["step"])
    why = f"{NUDGE}{percent}"
    if not holds(case, why, row.at, office.town):
        return "dropped", "mended or moved"
    people = _hearers(office, case, percent)
    for person in people:
        words = "nudge-watch" if watches(office, person) else "nudge"
        saying = Saying(person=person, words=words, case=case, why=why, at=row.at, hushed=True)
        sayings.add(replace(saying, held=not case.danger))
    return DONE if people else ("dropped", "nobody to tell")


def _hearers(office: Office, case: Case, percent: int) -> tuple[str, ...]:
    """Each person of the circle of a point and of those before it, once."""
    rules = office.town.rules.nudges.of(case.tier)
    circles = [c for p, c in zip(rules.points, rules.circles, strict=True) if p <= percent]
    return tuple(dict.fromkeys(who for which in circles for who in circle(office, case, which)))


def sign(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Ask for the warning sign of an unmended case: at once, it is missed at midnight."""
    if not case.unmended or case.sign_at is not None or not (case.claimer or case.repairer):
        return "dropped", "not needed"
    for person in circle(office, case, Circle.REPAIRER):
        sayings.add(Saying(person=person, words=SIGN, case=case, why="sign", at=row.at))
    saving.save(office, case, replace(case, sign_asked=office.now), (), office.act(None))
    return DONE


def check_patrol(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Remind the side whose key is missing; the patrol side when both are."""
    if case.status is not Status.CHECKING:
        return "dropped", "checked"
    for person in _missing_key(office, case):
        sayings.add(_check(person, "check-ask", "check", case, row))
    return DONE


def _missing_key(office: Office, case: Case) -> tuple[str, ...]:
    if case.patrol_key and not case.repair_key:
        return circle(office, case, Circle.REPAIRER)
    return holders(case, PATROL_KEY - {Relation.SUPERVISOR}, office.town.roster)


def check_supervisor(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Tell the supervisors of a check that waits too long; they may turn the patrol key."""
    if case.status is not Status.CHECKING:
        return "dropped", "checked"
    for person in supervisors(office):
        sayings.add(_check(person, "check-late", "check-late", case, row))
    return DONE


def _check(person: str, words: str, why: str, case: Case, row: DueRow) -> Saying:
    """It is a reminder like those of limits: without a private chat, B and C wait for the batch."""
    said = Saying(person=person, words=words, case=case, why=why, at=row.at, hushed=True)
    return replace(said, held=not case.danger)
