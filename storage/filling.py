"""Rows from their canonical bytes (`storage.digests`) into the empty tables of either database."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, Boolean, Date, DateTime, column, table, text

from storage.digests import columns_of, tables_of
from storage.errors import EncodingUnfitError, RowsDifferError
from storage.types import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Column, Connection, Table

TOGETHER: Final = 500
"""Rows of one statement."""
_TO_TEXT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def fill(
    connection: Connection,
    lines: Mapping[str, Iterable[bytes]],
    advanced: Callable[[int], None] = lambda _rows: None,
) -> None:
    """Put rows into the empty tables; the numbers that PostgreSQL gives go on after them.

    Args:
        connection: With the tables of the revision that the rows come from.
        lines: The canonical bytes of each table, line by line.
        advanced: Told from time to time how many more rows were put in.

    Raises:
        RowsDifferError: The tables or columns are others.
        EncodingUnfitError: A PostgreSQL that does not keep UTF8.
        SQLAlchemyError: The database refused a row.
    """
    _see_encoding(connection)
    tables = tables_of(connection)
    differing = {one.name for one in tables} ^ set(lines)
    if differing:
        raise RowsDifferError(", ".join(sorted(differing)))
    for one in tables:
        _fill(connection, one, lines[one.name], advanced)
        if connection.dialect.name != SQLITE:
            _count_on(connection, one)


def _see_encoding(connection: Connection) -> None:
    if connection.dialect.name != SQLITE:
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise EncodingUnfitError(f"{connection.engine.url.database}: {encoding}")


def _fill(
    connection: Connection,
    given: Table,
    lines: Iterable[bytes],
    advanced: Callable[[int], None],
) -> None:
    columns, waiting = columns_of(given), iter(lines)
    names = [one.name for one in columns]
    if json.loads(next(waiting, b"[]")) != names:
        raise RowsDifferError(given.name)
    insert = table(given.name, *(column(name) for name in names)).insert()
    codecs = [(one.name, _codec(one, connection.dialect.name)) for one in columns]
    while rows := [_row(codecs, json.loads(line)) for line in islice(waiting, TOGETHER)]:
        connection.execute(insert, rows)
        advanced(len(rows))


def _row(
    codecs: Sequence[tuple[str, Callable[[Any], object] | None]], values: Sequence[Any]
) -> dict[str, object]:
    return {
        name: value if value is None or decode is None else decode(value)
        for (name, decode), value in zip(codecs, values, strict=True)
    }


def _codec(given: Column[Any], dialect: str) -> Callable[[Any], object] | None:
    """How a canonical value becomes one that the driver takes."""
    if isinstance(given.type, JSON):
        return _TO_TEXT
    if dialect == SQLITE:
        return None
    for kind, decode in _OF_POSTGRESQL:
        if isinstance(given.type, kind):
            return decode
    return None


_OF_POSTGRESQL: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (Boolean, bool),
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
)


def _count_on(connection: Connection, given: Table) -> None:
    """Let the sequence behind a column that counts by itself go on after the highest number."""
    quote = connection.dialect.identifier_preparer.quote
    for one in given.primary_key.columns:
        if one.server_default is not None:
            name, place = quote(given.name), quote(one.name)
            words = f"""
                SELECT setval(pg_get_serial_sequence(:table, :column),
                              coalesce(max({place}), 1), max({place}) IS NOT NULL)
                FROM {name}
            """  # noqa: S608 - names of our own tables, quoted
            connection.execute(text(words), {"table": name, "column": one.name})
