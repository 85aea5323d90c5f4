"""The shelf of what falls due: what was done once under a key is never done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, literal_column, select, text
from typing_extensions import override

from casework.changing import replace
from storage import tables, topics
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.records import DueRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from storage.hand import Hand

T = tables.dues
C = T.c
PLAN = Plan(record=DueRow, table=T, fixed=("key",))
ALL = PLAN.read()
IS_PENDING = text(tables.IS_PENDING)
IN_ORDER = (C.at, C.id)
PENDING, CANCELLED = "pending", "cancelled"

BY_KEY = Query(select(C.id).where(C.key == bindparam("key")), "key")
OF_CASE = Query(ALL.where(C.case_id == bindparam("case")).order_by(*IN_ORDER), "case")
CLAIM = Query(
    ALL.where(IS_PENDING, C.at <= bindparam("now"))
    .order_by(*IN_ORDER)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True),
    "now",
    "limit",
)
NEXT_AT = Query(select(C.at).where(IS_PENDING).order_by(C.at).limit(literal_column("1")))
PLANNED = Query(ALL.where(IS_PENDING, C.kind == bindparam("kind")).order_by(*IN_ORDER), "kind")
OF_KEY = Query(ALL.where(C.key == bindparam("key")), "key")
FINISH = Query(
    T.update()
    .where(C.key == bindparam("which"))
    .values(state=bindparam("end"), note=bindparam("why")),
    "which",
    "end",
    "why",
)


class DueShelf(Shelf):
    """What falls due (`later.Dues`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(PLAN)
        self._new: dict[str, DueRow] = {}
        self._changed: dict[int, DueRow] = {}
        self._cases: dict[int, dict[str, DueRow]] = {}
        """The rows of the cases looked at, by key, as this transaction sees them."""
        self._touched: set[int] = set()
        self._taken: set[str] = set()
        """Keys that were found taken: no transaction gives up one that it could want again."""

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new or self._changed)

    def set_case(self, case_id: int, rows: Iterable[DueRow]) -> None:
        """Make these the pending rows of a case.

        Pending rows with other keys are cancelled; cancelled ones with these keys are pending
        again; what was done or dropped under a key stays so.
        """
        wanted = {row.key: row for row in rows}
        for row in list(self._of(case_id).values()):
            new = wanted.pop(row.key, None)
            if row.state in (PENDING, CANCELLED):
                self._become(row, _cancelled(row) if new is None else _revived(row, new))
        for row in wanted.values():
            self._put(row if row.case_id == case_id else replace(row, case_id=case_id))

    def add(self, row: DueRow) -> bool:
        """Add a row; False when its key exists."""
        if row.key in self._new or row.key in self._taken:
            return False
        if self._hand.one(BY_KEY, row.key) is not None:
            self._taken.add(row.key)
            return False
        self._put(row)
        return True

    def owe(self, row: DueRow) -> bool:
        """Make it pending, at its time, if it is not so; False when its key is used up."""
        there = self._of_key(row.key)
        if there is None:
            return self.add(row)
        if there.state not in (PENDING, CANCELLED):
            return False
        self._become(there, _revived(there, row))
        return True

    def used_up(self, key: str) -> bool:
        """Whether something was done or dropped under this key."""
        there = self._of_key(key)
        return there is not None and there.state not in (PENDING, CANCELLED)

    def claim(self, now: datetime, limit: int) -> Sequence[DueRow]:
        """Pending rows due by now, earliest first; no other process claims them meanwhile."""
        return self._scan(CLAIM, now, limit)

    def finish(self, row: DueRow, *, state: str, note: str = "") -> None:
        """Record what became of a row."""
        self.settle()
        self._cases.pop(row.case_id, None)
        self._hand.run(FINISH, row.key, state, note)

    def next_at(self) -> datetime | None:
        """When the next pending row falls due."""
        self.settle()
        return self._hand.moment(NEXT_AT)

    def of_case(self, case_id: int) -> Sequence[DueRow]:
        """All rows of a case, earliest first."""
        return sorted(self._of(case_id).values(), key=lambda row: (row.at, row.id))

    def planned(self, kind: str) -> Sequence[DueRow]:
        """The pending rows of this kind, earliest first."""
        return self._scan(PLANNED, kind)

    def _of_key(self, key: str) -> DueRow | None:
        found = self._scan(OF_KEY, key)
        return found[0] if found else None

    def _of(self, case_id: int) -> dict[str, DueRow]:
        known = self._cases.get(case_id)
        if known is None:
            # A case that this transaction opened has no rows but those put here.
            fresh = case_id in self._hand.born and case_id not in self._touched
            rows = [] if fresh else self._scan(OF_CASE, case_id)
            known = self._cases[case_id] = {row.key: row for row in rows}
        return known

    def _become(self, row: DueRow, new: DueRow) -> None:
        if new != row:
            self._put(new)

    def _put(self, row: DueRow) -> None:
        self._touched.add(row.case_id)
        if row.id:
            self._changed[row.id] = row
        else:
            self._new[row.key] = row
        if row.case_id in self._cases:
            self._cases[row.case_id][row.key] = row

    def _scan(self, query: Query, *values: object) -> list[DueRow]:
        self.settle()
        return [self._shape.record(row) for row in self._hand.rows(query, *values)]

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new.values()))
            self._new.clear()
            self._hand.news.add(topics.DUES)
        if self._changed:
            self._hand.many(self._shape.update, self._shape.change(self._changed.values()))
            self._hand.news.add(topics.DUES)
            self._changed.clear()
        # The new rows have their numbers only now.
        self._cases.clear()

    @override
    def reset(self) -> None:
        self._cases.clear()


def _cancelled(row: DueRow) -> DueRow:
    return row if row.state == CANCELLED else replace(row, state=CANCELLED)


def _said(row: DueRow) -> tuple[object, ...]:
    return row.at, row.kind, row.note, row.data


def _revived(row: DueRow, new: DueRow) -> DueRow:
    if row.state == PENDING and _said(row) == _said(new):
        return row
    return replace(new, id=row.id, case_id=row.case_id, state=PENDING)
