"""The digests of tables: what is equal has the same on both databases, what is not has another."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage.digests import REVISION, digests, lines, tables_of
from storage.engines import migration_engine
from tests.integration.storage.cast import Book, due, photo, pothole, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from storage.digests import TableDigest

WORDS = '金城路 ‘井盖’ 🕳 \\ " \u2028 井'


def _settle(book: Book) -> None:
    """Three cases with rows of every kind of column."""
    with book.work() as unit:
        unit.cases.add(pothole(1, words=WORDS, promised=date(2026, 12, 1)))
        unit.cases.add(pothole(2, on_time=True))
        unit.cases.add(pothole(10))
        unit.outbox.add(row("b", 2, fact={"z": 1, "ä": [True, None, 0.1], "a": {"y": WORDS}}))
        unit.outbox.add(row("a", 0))
        unit.photos.add(photo("700", 1))
        unit.dues.add(due("d", 1))


@pytest.fixture
def town(book: Book) -> Book:
    """A town on either kind of database."""
    _settle(book)
    return book


@pytest.fixture
def connection(town: Book) -> Iterator[Connection]:
    """A reading transaction."""
    engine = migration_engine(town.url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def _of(book: Book) -> dict[str, TableDigest]:
    engine = migration_engine(book.url)
    with engine.begin() as connection:
        found = digests(connection)
    engine.dispose()
    return found


def test_equal_rows_have_equal_digests_on_both_databases(
    sqlite_url: str, postgres_url: str
) -> None:
    """Also with Chinese, moments, dates, yes and no, documents."""
    found = []
    for url in (sqlite_url, postgres_url):
        book = Book(url)
        _settle(book)
        found.append(_of(book))
        book.close()
    assert found[0] == found[1]
    assert (found[0]["cases"].rows, found[0]["history"].rows) == (3, 0)
    assert REVISION not in found[0]


def test_the_lines_tell_the_columns_and_then_the_rows_in_the_order_of_the_key(
    connection: Connection,
) -> None:
    """Column names by the alphabet; a row can be read back from its line."""
    [cases] = [table for table in tables_of(connection) if table.name == "cases"]
    header, *rows = [json.loads(line) for line in lines(connection, cases)]
    assert header == sorted(header)
    first, second, third = [dict(zip(header, row, strict=True)) for row in rows]
    assert (first["id"], second["id"], third["id"]) == (1, 2, 10)
    assert first["words"] == WORDS
    assert first["reported_at"] == "2026-11-20 04:01:00.000000+00:00"
    assert (first["promised"], first["on_time"], second["on_time"]) == ("2026-12-01", None, 1)
    assert first["overdue"] == 0


def test_referenced_tables_come_first(connection: Connection) -> None:
    """Rows can be put back in this order."""
    names = [table.name for table in tables_of(connection)]
    assert names.index("cases") < names.index("history")
    assert names.index("cases") < names.index("outbox")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases SET words = words || ' ' WHERE id = 2",
        "UPDATE cases SET on_time = NULL WHERE id = 2",
        "DELETE FROM cases WHERE id = 10",
        "UPDATE cases SET id = 9 WHERE id = 10",
    ],
)
def test_any_change_gives_another_digest(town: Book, change: str) -> None:
    """A blank, a NULL, a missing row, another key; the other tables stay equal."""
    before = _of(town)
    engine = migration_engine(town.url)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    after = _of(town)
    assert {name for name in before if before[name] != after[name]} == {"cases"}


def test_reading_tells_how_far_it_is(connection: Connection) -> None:
    """Of every row, for a line of progress."""
    told: list[int] = []
    found = digests(connection, told.append)
    assert sum(told) == sum(one.rows for one in found.values())
