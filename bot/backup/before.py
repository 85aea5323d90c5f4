"""A copy of PostgreSQL's rows before its tables change; of an SQLite file the storage makes one."""

from __future__ import annotations

import errno
import io
import logging
from importlib import metadata
from typing import TYPE_CHECKING, Final

from bot.backup.errors import BackupBusyError, CopyRefusedError, FileThereError
from bot.backup.packing import Source, pack
from bot.belongings import BACKUPS, give, give_database
from bot.progress import Progress
from scheduler.clock import SystemClock
from storage import migrate
from storage.copies import free_name, keep_newest
from storage.engines import is_sqlite

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.config import Settings

log = logging.getLogger(__name__)

REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What the system says where this user may not write."""


def upgrade(settings: Settings) -> Path | None:
    """Bring the database up to date, after a copy of it; the copy, if there was one.

    Raises:
        StorageError: The database cannot be used, or is newer than the program.
        CopyRefusedError: This user may not write the copy; nothing was changed.
        OSError: It cannot be written for another reason; likewise.
    """
    url, folder = settings.database_url, settings.data / BACKUPS
    try:
        kept = _keep_rows(settings, SystemClock().now())
        copy = migrate.upgrade(url, backup_folder=folder) or kept
    except OSError as error:
        if error.errno in REFUSED:
            raise CopyRefusedError(str(folder)) from error
        raise
    give_database(url)
    if copy is not None:
        give(settings.data, folder, copy)
    return copy


def _keep_rows(settings: Settings, now: datetime) -> Path | None:
    """Write the rows of a PostgreSQL with older tables into a backup that `restore` takes.

    Raises:
        StorageError: The database cannot be read, or is newer than the program.
        OSError: The copy cannot be written; then the tables must not change.
    """
    url = settings.database_url
    found = None if is_sqlite(url) else migrate.found_in(url)
    if found is None or migrate.is_newest(url):
        return None
    folder = settings.data / BACKUPS
    target = free_name(folder, found, ".zip")
    source = Source(
        settings=settings,
        config=None,
        photos=settings.data,
        program=metadata.version("xunchaqun"),
        now=now,
    )
    try:
        pack(source, target, Progress(settings.city.language, io.StringIO()))
    except (FileThereError, BackupBusyError):
        return None  # another process of this city starts, too, and writes it
    kept = keep_newest(folder)
    log.info(
        "rows copied before their tables change",
        extra={"action": "storage.copied", "file": target.name, "kept": kept},
    )
    return target
