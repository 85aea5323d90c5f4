"""What may go wrong under the writer: each statement and each commit may fail, or be the last."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from storage.engines import writer_engine
from storage.errors import DatabaseFailedError
from storage.hand import Hand
from storage.transactions import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from sqlalchemy import URL

    from storage.hand import Query
    from storage.transactions import Transaction

Point = str
"""`statement`, `commit` (about to), `committed`, `call` (about to), `answered`."""


class TroubledHand(Hand):
    """Asks before each statement whether the disk is still well."""

    __slots__ = ()
    trouble: ClassVar[Callable[[Point], None]]

    @override
    def rows(self, query: Query, *values: object) -> list[Any]:
        self._ask()
        return super().rows(query, *values)

    @override
    def run(self, query: Query, *values: object) -> int:
        self._ask()
        return super().run(query, *values)

    @override
    def many(self, text: str, rows: Iterable[Sequence[Any]]) -> int:
        self._ask()
        return super().many(text, rows)

    def _ask(self) -> None:
        try:
            type(self).trouble("statement")
        except sqlite3.Error as error:
            raise self._kit.translate(error) from error


class TroubledLedger(Ledger):
    """Hands out troubled hands; a commit may fail before it, or after it unseen."""

    def __init__(self, url: str | URL, trouble: Callable[[Point], None]) -> None:
        super().__init__(writer_engine(url))
        self._trouble = trouble

    @override
    def begin(self) -> Transaction:
        transaction = super().begin()
        TroubledHand.trouble = self._trouble
        transaction._hand.__class__ = TroubledHand  # noqa: SLF001 - the same, with a question
        return transaction

    @override
    def commit(self, transaction: Transaction) -> None:
        self._ask("commit")
        super().commit(transaction)
        self._ask("committed")

    def _ask(self, point: Point) -> None:
        try:
            self._trouble(point)
        except sqlite3.Error as error:
            raise DatabaseFailedError(str(error)) from error
