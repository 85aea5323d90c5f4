"""A press on a card that is not the newest works all the same, and freshens that card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.records import Link, Outgoing, Part, Priority
from usecases.views import Action

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.inputs import ButtonPressed
    from usecases.office import Office

_ON_CARDS = frozenset(
    {
        Action.CLAIM,
        Action.BEGIN,
        Action.NOT_TODAY,
        Action.RESUME,
        Action.TIER,
        Action.UNDO,
        Action.MORE,
    }
)
"""Buttons of a card that no sheet has."""


def freshen_pressed(office: Office, press: ButtonPressed) -> None:
    """Queue an edit of the card that was pressed, if the case has a newer one."""
    case = office.uow.cases.get(press.case_id) if press.case_id else None
    if case is None or not _is_older(office, case, press):
        return
    office.uow.links.add(
        Link(chat=press.chat, message=press.message, case_id=case.id, part=Part.CARD, at=office.now)
    )
    office.uow.outbox.add(
        Outgoing(
            kind="old-card",
            key=f"old-card:{case.id}:{press.update_id}",
            case_id=case.id,
            chat=press.chat,
            fact={"message": press.message},
            priority=Priority.EDIT,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _is_older(office: Office, case: Case, press: ButtonPressed) -> bool:
    elsewhere = press.private or press.only != "" or press.chat != case.chat
    if elsewhere or case.card in {"", press.message}:
        return False
    link = office.uow.links.get(press.chat, press.message)
    if link is not None:
        return link.part is Part.CARD and link.case_id == case.id
    # A card whose delivery stayed unknown: it answers the photo, and nobody kept its id.
    return press.answers == case.photo_message and press.action in _ON_CARDS
