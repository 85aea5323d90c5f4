"""The shelf of the outbox: what people must be told, lane by lane."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    bindparam,
    case,
    cast,
    exists,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
)
from typing_extensions import override

from casework.changing import replace
from storage import tables, topics
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.records import EDIT, EDITS, Outgoing, Priority, Sent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from storage.hand import Hand

T = tables.outbox
C = T.c
PLAN = Plan(record=Outgoing, table=T, fixed=("key", "case_id", "created_at"), conflict="skip")
ALL = PLAN.read()
IS_QUEUED = text(tables.IS_QUEUED)
ONE: ColumnElement[Any] = literal_column("1")
SENDING = text(tables.IS_SENDING)

BY_ID = Query(ALL.where(C.id == bindparam("row")), "row")
OF_KEY = Query(ALL.where(C.key == bindparam("key")), "key")
BY_KEY = Query(select(C.id).where(C.key == bindparam("key")), "key")
NEXT_TIME = Query(
    select(C.not_before)
    .where(IS_QUEUED, C.not_before > bindparam("now"))
    .order_by(C.not_before)
    .limit(ONE),
    "now",
)
PUT_OFF = Query(
    ALL.where(IS_QUEUED, C.not_before > bindparam("now")).order_by(C.not_before, C.id), "now"
)
BEING_SENT = Query(ALL.where(SENDING).order_by(C.id))
SENT_SINCE = Query(
    select(C.chat, C.sent_at)
    .where(text(tables.WAS_SENT), C.sent_at >= bindparam("since"), C.free.is_(False))
    .order_by(C.sent_at),
    "since",
)
QUEUED_OF = Query(
    ALL.where(IS_QUEUED, C.case_id == bindparam("case"), C.kind == bindparam("kind")).order_by(
        C.id
    ),
    "case",
    "kind",
)
LAST_TRIED = Query(
    ALL.where(
        text(tables.IS_SHOWN),
        C.case_id == bindparam("case"),
        C.kind == bindparam("kind"),
        C.attempts > literal_column("0"),
    )
    .order_by(C.id.desc())
    .limit(ONE),
    "case",
    "kind",
)


def lane_in(chat: ColumnElement[str]) -> ColumnElement[str]:
    """The lane of a row once it goes to another chat (as `Outgoing.lane` makes it)."""
    number = cast(C.case_id, String)
    edits = (C.kind == literal(EDIT), number.concat(EDITS))
    subject = case((C.case_id.is_(None), C.kind), edits, else_=number)
    return subject.concat("@").concat(chat)


AWAY = Query(select(tables.chats.c.chat).where(text(tables.IS_AWAY)))


@lru_cache(maxsize=256)
def heads_query(shut: int, narrow: int) -> Query:
    """The query for so many shut and so many narrow chats."""
    # Whether an earlier row of the lane waits is seen in the index of the lanes alone; `not >`
    # keeps SQLite from walking the index of times, and sorting, instead of that of the queue.
    earlier = T.alias("earlier")
    blocked = exists(ONE).where(
        text("earlier." + tables.IS_WAITING), earlier.c.lane == C.lane, earlier.c.id < C.id
    )
    shut_chats = [bindparam(f"shut{at}", type_=C.chat.type) for at in range(shut)]
    narrow_chats = [bindparam(f"narrow{at}", type_=C.chat.type) for at in range(narrow)]
    statement = ALL.where(
        text("outbox." + tables.IS_QUEUED), not_(C.not_before > bindparam("now")), ~blocked
    )
    if shut:
        statement = statement.where(C.chat.not_in(shut_chats))
    if narrow:
        danger = C.priority == literal_column(str(Priority.DANGER_CARD.value))
        statement = statement.where(or_(danger, C.free, C.chat.not_in(narrow_chats)))
    limit = bindparam("limit", type_=Integer)
    names = [param.key for param in (*shut_chats, *narrow_chats)]
    return Query(statement.order_by(C.priority, C.id).limit(limit), "now", "limit", *names)


_EARLIER = T.alias("earlier")
CLAIM = Query(
    ALL.where(
        C.id == bindparam("row"),
        ~exists(ONE).where(
            text("earlier." + tables.IS_WAITING), _EARLIER.c.lane == C.lane, _EARLIER.c.id < C.id
        ),
    ).with_for_update(skip_locked=True, of=T),
    "row",
)


def _padded(chats: Collection[str]) -> list[str]:
    """The chats, the last repeated up to a power of two, so that few queries are prepared."""
    padded = sorted(chats)
    if padded:
        padded += padded[-1:] * ((1 << (len(padded) - 1).bit_length()) - len(padded))
    return padded


class OutboxShelf(Shelf):
    """What people must be told, and how far the telling is (`later.Outbox`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(PLAN)
        self._new: dict[str, Outgoing] = {}
        self._changed: dict[int, Outgoing] = {}
        self._edits: dict[tuple[str, int, str], str] = {}
        """The keys of the new rows that a card edit may be merged with."""
        self._touched: set[int] = set()

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new or self._changed)

    def add(self, row: Outgoing) -> None:
        """Queue a fact, unless one with the same key exists.

        Of a case that this transaction opened nothing was told before, so nobody is asked; should
        another fact have the key, the database leaves that one as it is.
        """
        if row.key in self._new or (row.case_id not in self._hand.born and self.has(row.key)):
            return
        self._new[row.key] = row
        self._touched.add(row.case_id)
        self._edits[row.kind, row.case_id, row.chat] = row.key

    def add_edit(self, row: Outgoing) -> None:
        """Queue a card edit, or merge it with one of the case that is still queued there.

        The merged row keeps its id and its key; it is due at the earlier of both times, as urgent
        as the more urgent of both, and what the newer fact says stands.
        """
        key = self._edits.get((row.kind, row.case_id, row.chat))
        if key is not None:
            self._new[key] = _merged(self._new[key], row)
            return
        for queued in self._queued_of(row.case_id, row.kind):
            if queued.chat == row.chat:
                self._changed[queued.id] = _merged(queued, row)
                return
        self.add(row)

    def save(self, row: Outgoing) -> None:
        """Replace a row; its key, case and creation stay."""
        self._changed[row.id] = row

    def get(self, row_id: int) -> Outgoing | None:
        """One row."""
        changed = self._changed.get(row_id)
        if changed is not None:
            return changed
        row = self._hand.one(BY_ID, row_id)
        return self._shape.record(row) if row else None

    def claim(self, row_id: int) -> Outgoing | None:
        """One row if it is the first that waits in its lane, and nobody else is at it."""
        found = self._scan(CLAIM, row_id)
        return found[0] if found else None

    def by_key(self, key: str) -> Outgoing | None:
        """The row of a key."""
        found = self._scan(OF_KEY, key)
        return found[0] if found else None

    def has(self, key: str) -> bool:
        """Whether a fact was queued under this key; nothing need be written to know."""
        return key in self._new or self._hand.one(BY_KEY, key) is not None

    def heads(
        self, now: datetime, *, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Sequence[Outgoing]:
        """The next sendable row of each lane, most urgent first, then oldest.

        Rows of `shut` chats are left out, and those of chats where the bot cannot speak; of
        `narrow` chats only danger cards come, and rows that are free of the pace.
        """
        self.settle()
        away = [chat for (chat,) in self._hand.rows(AWAY)]
        shut_chats, narrow_chats = _padded({*shut, *away}), _padded(set(narrow))
        query = heads_query(len(shut_chats), len(narrow_chats))
        return self._scan(query, now, limit, *shut_chats, *narrow_chats)

    def next_time(self, now: datetime) -> datetime | None:
        """The earliest `not_before` later than now among queued rows."""
        self.settle()
        return self._hand.moment(NEXT_TIME, now)

    def put_off(self, now: datetime) -> Sequence[Outgoing]:
        """Queued rows with a `not_before` later than now."""
        return self._scan(PUT_OFF, now)

    def last_tried(self, case_id: int, kind: str) -> Outgoing | None:
        """The last row of a kind (card, edit or sheet) of a case that was tried at all."""
        found = self._scan(LAST_TRIED, case_id, kind)
        return found[0] if found else None

    def sending(self) -> Sequence[Outgoing]:
        """Rows marked as being sent: after a start, the ambiguous ones."""
        return self._scan(BEING_SENT)

    def sent_since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """(chat, time) of every counted send and edit since then, to rebuild the pace."""
        self.settle()
        return [(chat, self._hand.utc(at)) for chat, at in self._hand.rows(SENT_SINCE, moment)]

    def _queued_of(self, case_id: int, kind: str) -> Sequence[Outgoing]:
        if case_id in self._hand.born and case_id not in self._touched:
            return []
        return self._scan(QUEUED_OF, case_id, kind)

    def _scan(self, query: Query, *values: object) -> list[Outgoing]:
        self.settle()
        return [self._shape.record(row) for row in self._hand.rows(query, *values)]

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new.values()))
            self._new.clear()
            self._edits.clear()
            self._hand.news.add(topics.OUTBOX)
        if self._changed:
            self._hand.many(self._shape.update, self._shape.change(self._changed.values()))
            if any(row.state is not Sent.SENDING for row in self._changed.values()):
                self._hand.news.add(topics.OUTBOX)
            self._changed.clear()


def _merged(queued: Outgoing, newer: Outgoing) -> Outgoing:
    return replace(
        queued,
        fact={**queued.fact, **newer.fact},
        priority=min(queued.priority, newer.priority),
        not_before=min(queued.not_before, newer.not_before),
    )
