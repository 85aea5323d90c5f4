"""The shelves of the clock ledger, orders, hushes, boards and digests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, select
from typing_extensions import override

from casework.ledger import LedgerRow
from storage import tables_of_time as tables
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.keeping import Board, Hush, KeptDigest, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from storage.hand import Hand
    from storage.shelves.counters import Counters

MOST_DIGESTS = 60


@dataclass(frozen=True, slots=True)
class Mute:
    """One person and the kind of digest that is muted."""

    person: str
    kind: str


C, P, H = tables.clock.c, tables.orders.c, tables.hushes.c
B, D, M = tables.boards.c, tables.digests.c, tables.mutes.c
CLOCK = Plan(record=LedgerRow, table=tables.clock, same=("case_id", "seq"))
ORDERS = Plan(
    record=Order, table=tables.orders, same=("case_id", "rung", "attempt"), conflict="replace"
)
HUSHES = Plan(record=Hush, table=tables.hushes, same=("case_id", "person"), conflict="replace")
BOARDS = Plan(record=Board, table=tables.boards, same=("origin",), conflict="replace")
DIGESTS = Plan(record=KeptDigest, table=tables.digests, same=("kind", "until"), conflict="replace")
MUTES = Plan(record=Mute, table=tables.mutes, same=("person", "kind"), conflict="skip")

LEDGER = Query(CLOCK.read().where(C.case_id == bindparam("case")).order_by(C.seq), "case")
LAST_SEQ = Query(select(func.max(C.seq)).where(C.case_id == bindparam("case")), "case")
LEDGER_BETWEEN = Query(
    CLOCK.read()
    .where(C.at > bindparam("since"), C.at <= bindparam("until"))
    .order_by(C.at, C.case_id, C.seq),
    "since",
    "until",
)
ORDERS_OF = Query(
    ORDERS.read().where(P.case_id == bindparam("case")).order_by(P.rung, P.attempt), "case"
)
HUSHED = Query(
    HUSHES.read().where(H.case_id == bindparam("case"), H.person == bindparam("person")),
    "case",
    "person",
)
PRUNE_HUSHES = Query(delete(tables.hushes).where(H.until < bindparam("before")), "before")
BOARD = Query(BOARDS.read().where(B.origin == bindparam("origin")), "origin")
DIGEST = Query(
    DIGESTS.read().where(D.kind == bindparam("kind"), D.until == bindparam("until")),
    "kind",
    "until",
)
DIGESTS_BEFORE = Query(
    DIGESTS.read()
    .where(D.kind == bindparam("kind"), D.until < bindparam("before"))
    .order_by(D.until.desc())
    .limit(MOST_DIGESTS),
    "kind",
    "before",
)
SENT_UNTIL = Query(
    select(func.max(D.until)).where(
        D.kind == bindparam("kind"), D.state == "sent", D.until < bindparam("before")
    ),
    "kind",
    "before",
)
MUTES_OF = Query(MUTES.read().where(M.person == bindparam("person")), "person")
UNMUTE = Query(
    delete(tables.mutes).where(M.person == bindparam("person"), M.kind == bindparam("kind")),
    "person",
    "kind",
)


class ClockShelf(Shelf):
    """The clock ledger (`keeping.ClockLedger`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(CLOCK)
        self._new: list[LedgerRow] = []
        self._last: dict[int, int] = {}

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new)

    def append(self, rows: Iterable[LedgerRow]) -> None:
        """Add rows."""
        for row in rows:
            self._new.append(row)
            self._last[row.case_id] = row.seq

    def of(self, case_id: int) -> Sequence[LedgerRow]:
        """The rows of a case, oldest first."""
        self.settle()
        return [self._shape.record(row) for row in self._hand.rows(LEDGER, case_id)]

    def last_seq(self, case_id: int) -> int:
        """The number of the last row of a case; 0: there is none."""
        if case_id in self._hand.born:
            return self._last.get(case_id, 0)
        if case_id not in self._last:
            row = self._hand.one(LAST_SEQ, case_id)
            self._last[case_id] = (row[0] or 0) if row else 0
        return self._last[case_id]

    def between(self, since: datetime, until: datetime) -> Sequence[LedgerRow]:
        """All rows later than `since`, up to and with `until`, by time."""
        self.settle()
        return [self._shape.record(row) for row in self._hand.rows(LEDGER_BETWEEN, since, until)]

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new))
            self._new.clear()


class OrderShelf(Shelf):
    """The papers of the supervision ladder (`keeping.Orders`); few, so written at once."""

    def __init__(self, hand: Hand, parent: Shelf, counters: Counters) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(ORDERS)
        self._counters = counters

    def save(self, order: Order) -> None:
        """Keep or replace a paper."""
        _write_now(self._parent)
        self._hand.many(self._shape.insert, self._shape.new([order]))

    def of(self, case_id: int) -> Sequence[Order]:
        """The papers of a case, by rung and attempt."""
        return [self._shape.record(row) for row in self._hand.rows(ORDERS_OF, case_id)]

    def next_serial(self, year: int) -> int:
        """The next serial of a year, from 1, without gaps."""
        return self._counters.next(f"order:{year}")


class HushShelf(Shelf):
    """Who wants no reminder of which case (`keeping.Hushes`); written at once."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(HUSHES)

    def put(self, hush: Hush) -> None:
        """Keep or replace one."""
        _write_now(self._parent)
        self._hand.many(self._shape.insert, self._shape.new([hush]))

    def until(self, case_id: int, person: str) -> datetime | None:
        """Until when a person hears nothing of a case."""
        row = self._hand.one(HUSHED, case_id, person)
        return self._shape.record(row).until if row else None

    def prune(self, before: datetime) -> None:
        """Forget those that ended before."""
        self._hand.run(PRUNE_HUSHES, before)


class BoardShelf(Shelf):
    """The boards of the groups (`keeping.Boards`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(BOARDS)

    def get(self, origin: str) -> Board | None:
        """The board of a group."""
        row = self._hand.one(BOARD, origin)
        return self._shape.record(row) if row else None

    def save(self, board: Board) -> None:
        """Keep or replace a board."""
        self._hand.many(self._shape.insert, self._shape.new([board]))


class DigestShelf(Shelf):
    """The digests as they were sent (`keeping.Digests`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(DIGESTS)

    def get(self, kind: str, until: datetime) -> KeptDigest | None:
        """The digest of a window."""
        row = self._hand.one(DIGEST, kind, until)
        return self._shape.record(row) if row else None

    def last(self, kind: str, before: datetime) -> Sequence[KeptDigest]:
        """Those whose window ended earlier than a moment, newest first."""
        return [self._shape.record(row) for row in self._hand.rows(DIGESTS_BEFORE, kind, before)]

    def sent_until(self, kind: str, before: datetime) -> datetime | None:
        """Where the last window ended that was sent and ended earlier than a moment."""
        return self._hand.moment(SENT_UNTIL, kind, before)

    def save(self, digest: KeptDigest) -> None:
        """Keep or replace one."""
        self._hand.many(self._shape.insert, self._shape.new([digest]))


class MuteShelf(Shelf):
    """Who wants which digest no more (`keeping.Mutes`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(MUTES)

    def of(self, person: str) -> frozenset[str]:
        """The kinds a person has muted."""
        rows = self._hand.rows(MUTES_OF, person)
        return frozenset(self._shape.record(row).kind for row in rows)

    def put(self, person: str, kind: str) -> None:
        """Mute a kind for a person."""
        self._hand.many(self._shape.insert, self._shape.new([Mute(person, kind)]))

    def drop(self, person: str, kind: str) -> None:
        """Let a person have a kind again."""
        self._hand.run(UNMUTE, person, kind)


def _write_now(parent: Shelf | None) -> None:
    """Write the cases first: the rows refer to them."""
    if parent is not None:
        parent.settle()
