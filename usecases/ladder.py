"""The claim ladder: nobody leaves before the hand-over (对接不上不撤场)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.agenda import MANAGER, STANDBY, SUPERVISOR
from casework.case import Status
from casework.people import Role
from usecases import saving
from usecases.office import present
from usecases.records import DONE
from usecases.sayings import Saying

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import DueRow, Outcome
    from usecases.sayings import Sayings

_WORDS = {STANDBY: "ladder-standby", MANAGER: "ladder-manager"}


def step(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Tell the circle of this step; after a time away, all circles whose time has passed."""
    if case.status is not Status.WAITING:
        return "dropped", "taken"
    number = int(row.data["step"])
    steps = _passed(office, case, number) if sayings.late(row.at) else (number,)
    told = False
    for each in steps:
        for person in circle(office, case, each):
            told = True
            sayings.add(_saying(case, row, person, each))
    climbed = replace(case, ladder=steps[-1], ladder_at=office.now)
    saving.save(office, case, climbed, (), office.act(None))
    return DONE if told else ("dropped", "nobody to tell")


def _passed(office: Office, case: Case, number: int) -> tuple[int, ...]:
    """The steps up to now: an away time does not start the ladder from below."""
    ladder = office.town.rules.ladder
    since = office.now - (case.delivered_at or case.opened_at)
    waits = {STANDBY: ladder.standby, MANAGER: ladder.manager, SUPERVISOR: ladder.supervisor}
    passed = tuple(s for s, wait in waits.items() if s >= number and since >= wait)
    return passed or (number,)


def _saying(case: Case, row: DueRow, person: str, number: int) -> Saying:
    words = _WORDS.get(number, "ladder-supervisor")
    return Saying(person=person, words=words, case=case, why="ladder", at=row.at)


def circle(office: Office, case: Case, number: int) -> tuple[str, ...]:
    """Who hears a step of the ladder."""
    if number >= SUPERVISOR:
        return office.supervisors()
    role = Role.STANDBY if number == STANDBY else Role.MANAGER
    roster = office.town.roster
    companies = [case.company] if case.company else list(roster.companies)
    return tuple(key for c in companies for key in present(roster.crew(c, role)))
