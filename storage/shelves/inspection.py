"""The auditor's reads: each by an index and bounded, whatever the size of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    bindparam,
    exists,
    literal_column,
    not_,
    select,
    text,
)

from storage import tables
from storage.hand import Query
from storage.shelves import among
from storage.shelves.cases import ALL as CASE_ROWS
from storage.shelves.cases import PLAN as CASES
from storage.shelves.dues import PLAN as DUES
from storage.shelves.messages import LINKS
from storage.shelves.outbox import PLAN as OUTBOX
from storage.shelves.people import BINDINGS
from storage.shelves.photos import PLAN as PHOTOS
from storage.shelves.records import HISTORY, UNDOS
from storage.shelves.shelf import Shelf
from storage.shelves.time import CLOCK
from storage.tables_of_time import HAS_NUMBER, orders
from usecases.inspecting import Stray

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Table

    from casework.case import Case
    from casework.ledger import LedgerRow
    from storage.hand import Hand
    from storage.shapes import Plan
    from storage.shelves.counters import Counters
    from usecases.records import Binding, DueRow, HistoryRow, Link, Outgoing, Photo, Undo

C, D, P, X = tables.cases.c, tables.dues.c, tables.photos.c, tables.outbox.c
H, L, Q, U = tables.history.c, tables.links.c, tables.quarantine.c, tables.undos.c
LIMIT = bindparam("limit", type_=Integer)
ONE: ColumnElement[Any] = literal_column("1")

LATE_DUES = Query(
    DUES.read()
    .where(text(tables.IS_PENDING), D.at < bindparam("before"))
    .order_by(D.at, D.id)
    .limit(LIMIT),
    "before",
    "limit",
)
FAILED_DUES = Query(
    DUES.read()
    .where(text(tables.HAS_FAILED), D.at >= bindparam("since"))
    .order_by(D.at)
    .limit(LIMIT),
    "since",
    "limit",
)
WAITING_LONG = Query(
    OUTBOX.read()
    .where(text(tables.IS_QUEUED), X.not_before < bindparam("before"))
    .order_by(X.not_before)
    .limit(LIMIT),
    "before",
    "limit",
)
TRIED_AGAIN = Query(
    select(ONE)
    .where(
        text(tables.IS_QUEUED),
        X.chat == bindparam("chat"),
        X.attempts > literal_column("0"),
        X.not_before >= bindparam("since"),
    )
    .limit(ONE),
    "chat",
    "since",
)
QUARANTINED = Query(
    select(Q.update_id).where(text(tables.NOT_REPLAYED)).order_by(Q.id.desc()).limit(LIMIT),
    "limit",
)
PUT_OFF = Query(
    OUTBOX.read()
    .where(text(tables.IS_QUEUED), X.not_before > bindparam("after"))
    .order_by(X.not_before)
    .limit(LIMIT),
    "after",
    "limit",
)
DEAD = Query(
    OUTBOX.read()
    .where(text(tables.IS_DEAD), X.created_at >= bindparam("since"))
    .order_by(X.created_at)
    .limit(LIMIT),
    "since",
    "limit",
)
WANTED_LONG = Query(
    PHOTOS.read()
    .where(text("state = 'wanted'"), P.try_at < bindparam("before"))
    .order_by(P.try_at)
    .limit(LIMIT),
    "before",
    "limit",
)
OPEN_SINCE = Query(
    CASE_ROWS.where(text(tables.IS_OPEN), C.reported_at >= bindparam("since"))
    .order_by(C.reported_at)
    .limit(LIMIT),
    "since",
    "limit",
)
CLOSED_LAST = Query(
    CASE_ROWS.where(text(tables.IS_CLOSED)).order_by(C.closed_at.desc()).limit(LIMIT), "limit"
)
PHOTOS_AFTER = Query(
    PHOTOS.read().where(P.id > bindparam("after")).order_by(P.id).limit(LIMIT), "after", "limit"
)
# Told to search from the first row on, SQLite walks back along the key from the last one.
FIRST: ColumnElement[Any] = literal_column("0")
NEWEST_PHOTOS = Query(
    PHOTOS.read().where(P.id >= FIRST).order_by(P.id.desc()).limit(LIMIT), "limit"
)
PHOTOS_OF_FILE = Query(
    PHOTOS.read().where(text(tables.HAS_FILE), P.sha256 == bindparam("digest")), "digest"
)
LAST_QUESTION = Query(
    select(P.question).where(text(tables.HAS_QUESTION)).order_by(P.question.desc()).limit(ONE)
)
HAS_ORDER = Query(
    select(ONE).where(text(HAS_NUMBER), orders.c.number == bindparam("number")), "number"
)
COUNTER = Query(
    select(tables.counters.c.value).where(tables.counters.c.name == bindparam("name")), "name"
)
ALL_BINDINGS = Query(BINDINGS.read().order_by(tables.people.c.person))

_OF_TABLE: Mapping[str, Table] = {
    "cases": tables.cases,
    "dues": tables.dues,
    "outbox": tables.outbox,
    "photos": tables.photos,
}


def _last_id(table: Table) -> Query:
    return Query(
        select(table.c.id).where(table.c.id >= FIRST).order_by(table.c.id.desc()).limit(ONE)
    )


def _strays(table: Table) -> Query:
    """Rows whose case is gone, in a range of ids."""
    there = exists(ONE).where(tables.cases.c.id == table.c.case_id)
    place = (table.c.id > bindparam("low"), table.c.id <= bindparam("high"))
    found = select(table.c.id, table.c.case_id).where(*place, table.c.case_id.is_not(None))
    return Query(found.where(not_(there)).order_by(table.c.id), "low", "high")


LAST_IDS = {name: _last_id(table) for name, table in _OF_TABLE.items()}
STRAYS = {name: _strays(table) for name, table in _OF_TABLE.items() if name != "cases"}


class InspectionShelf(Shelf):
    """What the auditor reads (`inspecting.Inspection`)."""

    def __init__(self, hand: Hand, parent: Shelf, counters: Counters) -> None:
        super().__init__(hand, parent)
        self._counters = counters

    def late_dues(self, before: datetime, limit: int) -> Sequence[DueRow]:
        """Pending rows that fell due before a moment, earliest first."""
        return self._read(DUES, LATE_DUES, before, limit)

    def failed_dues(self, since: datetime, limit: int) -> Sequence[DueRow]:
        """Rows due since then that were dropped because the program failed."""
        return self._read(DUES, FAILED_DUES, since, limit)

    def waiting_long(self, before: datetime, limit: int) -> Sequence[Outgoing]:
        """Queued rows whose time came before a moment, earliest first."""
        return self._read(OUTBOX, WAITING_LONG, before, limit)

    def tried_again(self, chat: str, since: datetime) -> bool:
        """Whether a queued row of a chat was tried, and is to be tried again since then."""
        return self._hand.one(TRIED_AGAIN, chat, since) is not None

    def quarantined(self, limit: int) -> Sequence[int]:
        """The updates that wait in quarantine, newest first."""
        return [update for (update,) in self._hand.rows(QUARANTINED, limit)]

    def put_off(self, after: datetime, limit: int) -> Sequence[Outgoing]:
        """Queued rows whose time comes after a moment."""
        return self._read(OUTBOX, PUT_OFF, after, limit)

    def dead(self, since: datetime, limit: int) -> Sequence[Outgoing]:
        """Rows queued since then that asked somebody to act and were refused for good."""
        return self._read(OUTBOX, DEAD, since, limit)

    def wanted_long(self, before: datetime, limit: int) -> Sequence[Photo]:
        """Photos whose fetching was due before a moment."""
        return self._read(PHOTOS, WANTED_LONG, before, limit)

    def open_since(self, since: datetime, limit: int) -> Sequence[Case]:
        """Open cases reported at a moment or later, oldest first."""
        return self._read(CASES, OPEN_SINCE, since, limit)

    def closed_last(self, limit: int) -> Sequence[Case]:
        """The cases that ended last."""
        return self._read(CASES, CLOSED_LAST, limit)

    def cases(self, ids: Collection[int]) -> Sequence[Case]:
        """These cases, as far as they exist, by id."""
        return self._read_among(CASES, among.cases, ids)

    def histories(self, ids: Collection[int]) -> Mapping[int, Sequence[HistoryRow]]:
        """The events of these cases, oldest first."""
        return _grouped(self._read_among(HISTORY, among.histories, ids))

    def ledgers(self, ids: Collection[int]) -> Mapping[int, Sequence[LedgerRow]]:
        """The rows of these cases in the clock ledger, oldest first."""
        return _grouped(self._read_among(CLOCK, among.ledgers, ids))

    def dues_of(self, ids: Collection[int]) -> Mapping[int, Sequence[DueRow]]:
        """All due rows of these cases."""
        return _grouped(self._read_among(DUES, among.dues, ids))

    def shown_of(self, ids: Collection[int]) -> Mapping[int, Sequence[Outgoing]]:
        """Outbox rows of these cases that are cards, edits and sheets, oldest first."""
        return _grouped(self._read_among(OUTBOX, among.shown, ids))

    def undos_of(self, ids: Collection[int]) -> Mapping[int, Undo]:
        """What may be undone of these cases."""
        return {undo.case_id: undo for undo in self._read_among(UNDOS, among.undos, ids)}

    def card_links(self, ids: Collection[int]) -> Mapping[int, Link]:
        """The link of the message that each of these cases names as its card."""
        record = self._hand.shape(LINKS).record
        return {row[0]: record(row[1:]) for row in self._among(among.card_links, ids)}

    def photos_of(self, ids: Collection[int]) -> Sequence[Photo]:
        """The photos of these cases."""
        return self._read_among(PHOTOS, among.photos, ids)

    def photo_counts(self, ids: Collection[int]) -> Mapping[int, int]:
        """How many photos each of these cases has, where it has any."""
        return dict(self._among(among.photo_counts, ids))

    def unlinked(self, ids: Collection[int]) -> Sequence[Photo]:
        """The photos of these cases whose message leads to no case."""
        return self._read_among(PHOTOS, among.unlinked, ids)

    def photos_after(self, after: int, limit: int) -> Sequence[Photo]:
        """Photos with an id above `after`, by id."""
        return self._read(PHOTOS, PHOTOS_AFTER, after, limit)

    def newest_photos(self, limit: int) -> Sequence[Photo]:
        """The photos that came last."""
        return self._read(PHOTOS, NEWEST_PHOTOS, limit)

    def photos_of_file(self, digest: str) -> Sequence[Photo]:
        """The photos whose original is this file."""
        return self._read(PHOTOS, PHOTOS_OF_FILE, digest)

    def named(self, digests: Collection[str]) -> frozenset[str]:
        """Those of these digests that photos name."""
        return frozenset(digest for (digest,) in self._among(among.named, digests))

    def strays(self, table: str, low: int, high: int) -> Sequence[Stray]:
        """Rows of photos, dues or outbox with low < id <= high whose case does not exist."""
        rows = self._hand.rows(STRAYS[table], low, high)
        return [Stray(table, row_id, case_id) for row_id, case_id in rows]

    def last_id(self, table: str) -> int:
        """The highest id of photos, dues, outbox or cases; 0: there is none."""
        return self._number(LAST_IDS[table])

    def last_question(self) -> int:
        """The highest number of a question that photos name."""
        return self._number(LAST_QUESTION)

    def has_order(self, number: str) -> bool:
        """Whether a paper has this number."""
        return self._hand.one(HAS_ORDER, number) is not None

    def counter(self, name: str) -> int:
        """The last number given under a name."""
        return self._number(COUNTER, name)

    def serial(self, day: date) -> int:
        """The last case serial given on a day of the city."""
        return self.counter(f"day:{day.isoformat()}")

    def raise_counter(self, name: str, value: int) -> None:
        """Let a counter go on behind a number that is in use."""
        self._counters.reach(name, value)

    def bindings(self) -> Sequence[Binding]:
        """Everybody's account, by person."""
        return self._read(BINDINGS, ALL_BINDINGS)

    def _number(self, query: Query, *values: object) -> int:
        row = self._hand.one(query, *values)
        return int(row[0] or 0) if row else 0

    def _read(self, plan: Plan[Any], query: Query, *values: object) -> list[Any]:
        return list(map(self._hand.shape(plan).record, self._hand.rows(query, *values)))

    def _among(self, maker: Callable[[int], Query], wanted: Collection[Any]) -> list[Any]:
        """The rows of these values, asked for in few different lengths."""
        if not wanted:
            return []
        values = sorted(wanted)
        values += values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
        return self._hand.rows(maker(len(values)), *values)

    def _read_among(
        self, plan: Plan[Any], maker: Callable[[int], Query], wanted: Collection[Any]
    ) -> list[Any]:
        return list(map(self._hand.shape(plan).record, self._among(maker, wanted)))


def _grouped(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found
