"""The one door to a case: looks a command up in the transitions table and applies its rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casework import events, refusals
from casework.case import OPEN
from casework.permissions import holders, relations
from casework.transitions import TABLE

if TYPE_CHECKING:
    from casework.act import Act, Outcome
    from casework.case import Case
    from casework.commands import Command
    from casework.events import Event
    from casework.permissions import Who


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The case as it is afterwards, and what happened."""

    case: Case
    events: tuple[Event, ...]


def decide(case: Case, command: Command, act: Act) -> Decision:
    """Decide what a command does to a case.

    Raises:
        Refusal: it may not happen; the class says why.
    """
    transition = TABLE.get((case.status, type(command)))
    if transition is None:
        raise _not_in_table(case, command)
    if transition.who is not None:
        allow(case, transition.who, act, name_of(type(command)))
    outcome: Outcome = transition.apply(case, command, act)
    changed, *happened = outcome
    if any(type(event) not in _ADDED for event in happened):
        changed = replace(changed, version=case.version + 1)
    return Decision(case=changed, events=tuple(happened))


_ADDED = frozenset(
    {
        events.PhotosAdded,
        events.WordsAdded,
        events.OverdueMarked,
        events.Reminded,
        events.OrderDrafted,
    }
)
"""What adds to a case without ending the undo of the press before it."""


def allow(case: Case, who: Who, act: Act, name: str) -> None:
    """Let the actor pass if the actor stands to the case in one of these ways.

    Raises:
        NotYours: otherwise; names those who may.
    """
    if act.person is None:
        return
    roster = act.town.roster
    if not relations(case, act.person, roster) & who:
        raise refusals.NotYours(act=name, who=holders(case, who, roster))


def name_of(command: type[Command]) -> str:
    """A command's name in snake case, as texts and pages refer to it."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


def _not_in_table(case: Case, command: Command) -> refusals.Refusal:
    if case.status not in OPEN:
        return refusals.CaseEnded(number=case.number, status=case.status.value)
    return refusals.NotNow(act=name_of(type(command)), status=case.status.value)
