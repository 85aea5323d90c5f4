"""The one door to a case: looks a command up in the transitions table and applies its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import events, refusals
from casework.case import OPEN
from casework.changing import replace
from casework.permissions import grant, holders, relations
from casework.transitions import TABLE, name_of

if TYPE_CHECKING:
    from casework.act import Act, Outcome
    from casework.case import Case
    from casework.commands import Command
    from casework.events import Event


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
    allow(case, name_of(type(command)), act)
    transition = TABLE[case.status, type(command)]
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


def allow(case: Case, name: str, act: Act) -> None:
    """Let the actor pass if the table of rights lets this act be done now, and by the actor.

    Raises:
        CaseEnded: the case has ended, and the act is none for an ended one.
        NotNow: no act for where the case stands.
        NotYours: the actor does not stand so to the case; names those who may.
    """
    granted = grant(name, case.status)
    if granted is None:
        raise _not_in_table(case, name)
    if act.person is None:
        return
    roster = act.town.roster
    who = granted.who or frozenset()
    if not relations(case, act.person, roster) & who:
        raise refusals.NotYours(act=name, who=holders(case, who, roster))


def _not_in_table(case: Case, name: str) -> refusals.Refusal:
    if case.status not in OPEN:
        return refusals.CaseEnded(number=case.number, status=case.status.value)
    return refusals.NotNow(act=name, status=case.status.value)
