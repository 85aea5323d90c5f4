"""The shelves of the self-watch: findings and marks; few rows, so they are written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, delete, literal_column

from storage import tables_of_watch as tables
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.inspecting import Finding, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.hand import Hand

F, M = tables.findings.c, tables.marks.c
FINDINGS = Plan(record=Finding, table=tables.findings, same=("kind", "subject"), conflict="replace")
MARKS = Plan(record=Mark, table=tables.marks, same=("name",), conflict="replace")

ALL_FINDINGS = Query(
    FINDINGS.read()
    .where(F.kind > literal_column("''"))
    .order_by(F.kind, F.subject)
    .limit(bindparam("limit", type_=Integer)),
    "limit",
)
DROP_FINDING = Query(
    delete(tables.findings).where(F.kind == bindparam("sort"), F.subject == bindparam("which")),
    "sort",
    "which",
)
MARK = Query(MARKS.read().where(M.name == bindparam("which")), "which")


class FindingShelf(Shelf):
    """What was found and is not right again yet (`inspecting.Findings`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(FINDINGS)

    def all(self, limit: int) -> Sequence[Finding]:
        """The findings, by kind and subject."""
        return [self._shape.record(row) for row in self._hand.rows(ALL_FINDINGS, limit)]

    def save(self, finding: Finding) -> None:
        """Keep or replace one."""
        self._hand.many(self._shape.insert, self._shape.new([finding]))

    def drop(self, finding: Finding) -> None:
        """It is right again."""
        self._hand.run(DROP_FINDING, finding.kind, finding.subject)


class MarkShelf(Shelf):
    """Moments and positions to go on from (`inspecting.Marks`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(MARKS)

    def get(self, name: str) -> Mark | None:
        """The mark of a name."""
        row = self._hand.one(MARK, name)
        return self._shape.record(row) if row else None

    def put(self, mark: Mark) -> None:
        """Keep or replace one."""
        self._hand.many(self._shape.insert, self._shape.new([mark]))
