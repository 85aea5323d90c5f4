"""What the driver says about a file becomes an error that tells what is wrong with it."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import psycopg
import pytest

from bot.cli_errors import failure_of
from storage import errors
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


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('FATAL:  password authentication failed for user "clerk"', errors.DatabaseLoginError),
        ('FATAL:  role "clerk" does not exist', errors.DatabaseLoginError),
        ("fe_sendauth: no password supplied", errors.DatabaseLoginError),
        ('致命错误:  用户 "clerk" Password 认证失败', errors.DatabaseLoginError),
        ('FATAL:  database "town" does not exist', errors.DatabaseAbsentError),
        ('致命错误:  数据库 "town" 不存在', errors.DatabaseAbsentError),
        ('FATAL:  too many connections for role "clerk"', errors.DatabaseCrowdedError),
        ("FATAL:  sorry, too many clients already", errors.DatabaseCrowdedError),
        ("FATAL:  remaining connection slots are reserved for", errors.DatabaseCrowdedError),
        ('致命错误:  由角色"clerk"发起的连接太多了', errors.DatabaseCrowdedError),
        ("Connection refused\n\tIs the server running?", errors.DatabaseAwayError),
        ("FATAL:  el sistema se está iniciando", errors.DatabaseAwayError),
    ],
)
def test_why_postgresql_gives_no_connection_is_told_by_its_words(
    said: str, kind: type[errors.DatabaseFailedError]
) -> None:
    """The library tells no code; the driver's own words and its advice are left out."""
    found = errors.failed(psycopg.OperationalError(f"connection failed: {said}"))
    assert type(found) is kind
    assert str(found) == said.splitlines()[0]


def test_of_several_tries_the_one_with_a_remedy_is_told() -> None:
    """Such as with TLS, and then without."""
    said = 'FATAL:  no entry\nserver "b" failed: FATAL:  sorry, too many clients already'
    found = errors.failed(psycopg.OperationalError(f"connection failed: {said}"))
    assert type(found) is errors.DatabaseCrowdedError
    assert str(found) == said.splitlines()[1]


def test_what_a_server_says_of_a_statement_is_no_question_of_the_connection() -> None:
    """Such as a lock that did not come in time."""
    found = errors.failed(psycopg.errors.LockNotAvailable("canceling statement"))
    assert type(found) is errors.DatabaseFailedError
