"""The engines: one that writes, with a single connection, and one that only reads.

SQLite locks at the start of a writing transaction: a deferred one fails or loses updates when
two meet. `synchronous=FULL` because an update is confirmed to the chat platform once committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.ext.asyncio import AsyncEngine

BUSY_MS = 10_000
"""How long a connection waits for another process that writes."""
IDLE_MS = 30_000
"""How long a transaction may do nothing; a busy machine may pause a living process for seconds."""
PATIENCE = (
    f"SET lock_timeout = {IDLE_MS + BUSY_MS}",
    f"SET idle_in_transaction_session_timeout = {IDLE_MS}",
)
"""How long a transaction waits for others, and how long others wait for one that hangs."""
READERS = 4
"""Connections for pages and reports."""
CACHED_STATEMENTS = 512
"""More than the room has statements, so that SQLite prepares each once."""


def is_sqlite(url: str | URL) -> bool:
    """Whether the URL names an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def writer_engine(url: str | URL) -> Engine:
    """The engine of the writer: one connection, a synchronous driver."""
    if not is_sqlite(url):
        engine = create_engine(_with(url, "postgresql+psycopg"), pool_size=1, max_overflow=0)
        return _utc(engine, *PATIENCE)
    engine = create_engine(
        _with(url, "sqlite+pysqlite"),
        pool_size=1,
        max_overflow=0,
        connect_args={
            "cached_statements": CACHED_STATEMENTS,
            "check_same_thread": False,  # one thread at a time: start and stop are elsewhere
            "timeout": BUSY_MS / 1000,
        },
    )
    _prepare_sqlite(
        engine,
        "PRAGMA foreign_keys=ON",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
    )
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def migration_engine(url: str | URL) -> Engine:
    """The engine that changes tables. References are not enforced: SQLite rebuilds tables."""
    if not is_sqlite(url):
        return _utc(create_engine(_with(url, "postgresql+psycopg"), poolclass=NullPool))
    engine = create_engine(
        _with(url, "sqlite+pysqlite"),
        poolclass=NullPool,
        connect_args={"timeout": BUSY_MS / 1000},
    )
    _prepare_sqlite(engine, "PRAGMA foreign_keys=OFF")
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def listener_engine(url: str | URL) -> Engine:
    """The engine of the leases and of what other processes say; PostgreSQL only."""
    return create_engine(
        _with(url, "postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )


def reader_engine(url: str | URL) -> AsyncEngine:
    """The engine for reads: asynchronous, refusing to write; a read sees one state throughout."""
    if not is_sqlite(url):
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        engine = create_async_engine(
            _with(url, "postgresql+psycopg"),
            pool_size=READERS,
            pool_pre_ping=True,  # a restart of the server is no failure of the next read
            execution_options=options,
        )
        _utc(engine.sync_engine)
        return engine
    engine = create_async_engine(
        _with(url, "sqlite+aiosqlite"),
        pool_size=READERS,
        connect_args={"cached_statements": CACHED_STATEMENTS, "timeout": BUSY_MS / 1000},
    )
    _prepare_sqlite(engine.sync_engine, "PRAGMA query_only=ON")
    _begin_with(engine.sync_engine, "BEGIN")
    return engine


def looker_engine(url: str | URL) -> Engine:
    """The engine for many small reads in a thread of their own: one connection, no writes."""
    if not is_sqlite(url):
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        engine = create_engine(
            _with(url, "postgresql+psycopg"),
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=True,  # likewise
            execution_options=options,
        )
        return _utc(engine)
    engine = create_engine(
        _with(url, "sqlite+pysqlite"),
        pool_size=1,
        max_overflow=0,
        connect_args={
            "cached_statements": CACHED_STATEMENTS,
            "check_same_thread": False,  # one look at a time, each in a thread of a pool
            "timeout": BUSY_MS / 1000,
        },
    )
    _prepare_sqlite(engine, "PRAGMA query_only=ON")
    _begin_with(engine, "BEGIN")
    return engine


def _with(url: str | URL, driver: str) -> URL:
    return make_url(url).set(drivername=driver)


def _prepare_sqlite(engine: Engine, *pragmas: str) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's
        # The driver's own BEGIN comes too late and is never immediate.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()


def _begin_with(engine: Engine, words: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(words)


def _utc(engine: Engine, *further: str) -> Engine:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's
        cursor = connection.cursor()
        for words in ("SET TIME ZONE 'UTC'", *further):
            cursor.execute(words)
        cursor.close()
        connection.commit()

    return engine
