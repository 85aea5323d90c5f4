"""An answer to a press that only the presser sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.records import Outgoing, Priority

if TYPE_CHECKING:
    from casework.people import Person
    from usecases.inputs import ButtonPressed
    from usecases.office import Office
    from usecases.records import Json


def tell(office: Office, press: ButtonPressed, person: Person, kind: str, fact: Json) -> None:
    """In a group the answer is ephemeral; the courier's fallbacks are private, then one line."""
    office.uow.outbox.add(
        Outgoing(
            kind=kind,
            key=f"answer:{press.update_id}",
            chat=press.chat,
            person=person.key,
            only="" if press.private else press.sender.account,
            thread=press.thread,
            fact={**fact, "home": press.chat},
            priority=Priority.ANSWER,
            free=not press.private,
            not_before=office.now,
            created_at=office.now,
        )
    )
