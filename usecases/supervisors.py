"""News of the bot itself: to the supervisors privately; if no such chat is open, in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.records import Outgoing, Priority

if TYPE_CHECKING:
    from usecases.office import Office
    from usecases.records import Json

SELF = frozenset({"audit", "gap"})
"""The notices of this file: if one of them is refused, telling that again would not help."""


def tell(office: Office, key: str, fact: Json) -> None:
    """Queue a notice for all supervisors; it sounds in the day, for somebody must see to it."""
    people, home = office.supervisors(), _home(office)
    told = {**fact, "home": home}
    reached = [(person, office.private_chat(person)) for person in people]
    for person, chat in reached:
        if chat:
            _queue(office, f"{key}:{person}", chat, told, person)
    if home and not any(chat for _, chat in reached):
        _queue(office, key, home, {**told, "to": list(people)})


def _queue(office: Office, key: str, chat: str, fact: Json, person: str = "") -> None:
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=key,
            chat=chat,
            person=person,
            fact=fact,
            priority=Priority.LADDER,
            loud=True,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _home(office: Office) -> str:
    """The managers' group, where there is one; else the first of the groups."""
    groups = sorted(office.town.groups.values(), key=lambda group: group.patrols)
    if not groups:
        return ""
    chat = office.uow.chats.by_origin(groups[0].chat)
    return chat.chat if chat is not None else groups[0].chat
