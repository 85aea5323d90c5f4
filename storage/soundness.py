"""Whether the pages of an SQLite file fit together: looked at without changing anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from storage.engines import BUSY_MS, is_sqlite
from storage.errors import DatabaseDamagedError, failed

if TYPE_CHECKING:
    from sqlalchemy import URL

EVERY: Final = 2**31 - 1
"""As many findings as there are: what is none must not hide what is one."""
MOST: Final = 4 * 10**9
"""Bytes of a file that are read while somebody waits; a copy for a backup is read whole anyway."""


def looked_over(url: str | URL) -> bool:
    """Whether a file was looked over and is sound; False: it is too long, or no file.

    Raises:
        DatabaseDamagedError: Its pages do not fit together.
        DatabaseFailedError: It cannot be read.
    """
    file = Path(make_url(url).database or "")
    if not is_sqlite(url) or file.stat().st_size > MOST:
        return False
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_MS / 1000)) as connection:
            connection.execute("PRAGMA query_only=ON")
            look_over(connection)
    except sqlite3.DatabaseError as error:
        raise failed(error, url) from error
    return True


def look_over(connection: sqlite3.Connection) -> None:
    """See that the pages fit together.

    Raises:
        DatabaseDamagedError: They do not.
    """
    for (said,) in connection.execute(f"PRAGMA quick_check({EVERY})"):
        # SQLite 3.40 says so of sound rows where the key is not the first column (WITHOUT ROWID).
        if said != "ok" and not said.startswith("NULL value in "):
            raise DatabaseDamagedError(str(said))
