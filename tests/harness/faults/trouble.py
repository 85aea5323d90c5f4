"""What may go wrong under the writer: each statement and each commit may fail, or be the last."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from storage.engines import writer_engine
from storage.errors import DatabaseFailedError, DatabaseInDoubtError
from storage.hand import Hand
from storage.transactions import Ledger
from tests.harness.faults.inline import pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from sqlalchemy import URL

    from storage.hand import Query
    from storage.transactions import Transaction

TURNS = 200
"""Turns of the loop that a writer waits for another one."""
Point = str
"""`statement`, `intake` (an update is about to be committed), `commit` (anything is), `committed`,
`call` (is about to be made), `answered`, `told` (a call that told a row was answered)."""


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

    def __init__(
        self,
        url: str | URL,
        told: Callable[[frozenset[str]], None],
        trouble: Callable[[Point], None],
    ) -> None:
        super().__init__(writer_engine(url), told=told)
        self._trouble = trouble
        self._committed: Transaction | None = None

    @override
    def begin(self) -> Transaction:
        transaction = self._begun()
        TroubledHand.trouble = self._trouble
        transaction._hand.__class__ = TroubledHand  # noqa: SLF001 - the same, with a question
        return transaction

    def _begun(self) -> Transaction:
        """Wait for another writer as SQLite would; but here he needs this very thread."""
        for _ in range(TURNS):
            try:
                return super().begin()
            except DatabaseFailedError as error:
                if "locked" not in str(error):
                    raise
            pause()
        return super().begin()

    @override
    def commit(self, transaction: Transaction) -> None:
        if transaction.unit._seen:  # noqa: SLF001 - an update is taken in
            self._ask("intake")
        self._ask("commit")
        super().commit(transaction)
        self._committed = transaction
        self._ask("committed")

    @override
    def rollback(self, transaction: Transaction, error: BaseException) -> None:
        if transaction is not self._committed:
            super().rollback(transaction, error)
        elif isinstance(error, DatabaseFailedError):
            self._drop()

    def _ask(self, point: Point) -> None:
        try:
            self._trouble(point)
        except sqlite3.Error as error:
            raise DatabaseInDoubtError(str(error)) from error
