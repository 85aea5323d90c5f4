"""One moment of a database that is at work: its rows, and the photos that they name.

SQLite: a copy made by the online backup interface in ONE step. Copied in several steps it would
begin anew whenever another connection has written in between, and under load never end; in WAL
mode one long step is a reader like any other and makes no writer wait. PostgreSQL: a transaction
that sees one moment throughout (REPEATABLE READ), and takes no lock that a writer would meet.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.engines import BUSY_MS, is_sqlite, migration_engine
from storage.errors import failed
from storage.soundness import look_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import URL, Connection


@contextmanager
def snapshot(url: str | URL, scratch: Path) -> Iterator[Connection]:
    """A connection that sees one moment of the database and changes nothing of it.

    Args:
        url: The database.
        scratch: Where the copy of an SQLite file is put; nothing is put there for PostgreSQL.

    Raises:
        DatabaseDamagedError: An SQLite file whose pages do not fit together.
        DatabaseFailedError: It cannot be read.
    """
    source: str | URL = url
    if is_sqlite(url):
        copy(url, scratch)
        source = f"sqlite:///{scratch}"
    engine = migration_engine(source)
    try:
        with engine.connect() as connection:
            yield _one_moment(connection)
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()


def copy(url: str | URL, target: Path) -> None:
    """Copy an SQLite database, whoever writes to it meanwhile, and see that the copy is sound.

    Raises:
        DatabaseDamagedError: Its pages do not fit together.
        DatabaseFailedError: It cannot be read or the copy not be written.
    """
    source = make_url(url).database or ""
    try:
        with (
            closing(sqlite3.connect(source, timeout=BUSY_MS / 1000)) as old,
            closing(sqlite3.connect(target, isolation_level=None)) as new,
        ):
            old.execute("PRAGMA query_only=ON")
            old.backup(new)
            # One file, with no journal beside it.
            new.execute("PRAGMA journal_mode=DELETE")
            look_over(new)
    except sqlite3.DatabaseError as error:
        raise failed(error, url) from error


def photos_of(connection: Connection) -> list[str]:
    """The SHA-256 of every photo that the rows name, each once, in order."""
    words = text("SELECT DISTINCT sha256 FROM photos WHERE sha256 <> '' ORDER BY sha256")
    return [str(row[0]) for row in connection.execute(words)]


def _one_moment(connection: Connection) -> Connection:
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return connection if _sqlite(connection) else connection.execution_options(**options)


def _sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
