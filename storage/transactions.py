"""Transactions of the writer's one connection: begun, written and committed, or rolled back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, func, literal_column, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.errors import (
    DatabaseCutOffError,
    DatabaseFailedError,
    DatabaseInDoubtError,
    StorageError,
)
from storage.hand import Hand, Kit, Query
from storage.leasing import CHANNEL
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine, RootTransaction

log = logging.getLogger(__name__)


PEN = 7_247_202
"""The advisory lock that a transaction of a named writer holds: one writes at a time.

So on PostgreSQL too nothing changes between a decision and its commit, whichever process decides.
"""
_TAKE_PEN = Query(select(func.pg_advisory_xact_lock(literal_column(str(PEN)))))
_TELL = Query(
    select(
        func.pg_notify(
            literal_column(f"'{CHANNEL}'"), bindparam("news", type_=String()), type_=String()
        )
    ),
    "news",
)


class Transaction:
    """One transaction and its unit of work."""

    def __init__(self, connection: Connection, kit: Kit, writer: str = "") -> None:
        self._root: RootTransaction = connection.begin()
        self._hand = Hand(connection, kit)
        self._writer = writer if self._hand.locks else ""
        try:
            if self._writer:
                self._hand.rows(_TAKE_PEN)
        except BaseException:
            self.rollback()
            raise
        self.unit = Unit(self._hand)

    @property
    def news(self) -> frozenset[str]:
        """The topics of what it changes (`storage.topics`)."""
        return frozenset(self._hand.news)

    def write(self) -> None:
        """Write what was gathered."""
        self.unit.write()
        if self._writer and self._hand.news:
            self._hand.rows(_TELL, " ".join([self._writer, *sorted(self._hand.news)]))

    def commit(self) -> None:
        """Commit what was written."""
        self._hand.close()
        self._root.commit()

    def rollback(self) -> None:
        """Leave nothing."""
        self._hand.close()
        self._root.rollback()


def _nobody(_news: frozenset[str]) -> None:
    """Nobody waits for news."""


class Ledger:
    """The one connection of the writer; opened again after it broke. Used by one thread.

    One with a name shares PostgreSQL with other processes: it waits for its turn there, and they
    hear that it has committed something.
    """

    def __init__(
        self, engine: Engine, name: str = "", told: Callable[[frozenset[str]], None] = _nobody
    ) -> None:
        """`told` hears of the news of each commit, in the thread that commits."""
        self._engine = engine
        self._name = name
        self._told = told
        self._kit = Kit(engine.dialect, engine.url)
        self._connection: Connection | None = None
        self.commits = 0
        """So many were committed."""

    def begin(self) -> Transaction:
        """Begin a transaction.

        Raises:
            StorageError: The database is locked for too long, gone or broken.
        """
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return Transaction(self._connection, self._kit, self._name)
        except SQLAlchemyError as error:
            self._drop()
            raise self._translated(error) from error
        except StorageError:
            self._drop()
            raise

    def commit(self, transaction: Transaction) -> None:
        """Write and commit.

        Raises:
            Conflict: Another process changed a case in between.
            DatabaseInDoubtError: The commit itself failed; it may stand.
            StorageError: A row was refused, or the database failed.
        """
        try:
            transaction.write()
        except SQLAlchemyError as error:
            raise self._translated(error) from error
        try:
            transaction.commit()
        except SQLAlchemyError as error:
            failed = self._translated(error)
            if isinstance(failed, DatabaseFailedError):
                failed = DatabaseInDoubtError(str(failed))
            raise failed from error
        finally:
            # Told of a commit that failed, too: it may stand.
            self._told(transaction.news)
        self.commits += 1

    def rollback(self, transaction: Transaction, error: BaseException) -> None:
        """Roll back because of an error; a connection that may be broken is not used again."""
        try:
            transaction.rollback()
        except SQLAlchemyError:
            log.warning("rollback failed", exc_info=True, extra={"action": "storage.rollback"})
            self._drop()
        if isinstance(error, DatabaseFailedError | DatabaseCutOffError):
            self._drop()

    def close(self) -> None:
        """Close the connection and its engine."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _translated(self, error: SQLAlchemyError) -> StorageError:
        if isinstance(error, DBAPIError) and isinstance(error.orig, Exception):
            return self._kit.translate(error.orig)
        return DatabaseFailedError(str(error))
