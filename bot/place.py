"""Is the file of an SQLite city still where it was opened, and was there one before?

Whoever moves or replaces it while the bot runs leaves the bot writing to a file that nobody will
open again, and a start without it would begin an empty city: both would confirm what is then lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from storage.engines import is_sqlite

if TYPE_CHECKING:
    from bot.config import Settings

HEARTBEAT = "heartbeat"
"""The name of a file in the data folder. Its age is the time since the bot was last well."""


class DatabaseMovedError(Exception):
    """The file was moved, deleted or replaced while the bot ran; the text is where it stood."""


class CityLostError(Exception):
    """A bot has worked here, and its file is gone; the text is where it stood."""


class Place:
    """The data folder, and the file as it was when it was opened; on PostgreSQL there is none."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self._file = _file_of(url)
        self._opened = _identity(self._file)

    def look(self) -> None:
        """See that the file is still there; one that cannot be looked at just now is no other one.

        Raises:
            DatabaseMovedError: It is not.
        """
        try:
            found = _identity(self._file)
        except OSError:
            return
        if found != self._opened:
            raise DatabaseMovedError(str(self._file))


def see_that_it_is_not_lost(settings: Settings) -> None:
    """Before a start makes a new file.

    Raises:
        CityLostError: A bot was well here before, and its file is gone.
    """
    file, heartbeat = _file_of(settings.database_url), settings.data / HEARTBEAT
    if file is not None and heartbeat.exists() and not (file.exists() and file.stat().st_size):
        raise CityLostError(str(file))


def _file_of(url: str) -> Path | None:
    return Path(make_url(url).database or "") if is_sqlite(url) else None


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Which file stands there, if any."""
    if file is None:
        return None
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
