"""Bring the database to the tables of this program: one transaction, after a copy of the file."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from storage.engines import is_sqlite, migration_engine
from storage.errors import DatabaseFailedError, DatabaseNewerError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

log = logging.getLogger(__name__)

SCRIPTS = Path(__file__).with_name("migrations")
LOCK = 7_247_201
"""The advisory lock under which PostgreSQL lets one process at a time change the tables."""


def upgrade(url: str | URL, *, backup_folder: Path) -> Path | None:
    """Bring the database to the newest revision; the copy that was made of it, if any was.

    An SQLite file that holds something and is not at the newest revision is first copied to
    `backup-<revision>-<n>.sqlite`. A crash or an error leaves the database as it was.

    Raises:
        DatabaseNewerError: A newer version of the program has changed the database.
        DatabaseFailedError: It cannot be used.
    """
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            found = revision(connection)
            used = found is not None or bool(inspect(connection).get_table_names())
        if found == _newest(found):
            return None
        backup = _back_up(url, found, backup_folder) if used and is_sqlite(url) else None
        with engine.begin() as connection:
            _upgrade(connection)
    except SQLAlchemyError as error:
        raise DatabaseFailedError(str(error)) from error
    finally:
        engine.dispose()
    return backup


def is_newest(url: str | URL) -> bool:
    """Whether the database has the tables of this program; nothing is changed.

    Raises:
        DatabaseNewerError: A newer version of the program has changed the database.
        DatabaseFailedError: It cannot be used.
    """
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            found = revision(connection)
    except SQLAlchemyError as error:
        raise DatabaseFailedError(str(error)) from error
    finally:
        engine.dispose()
    return found == _newest(found)


def revision(connection: Connection) -> str | None:
    """The revision of a database; None for one that has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def alembic_config(connection: Connection | None = None) -> Config:
    """What Alembic needs to know; it works on the connection's own transaction."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _newest(found: str | None) -> str | None:
    scripts = ScriptDirectory.from_config(alembic_config())
    if found is not None:
        try:
            scripts.get_revision(found)
        except CommandError:
            raise DatabaseNewerError(found) from None
    return scripts.get_current_head()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        command.upgrade(alembic_config(connection), "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise DatabaseFailedError(f"{len(broken)} rows refer to nothing after the upgrade")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        command.upgrade(alembic_config(connection), "head")
    log.info(
        "database upgraded",
        extra={"action": "storage.upgraded", "revision": revision(connection)},
    )


def _back_up(url: str | URL, found: str | None, folder: Path) -> Path:
    """Copy the file as it stands, also while others read; whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    target = _free_name(folder, found or "base")
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    source = make_url(url).database or ""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as copy:
        old.backup(copy)
    part.rename(target)
    log.info("database copied", extra={"action": "storage.copied", "file": target.name})
    return target


def _free_name(folder: Path, name: str) -> Path:
    count = 1
    while (target := folder / f"backup-{name}-{count}.sqlite").exists():
        count += 1
    return target
