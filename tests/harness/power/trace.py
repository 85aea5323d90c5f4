"""What the product itself says to SQLite: every statement with its values, as it was run.

A connection is watched at the driver, below everything of the product, so its own pragmas, its
transactions' bounds and the order of its writes are in the trace, and nothing else is.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPEN, CLOSE, COMMIT, ROLLBACK = "open", "close", "COMMIT", "ROLLBACK"
READS = ("SELECT", "PRAGMA MAIN.TABLE", "PRAGMA TABLE_", "EXPLAIN")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a connection was told; `rows` are the values of each run of the statement."""

    connection: int
    words: str
    rows: tuple[Any, ...] = ()


@dataclass(slots=True)
class Trace:
    """All steps on one database, in their order."""

    steps: list[Step] = field(default_factory=list)
    opened: int = 0

    def add(self, connection: int, words: str, rows: Iterable[Any] = ((),)) -> None:
        """Keep a step, unless it only reads."""
        if not words.lstrip().upper().startswith(READS):
            self.steps.append(Step(connection, words, tuple(rows)))


class _Cursor(sqlite3.Cursor):
    connection: _Connection

    @override
    def execute(self, words: str, values: Any = (), /) -> _Cursor:
        self.connection.trace.add(self.connection.number, words, (values,))
        super().execute(words, values)
        return self

    @override
    def executemany(self, words: str, rows: Iterable[Any], /) -> _Cursor:
        kept = [tuple(row) for row in rows]
        self.connection.trace.add(self.connection.number, words, kept)
        super().executemany(words, kept)
        return self


class _Connection(sqlite3.Connection):
    trace: Trace
    number: int

    @override
    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or _Cursor)

    @override
    def commit(self) -> None:
        if self.in_transaction:
            self.trace.add(self.number, COMMIT)
        super().commit()

    @override
    def rollback(self) -> None:
        if self.in_transaction:
            self.trace.add(self.number, ROLLBACK)
        super().rollback()

    @override
    def close(self) -> None:
        self.trace.add(self.number, CLOSE)
        super().close()


@contextmanager
def traced(name: str) -> Iterator[Trace]:
    """Trace all connections to files of this name that are opened in the block."""
    trace, connect = Trace(), sqlite3.dbapi2.connect

    def watched(database: Any, **given: Any) -> sqlite3.Connection:
        if not str(database).endswith(name):
            plain: sqlite3.Connection = connect(database, **given)
            return plain
        connection: _Connection = connect(database, factory=_Connection, **given)
        trace.opened += 1
        connection.trace, connection.number = trace, trace.opened
        trace.add(connection.number, OPEN)
        return connection

    with patch.object(sqlite3.dbapi2, "connect", watched):
        yield trace
