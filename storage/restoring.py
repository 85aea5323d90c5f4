"""A database takes the place of another one in a single step, and only while nobody works on it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from storage import migrate
from storage.digests import digests, tables_of
from storage.engines import migration_engine
from storage.errors import DatabaseBusyError, RowsDifferError, failed
from storage.filling import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import URL, Connection

    from storage.digests import TableDigest

    Rows = Mapping[str, Iterable[bytes]]

BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
PATIENCE: Final = 1.0
"""Seconds in which another program's short look into the file may end."""


def nobody(_rows: int) -> None:
    """Takes the progress of what is quick."""


def into_sqlite(
    file: Path,
    revision: str,
    rows: Rows,
    expected: Mapping[str, TableDigest],
    advanced: Callable[[int], None] = nobody,
) -> None:
    """Make an SQLite file of rows.

    Args:
        file: It is not there yet; it is worth nothing when this fails.
        revision: Of the tables that the rows come from.
        rows: The canonical bytes of each table.
        expected: The digests that the tables must have in the end.
        advanced: Told how many more rows were put in.

    Raises:
        RowsDifferError: The rows do not fit their tables or their digests.
        DatabaseFailedError: It cannot be written.
    """
    engine = migration_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            _put(connection, revision, rows, expected, advanced)
    except SQLAlchemyError as error:
        raise failed(error, f"sqlite:///{file}") from error
    finally:
        engine.dispose()


def into_postgresql(
    url: str | URL,
    revision: str,
    rows: Rows,
    expected: Mapping[str, TableDigest],
    advanced: Callable[[int], None] = nobody,
) -> None:
    """Put rows into a PostgreSQL database, in the place of whatever it has, in one transaction.

    Raises:
        DatabaseBusyError: Somebody else is connected to it.
        RowsDifferError: The rows do not fit their tables or their digests.
        DatabaseFailedError: It cannot be written. In each case nothing was changed.
    """
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({migrate.LOCK})")
            see_nobody_else(connection)
            _clear(connection)
            _put(connection, revision, rows, expected, advanced)
            migrate.build(connection, "head")
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()


def see_unused(url: str | URL) -> None:
    """See that nobody is connected to a PostgreSQL database.

    Raises:
        DatabaseBusyError: Somebody is.
        DatabaseFailedError: It cannot be reached.
    """
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            see_nobody_else(connection)
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()


def see_nobody_else(connection: Connection) -> None:
    """See that this connection to a PostgreSQL database is the only one.

    Raises:
        DatabaseBusyError: It is not.
    """
    words = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    others = connection.execute(words).scalar_one()
    if others:
        raise DatabaseBusyError(f"connections: {others}")


@contextmanager
def seized(file: Path) -> Iterator[bool]:
    """Keep everybody else out of an SQLite file, and leave no journal beside it.

    Yields:
        Whether it is a database at all; one that is none has no user either.

    Raises:
        DatabaseBusyError: Somebody works on it.
    """
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as connection:
        try:
            # A bot keeps its connection, and in WAL mode this needs to be the only one.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            sound = True
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) in BUSY:
                raise DatabaseBusyError(str(file)) from error
            sound = False
        yield sound


def _put(
    connection: Connection,
    revision: str,
    rows: Rows,
    expected: Mapping[str, TableDigest],
    advanced: Callable[[int], None],
) -> None:
    migrate.build(connection, revision)
    fill(connection, rows, advanced)
    found = digests(connection)
    differing = [name for name, one in expected.items() if found.get(name) != one]
    if differing or len(found) != len(expected):
        raise RowsDifferError(", ".join(differing))


def _clear(connection: Connection) -> None:
    """Take away the tables of ours, whatever their revision."""
    for one in reversed(tables_of(connection)):
        one.drop(connection)
    connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
