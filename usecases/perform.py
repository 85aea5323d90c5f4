"""Do what a press or word asks of a case, and remember the state before it for an undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.decide import decide
from usecases import saving, snapshot
from usecases.records import Undo

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from casework.commands import Command
    from usecases.office import Office


def perform(office: Office, case: Case, command: Command, act: Act) -> Case:
    """Decide and save.

    Raises:
        Refusal: it may not happen; nothing has changed.
    """
    decision = decide(case, command, act)
    remember(office, case, decision.case, act)
    return saving.save(office, case, decision.case, decision.events, act)


def remember(office: Office, was: Case, case: Case, act: Act) -> None:
    """Let the actor undo this act for a while."""
    office.uow.undos.put(
        Undo(
            case_id=case.id,
            person=act.key,
            version=case.version,
            until=office.now + office.town.rules.opening.undo,
            snapshot=snapshot.pack(was),
        )
    )
