"""The shelf of the category file's versions; a new one is rare, so it is written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from storage import tables, topics
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from storage.tables_of_time import rulebooks
from usecases.keeping import Rulebook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.hand import Hand

R = rulebooks.c
RULEBOOKS = Plan(record=Rulebook, table=rulebooks, same=("version",))
NEWEST = Query(RULEBOOKS.read().where(R.version > 0).order_by(R.version.desc()).limit(1))
_KEPT = select(tables.cases.c.rules_version).where(text(tables.IS_OPEN))
OF_OPEN_CASES = Query(
    RULEBOOKS.read()
    .where(R.version.in_(_KEPT), R.version != bindparam("besides"))
    .order_by(R.version),
    "besides",
)


class RulebookShelf(Shelf):
    """The versions of the category file (`keeping.Rulebooks`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(RULEBOOKS)

    def newest(self) -> Rulebook | None:
        """The version in force."""
        row = self._hand.one(NEWEST)
        return self._shape.record(row) if row else None

    def add(self, rulebook: Rulebook) -> None:
        """Keep a new version."""
        self._hand.news.add(topics.RULES)
        self._hand.many(self._shape.insert, self._shape.new([rulebook]))

    def of_open_cases(self, besides: int) -> Sequence[Rulebook]:
        """The versions, besides one, that open cases keep."""
        if self._parent is not None:
            self._parent.settle()
        return [self._shape.record(row) for row in self._hand.rows(OF_OPEN_CASES, besides)]
