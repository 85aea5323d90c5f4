"""What the driver says about a file becomes an error that tells what is wrong with it."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import pytest

from bot.cli_errors import failure_of
from storage.errors import DatabaseFullError, failed


def test_a_full_disk_is_known() -> None:
    """Whatever stood in the way of SQLite's next page: room is what helps."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE words (text)")
        database.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as caught:
            database.execute("INSERT INTO words VALUES (?)", ("井盖" * 9999,))
    told = failed(caught.value)
    assert isinstance(told, DatabaseFullError)
    assert failure_of(told).text == failure_of(OSError(errno.ENOSPC, "full")).text == "no_space"
