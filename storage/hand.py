"""One transaction's hand on the database: prepared statements in, plain rows out.

Statements are built from the Core tables and compiled once per process; they go to the driver as
text, because a transaction of fifty photos is otherwise spent in the preparation of statements.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from storage.errors import (
    DatabaseCutOffError,
    DatabaseDisturbedError,
    DatabaseRefusedError,
    StorageError,
    failed,
)
from storage.shapes import Plan, Shape
from storage.types import SQLITE, Moment, codec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import URL, Connection, Dialect, Executable

R = TypeVar("R")

DISTURBED = frozenset({"40001", "40P01", "55P03"})
"""SQLSTATE of a serialization failure, of a deadlock and of a lock waited for too long."""
CUT_OFF = "25P03"
"""SQLSTATE of a transaction that idled for too long; its connection is gone."""


class Query:
    """A statement and the order in which its values are given."""

    __slots__ = ("order", "statement")

    def __init__(self, statement: Executable, *order: str) -> None:
        self.statement = statement
        self.order = order


class Prepared(NamedTuple):
    """A query in the words of one dialect."""

    text: str
    arrange: Callable[[tuple[Any, ...]], tuple[Any, ...]] | None
    """Puts the values in the order of the text and encodes them; None: they may go as they are."""


class _Words:
    """What is worked out once per process for a kind of database."""

    def __init__(self, *, sqlite: bool) -> None:
        # Positional parameters on both sides, so that rows can stay tuples.
        postgresql: Any = PGDialect_psycopg
        self.dialect: Dialect = (
            SQLiteDialect_pysqlite() if sqlite else postgresql(paramstyle="format")
        )
        self.prepared: dict[Query, Prepared] = {}
        self.shapes: dict[int, tuple[Plan[Any], Shape[Any]]] = {}
        """By the id of the plan, which is kept so that no other can have it."""


_words = cache(_Words)


class Kit:
    """How one engine's database is spoken to."""

    def __init__(self, dialect: Dialect, url: str | URL = "sqlite://") -> None:
        """The URL lets an error name what of an SQLite file this user may not use."""
        driver: Any = dialect.loaded_dbapi
        self._url = url
        self.error: type[Exception] = driver.Error
        # A value that fits no column says as little against the database as a broken constraint.
        self.refusals: tuple[type[Exception], ...] = (
            driver.IntegrityError,
            getattr(driver, "DataError", driver.IntegrityError),  # aiosqlite shows not all of them
        )
        self.sqlite = dialect.name == SQLITE
        words = _words(sqlite=self.sqlite)
        self.dialect = words.dialect
        self.moment: Callable[[Any], datetime] = Moment.codec(self.dialect.name)[1]
        self._prepared = words.prepared
        self._shapes = words.shapes

    def shape(self, plan: Plan[R]) -> Shape[R]:
        """The plan in this dialect."""
        found = self._shapes.get(id(plan))
        if found is None:
            found = self._shapes[id(plan)] = (plan, Shape(plan, self.dialect))
        return found[1]

    def prepare(self, query: Query) -> Prepared:
        """The query in this dialect."""
        prepared = self._prepared.get(query)
        if prepared is None:
            prepared = self._prepared[query] = self._compile(query)
        return prepared

    def _compile(self, query: Query) -> Prepared:
        compiled: Any = query.statement.compile(dialect=self.dialect)  # type: ignore[attr-defined]
        names: list[str] = compiled.positiontup or []
        codecs = [codec_of(compiled.binds[name].type, self.dialect.name) for name in names]
        encoders = [(at, codec[0]) for at, codec in enumerate(codecs) if codec]
        if not encoders and tuple(names) == query.order:
            return Prepared(str(compiled), None)
        # What the compiler itself adds (an OFFSET 0, say) comes after the values given.
        added = [name for name in names if name not in query.order]
        places = [(*query.order, *added).index(name) for name in names]
        constants = tuple(compiled.binds[name].value for name in added)
        return Prepared(str(compiled), partial(_arranged, places, encoders, constants))

    def translate(self, error: Exception) -> StorageError:
        """The error of a driver as one of this room's."""
        if isinstance(error, self.refusals):
            return DatabaseRefusedError(str(error))
        if getattr(error, "sqlstate", None) in DISTURBED:
            return DatabaseDisturbedError(str(error))
        if getattr(error, "sqlstate", None) == CUT_OFF:
            return DatabaseCutOffError(str(error))
        return failed(error, self._url)


def _arranged(
    places: list[int],
    encoders: list[tuple[int, Callable[[Any], Any]]],
    constants: tuple[Any, ...],
    values: tuple[Any, ...],
) -> tuple[Any, ...]:
    given = values + constants
    row = [given[place] for place in places]
    for at, encode in encoders:
        if row[at] is not None:
            row[at] = encode(row[at])
    return tuple(row)


class Hand:
    """Runs statements inside one open transaction.

    Attributes:
        locks: Whether rows must be locked against other processes.
        born: The ids of the cases that this transaction opened: nothing else knows them.
        news: The topics (`storage.topics`) of which this process and others must hear once it is
            committed.
    """

    __slots__ = ("_cursor", "_kit", "born", "locks", "news")

    def __init__(self, connection: Connection, kit: Kit, *, writes: bool = True) -> None:
        self._cursor = connection.connection.cursor()
        self._kit = kit
        self.locks = writes and not kit.sqlite
        self.born: set[int] = set()
        self.news: set[str] = set()

    def shape(self, plan: Plan[R]) -> Shape[R]:
        """The plan in the dialect of this database."""
        return self._kit.shape(plan)

    def rows(self, query: Query, *values: object) -> list[Any]:
        """All rows of a query."""
        text, arrange = self._kit.prepare(query)
        try:
            self._cursor.execute(text, values if arrange is None else arrange(values))
            return list(self._cursor.fetchall())
        except self._kit.error as error:
            raise self._kit.translate(error) from error

    def one(self, query: Query, *values: object) -> Any:  # noqa: ANN401 - a row of any columns
        """The first row of a query that reads at most one, or None."""
        rows = self.rows(query, *values)
        return rows[0] if rows else None

    def moment(self, query: Query, *values: object) -> datetime | None:
        """The one moment that a query reads, if there is one."""
        row = self.one(query, *values)
        return self.utc(row[0]) if row and row[0] is not None else None

    def utc(self, value: object) -> datetime:
        """A moment as it stands in a row."""
        return self._kit.moment(value)

    def run(self, query: Query, *values: object) -> int:
        """Run a statement that returns nothing; the number of rows it touched."""
        text, arrange = self._kit.prepare(query)
        try:
            self._cursor.execute(text, values if arrange is None else arrange(values))
        except self._kit.error as error:
            raise self._kit.translate(error) from error
        return self._cursor.rowcount

    def many(self, text: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run the insert or update of a shape for many rows; the number of rows touched."""
        try:
            self._cursor.executemany(text, list(rows))
        except self._kit.error as error:
            raise self._kit.translate(error) from error
        return self._cursor.rowcount

    def close(self) -> None:
        """Let go of the database."""
        self._cursor.close()
