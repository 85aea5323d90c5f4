"""The shelves of history, undos, held reminders and quarantined updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, text
from typing_extensions import override

from casework.changing import replace
from storage import tables
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.records import HeldNudge, HistoryRow, Quarantined, Undo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.hand import Hand

H, U, N, Q = tables.history.c, tables.undos.c, tables.nudges.c, tables.quarantine.c
HISTORY = Plan(record=HistoryRow, table=tables.history, same=("case_id", "seq"))
UNDOS = Plan(record=Undo, table=tables.undos, same=("case_id",), conflict="replace")
NUDGES = Plan(record=HeldNudge, table=tables.nudges)
QUARANTINE = Plan(
    record=Quarantined,
    table=tables.quarantine,
    same=("update_id",),
    fixed=("id",),
    conflict="replace",
)

OF_CASE = Query(HISTORY.read().where(H.case_id == bindparam("case")).order_by(H.seq), "case")
UNDO = Query(UNDOS.read().where(U.case_id == bindparam("case")), "case")
DROP_UNDO = Query(delete(tables.undos).where(U.case_id == bindparam("case")), "case")
_DUE = (N.chat == bindparam("chat"), N.at <= bindparam("until"))
HELD = Query(NUDGES.read().where(*_DUE).order_by(N.at, N.id), "chat", "until")
TAKE = Query(delete(tables.nudges).where(*_DUE), "chat", "until")
QUARANTINED = Query(QUARANTINE.read().where(Q.update_id == bindparam("update")), "update")
WAITING = Query(QUARANTINE.read().where(text(tables.NOT_REPLAYED)).order_by(Q.id))
REPLAYED = Query(
    tables.quarantine.update()
    .where(Q.update_id == bindparam("update"))
    .values(replayed_at=bindparam("moment")),
    "update",
    "moment",
)


class HistoryShelf(Shelf):
    """The append-only events of the cases (`ports.History`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(HISTORY)
        self._new: list[HistoryRow] = []

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new)

    def append(self, row: HistoryRow) -> None:
        """Add an event."""
        self._new.append(row)

    def of(self, case_id: int) -> Sequence[HistoryRow]:
        """The events of a case, oldest first."""
        self.settle()
        return [self._shape.record(row) for row in self._hand.rows(OF_CASE, case_id)]

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new))
            self._new.clear()


class UndoShelf(Shelf):
    """The last press of each case (`later.Undos`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(UNDOS)
        self._new: dict[int, Undo] = {}

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new)

    def put(self, undo: Undo) -> None:
        """Remember the state before a press."""
        self._new[undo.case_id] = undo

    def get(self, case_id: int) -> Undo | None:
        """The state before the last press of a case."""
        if case_id in self._new:
            return self._new[case_id]
        row = self._hand.one(UNDO, case_id)
        return self._shape.record(row) if row else None

    def drop(self, case_id: int) -> None:
        """Forget it."""
        self._new.pop(case_id, None)
        self._hand.run(DROP_UNDO, case_id)

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new.values()))
            self._new.clear()


class NudgeShelf(Shelf):
    """Reminders that wait for a batch (`later.Nudges`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(NUDGES)
        self._new: list[HeldNudge] = []

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new)

    def hold(self, nudge: HeldNudge) -> None:
        """Keep a reminder for the next batch of its group."""
        self._new.append(nudge)

    def take(self, chat: str, until: datetime) -> Sequence[HeldNudge]:
        """Take out the reminders of a group that fell due by then."""
        self.settle()
        rows = self._hand.rows(HELD, chat, until)
        self._hand.run(TAKE, chat, until)
        return [self._shape.record(row) for row in rows]

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new))
            self._new.clear()


class QuarantineShelf(Shelf):
    """Updates that failed (`ports.Quarantine`); rare, so written at once."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(QUARANTINE)

    def add(self, entry: Quarantined) -> None:
        """Keep a failed update; one already there counts one attempt more."""
        row = self._hand.one(QUARANTINED, entry.update_id)
        if row is not None:
            entry = replace(entry, attempts=self._shape.record(row).attempts + 1)
        self._hand.many(self._shape.insert, self._shape.new([entry]))

    def waiting(self) -> Sequence[Quarantined]:
        """Those not yet replayed, oldest first."""
        return [self._shape.record(row) for row in self._hand.rows(WAITING)]

    def replayed(self, update_id: int, at: datetime) -> None:
        """Mark one as replayed."""
        self._hand.run(REPLAYED, update_id, at)
