"""The claim ladder: nobody leaves before the hand-over (对接不上不撤场)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import claiming
from casework.case import Status
from casework.changing import replace
from casework.rules import Circle
from usecases import saving
from usecases.circles import circle
from usecases.records import DONE
from usecases.sayings import Saying

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import DueRow, Outcome
    from usecases.sayings import Sayings

_WORDS = {
    Circle.REPAIRER: "ladder-standby",
    Circle.STANDBY: "ladder-standby",
    Circle.MANAGER: "ladder-manager",
    Circle.SUPERVISOR: "ladder-supervisor",
    Circle.LEADER: "ladder-leader",
}


def step(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """Tell the circle of this step; after a time away, all circles whose time has passed.

    What is only said again waits for the group's batch, unless it is a danger or a private chat.
    """
    if case.status is not Status.WAITING:
        return "dropped", "taken"
    number = int(row.data["step"])
    steps: tuple[int, ...] = (number,)
    if sayings.late(row.at):
        steps = claiming.overdue_steps(case, number, office.now, office.town)
    told = False
    for each in steps:
        which = claiming.circle_of(case, each, office.town)
        again = claiming.repeats(case, each, office.town) and not case.danger
        for person in circle(office, case, which):
            told = True
            saying = Saying(
                person=person, words=_WORDS[which], case=case, why="ladder", at=row.at, held=again
            )
            sayings.add(saying)
    climbed = replace(case, ladder=steps[-1], ladder_at=office.now)
    saving.save(office, case, climbed, (), office.act(None))
    return DONE if told else ("dropped", "nobody to tell")
