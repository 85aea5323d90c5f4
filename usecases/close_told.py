"""及时反馈: at the close the patrol side hears the result, silently and privately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.changing import replace
from usecases.records import Outgoing, Priority, Sent

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from usecases.office import Office


def tell_close(office: Office, case: Case, act: Act) -> None:
    """Tell the reporter and the grid's officer, but not who turned the last key just now.

    It waits until the close can no longer be undone, and is told once however often it is closed.
    """
    for person in dict.fromkeys((case.reporter, case.officer)):
        chat = office.private_chat(person) if person not in {"", act.key} else ""
        if chat:
            _queue(office, case, chat, person)


def _queue(office: Office, case: Case, chat: str, person: str) -> None:
    row = Outgoing(
        kind="notice",
        key=f"closed:{case.id}:{person}",
        case_id=case.id,
        chat=chat,
        person=person,
        fact={
            "words": "closed",
            "cases": [case.id],
            "fields": {"on_time": "yes" if case.on_time else "no"},
        },
        priority=Priority.EDIT,
        not_before=office.now + office.town.rules.opening.undo,
        created_at=office.now,
    )
    before = office.uow.outbox.by_key(row.key)
    if before is None:
        office.uow.outbox.add(row)
    elif before.state in {Sent.QUEUED, Sent.DROPPED}:
        office.uow.outbox.save(replace(row, id=before.id))
