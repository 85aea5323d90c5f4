"""The shelf of the cases. One case is one object here, however often it is read and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, bindparam, literal_column, text, union
from typing_extensions import override

from casework.case import Case
from storage import tables
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.ports import Conflict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from storage.hand import Hand
    from storage.shelves.counters import Counters

T = tables.cases
C = T.c
PLAN = Plan(record=Case, table=T, fixed=("number",), guard=("version", "history_seq"))
ALL = PLAN.read()
ONE: ColumnElement[Any] = literal_column("1")
OLDEST = (C.reported_at, C.id)
IS_OPEN = text(tables.IS_OPEN)

BY_ID = Query(ALL.where(C.id == bindparam("case")), "case")
BY_ID_LOCKED = Query(ALL.where(C.id == bindparam("case")).with_for_update(), "case")
BY_NUMBER = Query(ALL.where(C.number == bindparam("number")), "number")
NEWEST = Query(
    ALL.where(C.chat == bindparam("chat"), C.reporter == bindparam("reporter"))
    .order_by(C.id.desc())
    .limit(ONE),
    "chat",
    "reporter",
)
WAITING_FOR = Query(
    ALL.where(
        IS_OPEN,
        text("status = 'waiting'"),
        C.repairer == bindparam("repairer"),
        C.opened_at >= bindparam("since"),
    ).order_by(*OLDEST),
    "repairer",
    "since",
)
OF_COMPANY = Query(
    ALL.where(IS_OPEN, C.company == bindparam("company")).order_by(*OLDEST), "company"
)
PAGE = Query(
    ALL.where(C.id > bindparam("after")).order_by(C.id).limit(bindparam("limit", type_=C.id.type)),
    "after",
    "limit",
)
ALIKE = Query(
    ALL.where(
        IS_OPEN,
        C.reported_at >= bindparam("since"),
        C.category == bindparam("category"),
        C.grid == bindparam("grid"),
    ).order_by(*OLDEST),
    "since",
    "category",
    "grid",
)
JOINED_TO = Query(
    ALL.where(text(tables.IS_JOINED), C.main == bindparam("number")).order_by(*OLDEST), "number"
)
OPEN_ALL = Query(ALL.where(IS_OPEN).order_by(*OLDEST))


def _either(*columns: Any) -> Query:  # noqa: ANN401 - columns of any type
    parts = [
        T.select().with_only_columns(C.id).where(IS_OPEN, c == bindparam("it")) for c in columns
    ]
    return Query(ALL.where(C.id.in_(union(*parts))).order_by(*OLDEST), "it")


OF_CLAIMER = _either(C.claimer, C.repairer)
OF_PATROL = _either(C.reporter, C.officer)

_IDS = T.select().with_only_columns(C.id)
_SINCE, _UNTIL = (
    bindparam("since", type_=C.reported_at.type),
    bindparam("until", type_=C.reported_at.type),
)
TOUCHED = Query(
    ALL.where(
        C.id.in_(
            union(
                _IDS.where(C.reported_at > _SINCE, C.reported_at <= _UNTIL),
                _IDS.where(text(tables.IS_CLOSED), C.closed_at > _SINCE, C.reported_at <= _UNTIL),
                _IDS.where(IS_OPEN, C.reported_at <= _UNTIL),
            )
        )
    ).order_by(*OLDEST),
    "since",
    "until",
)


class CaseShelf(Shelf):
    """The cases (`ports.Cases`)."""

    def __init__(self, hand: Hand, counters: Counters) -> None:
        super().__init__(hand)
        self._counters = counters
        self._shape = hand.shape(PLAN)
        self._known: dict[int, Case] = {}
        self._locked: set[int] = set()
        self._new: set[int] = set()
        self._changed: dict[int, tuple[int, int]] = {}
        """The changed cases, and what guards their rows."""
        self._newest: dict[tuple[str, str], int] = {}

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new or self._changed)

    def new_id(self) -> int:
        """A fresh case id; ids grow."""
        return self._counters.next("case")

    def next_serial(self, day: date) -> int:
        """The next serial number of the city's day, from 1, without gaps."""
        return self._counters.next(f"day:{day.isoformat()}")

    def add(self, case: Case) -> None:
        """Keep a new case."""
        self._known[case.id] = case
        self._new.add(case.id)
        self._hand.born.add(case.id)
        self._newest[case.reporter, case.chat] = case.id

    def save(self, case: Case, *, was: Case) -> None:
        """Replace the case read as `was`.

        Raises:
            Conflict: It was saved by somebody else since; also at the writing, at the latest
                at the commit, if another process did.
        """
        known = self._known.get(case.id)
        if known is not was and known is not None and known != was:
            raise Conflict(case.number)
        self._known[case.id] = case
        if case.id not in self._new:
            self._changed.setdefault(case.id, (was.version, was.history_seq))

    def get(self, case_id: int, *, lock: bool = True) -> Case | None:
        """The case with this id; its row locked where other processes could change it."""
        known = self._known.get(case_id)
        lock = lock and self._hand.locks and case_id not in self._locked
        if known is not None and not (lock and self._unwritten(case_id)):
            return known
        row = self._hand.one(BY_ID_LOCKED if lock else BY_ID, case_id)
        if row is None:
            return None
        if lock:
            self._locked.add(case_id)
        return self._keep(row)

    def _unwritten(self, case_id: int) -> bool:
        return case_id not in self._hand.born and case_id not in self._changed

    def by_number(self, number: str) -> Case | None:
        """The case with this number."""
        for case_id in self._new:
            if self._known[case_id].number == number:
                return self._known[case_id]
        return self._known_or_kept(self._hand.one(BY_NUMBER, number))

    def newest_of(self, reporter: str, chat: str) -> Case | None:
        """The case this person opened last in this chat."""
        newest = self._newest.get((reporter, chat))
        if newest is None:
            case = self._known_or_kept(self._hand.one(NEWEST, chat, reporter))
            newest = self._newest[reporter, chat] = case.id if case else 0
        return self._known.get(newest)

    def waiting_for(self, repairer: str, since: datetime) -> Sequence[Case]:
        """Cases 待对接 that tag this person and were opened since then, oldest first."""
        return self._scan(WAITING_FOR, repairer, since)

    def open_of_companies(self, companies: Collection[str]) -> Sequence[Case]:
        """All open cases these companies answer for, oldest first."""
        found = [case for company in set(companies) for case in self._scan(OF_COMPANY, company)]
        return sorted(found, key=lambda case: (case.reported_at, case.id))

    def open_of_claimer(self, person: str) -> Sequence[Case]:
        """Open cases this person has taken or is tagged for, oldest first."""
        return self._scan(OF_CLAIMER, person)

    def open_of_patrol(self, person: str) -> Sequence[Case]:
        """Open cases this person reported or walks the grid of, oldest first."""
        return self._scan(OF_PATROL, person)

    def page(self, after: int, limit: int) -> Sequence[Case]:
        """Cases with an id above `after`, by id."""
        return self._scan(PAGE, after, limit)

    def alike(self, category: str, grid: int, since: datetime) -> Sequence[Case]:
        """Open cases of a category in a grid, reported since then, oldest first."""
        return self._scan(ALIKE, since, category, grid)

    def joined_to(self, number: str) -> Sequence[Case]:
        """The cases joined to a main case, open and ended, oldest first."""
        return self._scan(JOINED_TO, number)

    def open_all(self) -> Sequence[Case]:
        """All open cases, oldest first."""
        return self._scan(OPEN_ALL)

    def touched(self, since: datetime, until: datetime) -> Sequence[Case]:
        """Cases reported in, closed in, or open during the window (since, until]."""
        return self._scan(TOUCHED, since, until)

    def _scan(self, query: Query, *values: object) -> list[Case]:
        self.settle()
        return [self._keep(row) for row in self._hand.rows(query, *values)]

    def _known_or_kept(self, row: Any) -> Case | None:  # noqa: ANN401 - a row of any columns
        if row is None:
            return None
        return self._known.get(row[0]) or self._keep(row)

    def _keep(self, row: Sequence[Any]) -> Case:
        case = self._known[row[0]] = self._shape.record(row)
        return case

    @override
    def write(self) -> None:
        shape, known = self._shape, self._known
        if self._new:
            self._hand.many(shape.insert, shape.new([known[case_id] for case_id in self._new]))
            self._new.clear()
        if self._changed:
            rows = shape.change([known[case_id] for case_id in self._changed])
            guards = self._changed.values()
            rows = [(*row, *guard) for row, guard in zip(rows, guards, strict=True)]
            self._changed.clear()
            if self._hand.many(shape.update, rows) != len(rows):
                raise Conflict(f"one of {len(rows)} cases")

    @override
    def reset(self) -> None:
        self._known.clear()
        self._locked.clear()
        self._newest.clear()
