"""What the system keeps this user from; it is asked and not tried, so that nothing is touched.

To open and close a database's file would take away the locks that SQLite holds on it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from storage.engines import is_sqlite

if TYPE_CHECKING:
    from sqlalchemy import URL

JOURNALS: Final = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite keeps beside its own."""


def files_of(url: str | URL) -> list[Path]:
    """An SQLite database's file and those that SQLite keeps beside it; none of PostgreSQL."""
    file = make_url(url).database if is_sqlite(url) else None
    return [Path(f"{file}{ending}").absolute() for ending in ("", *JOURNALS)] if file else []


def forbidden(url: str | URL) -> Path | None:
    """What of an SQLite database this user may not write to: its folder, its file, a journal."""
    files = files_of(url)
    places = [files[0].parent, *files] if files else []
    return next((place for place in places if refused(place)), None)


def refused(path: Path) -> bool:
    """Whether something is there that this user may not write to, or make no file in."""
    try:
        wanted = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        path.stat()
    except PermissionError:
        return True
    except OSError:
        return False
    return not os.access(path, wanted, effective_ids=True)
