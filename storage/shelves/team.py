"""The shelf of what the processes of one bot know of each other; written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, literal_column, not_, select, text

from casework.changing import replace
from storage import tables, tables_of_team, topics
from storage.hand import Query
from storage.leasing import MEMBER
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.teamwork import Call, Fetch, Pause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.hand import Hand

T = tables_of_team.calls
C, P, F = T.c, tables_of_team.pauses.c, tables_of_team.fetches.c
L = tables_of_team.leases.c
CALLS = Plan(record=Call, table=T)
PAUSES = Plan(record=Pause, table=tables_of_team.pauses, same=("chat",), conflict="replace")
FETCHES = Plan(record=Fetch, table=tables_of_team.fetches, same=("photo",), conflict="replace")

UNDER_WAY = text(tables_of_team.IS_UNDER_WAY)
ANY: ColumnElement[Any] = literal_column("0")
NONE: ColumnElement[Any] = literal_column("''")


def lives(owner: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a process is alive: its lease is there; the living remove what has run out."""
    member = literal_column(f"'{MEMBER}'").concat(owner)
    return exists(literal_column("1")).where(L.name == member)


IN_FLIGHT = Query(CALLS.read().where(UNDER_WAY, C.row > ANY).order_by(C.id))
RECENT = Query(CALLS.read().where(C.ended >= bindparam("since")).order_by(C.ended), "since")
END = Query(
    T.update()
    .where(UNDER_WAY, C.row == bindparam("which"), C.owner == bindparam("by"))
    .values(ended=bindparam("at")),
    "which",
    "by",
    "at",
)
END_LOST = Query(
    T.update().where(UNDER_WAY, C.row > ANY, not_(lives(C.owner))).values(ended=bindparam("at")),
    "at",
)
IN_HAND = exists(literal_column("1")).where(
    text(f"calls.{tables_of_team.IS_UNDER_WAY}"), C.row == tables.outbox.c.id, lives(C.owner)
)
LOST = Query(
    select(tables.outbox.c.id)
    .where(text(f"outbox.{tables.IS_SENDING}"), not_(IN_HAND))
    .order_by(tables.outbox.c.id)
)
PAUSED = Query(PAUSES.read().where(P.chat > NONE, P.until > bindparam("now")), "now")
OF_CHAT = Query(PAUSES.read().where(P.chat == bindparam("chat")), "chat")
MOVE_CALLS = Query(
    T.update().where(C.id > ANY, C.chat == bindparam("old")).values(chat=bindparam("new")),
    "old",
    "new",
)
ELSEWHERE = Query(
    select(F.photo).where(F.photo > ANY, F.owner != bindparam("owner"), lives(F.owner)), "owner"
)
FETCHED = Query(
    delete(tables_of_team.fetches).where(F.photo == bindparam("photo"), F.owner == bindparam("by")),
    "photo",
    "by",
)
PRUNE_CALLS = Query(delete(T).where(C.ended < bindparam("before")), "before")
PRUNE_PAUSES = Query(
    delete(tables_of_team.pauses).where(P.chat > NONE, P.until < bindparam("before")), "before"
)


class TeamShelf(Shelf):
    """Who does what (`teamwork.Team`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._calls = hand.shape(CALLS)
        self._pauses = hand.shape(PAUSES)
        self._fetches = hand.shape(FETCHES)

    def calls(self, since: datetime) -> Sequence[Call]:
        """The calls under way, and those that ended since a moment."""
        rows = [*self._hand.rows(RECENT, since), *self._hand.rows(IN_FLIGHT)]
        return [self._calls.record(row) for row in rows]

    def began(self, call: Call) -> None:
        """A call begins."""
        self._hand.many(self._calls.insert, self._calls.new([call]))

    def ended(self, row: int, owner: str, at: datetime) -> bool:
        """A call has ended; False when it was taken for lost and ended by another process."""
        self._hand.news.add(topics.OUTBOX)
        return self._hand.run(END, row, owner, at) > 0

    def lost_calls(self) -> Sequence[int]:
        """The outbox rows being sent by no living process."""
        return [row for (row,) in self._hand.rows(LOST)]

    def end_lost_calls(self, at: datetime) -> None:
        """End the calls of processes that live no more."""
        self._hand.news.add(topics.OUTBOX)
        self._hand.run(END_LOST, at)

    def pauses(self, now: datetime) -> Sequence[Pause]:
        """The chats that rest at a moment."""
        return [self._pauses.record(row) for row in self._hand.rows(PAUSED, now)]

    def pause(self, pause: Pause) -> None:
        """Let a chat rest; a pause never shortens an earlier one."""
        row = self._hand.one(OF_CHAT, pause.chat)
        if row is None or self._pauses.record(row).until < pause.until:
            self._hand.many(self._pauses.insert, self._pauses.new([pause]))

    def moved(self, old: str, new: str) -> None:
        """A group has a new id; what it used up stays used up."""
        self._hand.run(MOVE_CALLS, old, new)

    def ban_moved(self, old: str, new: str) -> None:
        """A group has a new id; it rests there as long as it would have here."""
        row = self._hand.one(OF_CHAT, old)
        if row is not None:
            self.pause(replace(self._pauses.record(row), chat=new))

    def fetched_elsewhere(self, owner: str) -> frozenset[int]:
        """The photos that other living processes are fetching."""
        return frozenset(photo for (photo,) in self._hand.rows(ELSEWHERE, owner))

    def fetches(self, fetches: Sequence[Fetch]) -> None:
        """These photos are being fetched."""
        if fetches:
            self._hand.many(self._fetches.insert, self._fetches.new(fetches))

    def fetched(self, photo: int, owner: str) -> None:
        """A fetching is over."""
        self._hand.news.add(topics.PHOTOS)
        self._hand.run(FETCHED, photo, owner)

    def prune(self, before: datetime) -> None:
        """Forget the calls that ended, and the pauses that were over, before a moment."""
        self._hand.run(PRUNE_CALLS, before)
        self._hand.run(PRUNE_PAUSES, before)
