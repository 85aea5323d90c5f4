"""今日看板: one pinned, silent message a group, edited in place, at most once a step of the clock.

A change of a case makes the board due at the next step; several changes are one edit, and the
latest state is shown. What has not changed is not edited.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import deadlines
from casework.changing import replace
from usecases.keeping import Board
from usecases.records import DueRow, Outgoing, Priority, Sent

if TYPE_CHECKING:
    from datetime import datetime

    from casework.people import Group
    from usecases.office import Office

KIND = "board"


def touch(office: Office, chat: str) -> None:
    """Something that the group's board shows has changed."""
    group = _group(office, chat)
    if group is not None:
        _plan(office, group, _step_after(office, office.now))


def seed(office: Office) -> None:
    """At a start: every group has a board, and it shows what happened meanwhile."""
    for group in office.town.groups.values():
        _plan(office, group, _step_after(office, office.now))


def queue(office: Office, row: DueRow) -> None:
    """Queue the board of a group, and plan that of the next morning."""
    group = office.town.groups.get(row.data["origin"])
    if group is None:
        return
    morning = office.town.day(office.now) + timedelta(days=1)
    _plan(office, group, office.town.at(morning, office.town.rules.reminders.quiet_until))
    chat = office.uow.chats.by_origin(group.chat)
    _put(office, group, chat.chat if chat else group.chat, f"{row.at:%y%m%d%H%M}")


def _put(office: Office, group: Group, chat: str, stamp: str) -> None:
    office.uow.outbox.add(
        Outgoing(
            kind=KIND,
            key=f"board:{group.chat}:{stamp}",
            chat=chat,
            fact={"origin": group.chat},
            priority=Priority.BOARD,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _group(office: Office, chat: str) -> Group | None:
    known = office.uow.chats.get(chat)
    return office.town.groups.get(known.origin if known else chat)


def _plan(office: Office, group: Group, at: datetime) -> None:
    if not group.patrols:
        return
    key = f"{KIND}:{group.chat}:{at:%y%m%d%H%M}"
    office.uow.dues.add(DueRow(kind=KIND, key=key, at=at, data={"origin": group.chat}))


def _step_after(office: Office, moment: datetime) -> datetime:
    """The next step of the city's clock; in the quiet hours their end."""
    town = office.town
    start = town.at(town.day(moment), town.rules.board.steps_from)
    every = town.rules.board.every
    step = start + ((moment - start) // every + 1) * every
    return deadlines.quiet_end(step, town)


def sent(office: Office, row: Outgoing, message: str) -> None:
    """The board was posted or edited; a new one is pinned."""
    origin = str(row.fact["origin"])
    known = office.uow.boards.get(origin) or Board(origin=origin, chat=row.chat)
    fresh = (known.chat, known.message) != (row.chat, message)
    office.uow.boards.save(
        replace(
            known,
            chat=row.chat,
            message=message,
            shown=str(row.fact.get("shown", "")),
            pinned=known.pinned and not fresh,
        )
    )
    if fresh or not known.pinned:
        # What was refused for lack of the right is tried again once a day.
        _pin(
            office, replace(known, chat=row.chat, message=message), str(office.town.day(office.now))
        )


def _pin(office: Office, board: Board, stamp: str) -> None:
    office.uow.outbox.add(
        Outgoing(
            kind="pin",
            key=f"pin:{board.chat}:{board.message}:{stamp}",
            chat=board.chat,
            fact={"origin": board.origin, "message": board.message},
            priority=Priority.BOARD,
            not_before=office.now,
            created_at=office.now,
        )
    )


def allowed(office: Office, chat: str) -> None:
    """The bot's rights in a group changed: a board that could not be pinned may be one now."""
    group = _group(office, chat)
    board = office.uow.boards.get(group.chat) if group is not None else None
    if board is not None and board.chat == chat and board.message and not board.pinned:
        _pin(office, board, f"{office.now.timestamp():.0f}")


def unpinned(office: Office, row: Outgoing, note: str) -> None:
    """The pin was refused: for lack of the right the supervisors are told, once for each board."""
    if "rights" not in note.lower():
        return
    words = "pin-refused"
    key = f"{words}:{row.chat}:{row.fact['message']}"
    for supervisor in office.supervisors():
        office.tell_privately(supervisor, key, {"words": words, "fields": {}})


def pinned(office: Office, row: Outgoing) -> None:
    """The board stands pinned at the top of its group."""
    board = office.uow.boards.get(str(row.fact["origin"]))
    if board is not None and board.message == row.fact["message"]:
        office.uow.boards.save(replace(board, pinned=True))


def gone(office: Office, row: Outgoing) -> None:
    """Somebody deleted the board: it is posted anew."""
    board = office.uow.boards.get(str(row.fact["origin"]))
    if board is not None:
        office.uow.boards.save(replace(board, message="", shown="", pinned=False))
    office.uow.outbox.save(replace(row, state=Sent.QUEUED, sent_at=None))
