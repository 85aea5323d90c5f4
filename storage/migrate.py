"""Bring the database to the tables of this program: one transaction, after a copy of the file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from storage import snapshots
from storage.copies import free_name, keep_newest
from storage.engines import is_sqlite, migration_engine
from storage.errors import DatabaseFailedError, DatabaseNewerError, failed

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

log = logging.getLogger(__name__)

SCRIPTS = Path(__file__).with_name("migrations")
LOCK = 7_247_201
"""The advisory lock under which PostgreSQL lets one process at a time change the tables."""


def upgrade(url: str | URL, *, backup_folder: Path | None) -> Path | None:
    """Bring the database to the newest revision; the copy that was made of it, if any was.

    An SQLite file that holds something and is not at the newest revision is first copied to
    `backup-<revision>-<n>.sqlite`; the newest few of such copies stay. A crash or an error leaves
    the database as it was.

    Args:
        url: The database.
        backup_folder: Where the copy goes; None: none is made, for a database that is one.

    Raises:
        DatabaseNewerError: A newer version of the program has changed the database.
        DatabaseDamagedError: The file's pages do not fit together; nothing was changed.
        DatabaseFailedError: It cannot be used.
        OSError: The copy cannot be written; nothing was changed.
    """
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            found = revision(connection)
            used = found is not None or bool(inspect(connection).get_table_names())
        if found == _newest(found):
            return None
        folder = backup_folder if used and is_sqlite(url) else None
        backup = _back_up(url, found, folder) if folder else None
        with engine.begin() as connection:
            _upgrade(connection)
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()
    return backup


def build(connection: Connection, wanted: str) -> None:
    """Make the tables of one revision in an empty database, inside the connection's transaction."""
    command.upgrade(alembic_config(connection), wanted)


def look_up(wanted: str) -> None:
    """See that this program knows a revision.

    Raises:
        DatabaseNewerError: It does not.
    """
    _newest(wanted)


def found_in(url: str | URL) -> str | None:
    """The revision of a database; None for one that has no tables of ours.

    Raises:
        DatabaseFailedError: It cannot be used.
    """
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            return revision(connection)
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()


def is_newest(url: str | URL) -> bool:
    """Whether the database has the tables of this program; nothing is changed.

    Raises:
        DatabaseNewerError: A newer version of the program has changed the database.
        DatabaseFailedError: It cannot be used.
    """
    return is_head(found_in(url))


def is_head(found: str | None) -> bool:
    """Whether a revision is that of this program's tables.

    Raises:
        DatabaseNewerError: It is one of a newer version of the program.
    """
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
    """Copy the file as it stands, also while others read; whole or not at all.

    Raises:
        OSError: The copy cannot be written.
    """
    target = free_name(folder, found or "base", ".sqlite")
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch(0o644)  # SQLite would not say why it cannot make the file
    try:
        snapshots.copy(url, part)
    except BaseException:
        part.unlink()
        raise
    part.rename(target)
    kept = keep_newest(folder)
    log.info(
        "database copied before its tables change",
        extra={"action": "storage.copied", "file": target.name, "kept": kept},
    )
    return target
