"""The canonical bytes of every row, equal on SQLite and PostgreSQL, and their digest by table.

A table is a line with the names of its columns in the order of the alphabet, then a line for each
row in the order of its key; each line is a JSON list. Moments are UTC text of fixed width, a yes
or no is 1 or 0, the keys of documents are sorted. The tables are read as the database has them,
not as the code declares them, so that it works at any revision.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    MetaData,
    String,
    Table,
    collate,
    column,
    func,
    select,
    table,
)

from storage.types import SQLITE, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Column, Connection, Select

REVISION: Final = "alembic_version"
"""Alembic's own table: it says how the rows are to be read and is none of them."""
FETCHED: Final = 1000
"""Rows that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class TableDigest:
    """What a table holds.

    Attributes:
        name: The table.
        rows: How many rows it has.
        sha256: Of its canonical bytes, in hexadecimal digits.
    """

    name: str
    rows: int
    sha256: str


def _nothing(_rows: int) -> None:
    """Nobody wants to know how far it is."""


def tables_of(connection: Connection) -> list[Table]:
    """The tables as the database has them; those that others refer to come first."""
    found = MetaData()
    found.reflect(connection)
    return [one for one in found.sorted_tables if one.name != REVISION]


def count(connection: Connection) -> int:
    """How many rows all tables have together."""
    return sum(
        connection.execute(select(func.count()).select_from(table(one.name))).scalar_one()
        for one in tables_of(connection)
    )


def digests(
    connection: Connection, advanced: Callable[[int], None] = _nothing
) -> dict[str, TableDigest]:
    """The digest of every table, by name; read in one transaction they are of one moment.

    Args:
        connection: Of either kind of database; nothing is changed.
        advanced: Told from time to time how many more rows were read.
    """
    return {one.name: digest(connection, one, advanced) for one in tables_of(connection)}


def digest(
    connection: Connection, given: Table, advanced: Callable[[int], None] = _nothing
) -> TableDigest:
    """The digest of one table that `tables_of` has named."""
    sum_ = hashlib.sha256()
    rows = -1  # the first line is no row
    for line in lines(connection, given, advanced):
        sum_.update(line)
        rows += 1
    return TableDigest(given.name, rows, sum_.hexdigest())


def lines(
    connection: Connection, given: Table, advanced: Callable[[int], None] = _nothing
) -> Iterator[bytes]:
    """The canonical bytes of one table, line by line, each with its end."""
    columns = columns_of(given)
    yield _line([one.name for one in columns])
    codecs = [(at, _codec(one, connection.dialect.name)) for at, one in enumerate(columns)]
    used = [(at, encode) for at, encode in codecs if encode is not None]
    options = {"stream_results": True, "yield_per": FETCHED}
    found = connection.execute(_query(given, connection.dialect.name), execution_options=options)
    for part in found.partitions(FETCHED):
        for row in part:
            yield _line(_encoded(row, used))
        advanced(len(part))


def columns_of(given: Table) -> list[Column[Any]]:
    """The columns in canonical order: that of a table depends on the migrations it went through."""
    return sorted(given.columns, key=lambda one: one.name)


def _query(given: Table, dialect: str) -> Select[Any]:
    """All rows, by the key; columns without a type, so that values come as the driver has them."""
    source = table(given.name, *(column(one.name) for one in columns_of(given)))
    keys = (
        # PostgreSQL sorts text by the words of its country, SQLite by bytes.
        collate(source.c[one.name], "C")
        if dialect != SQLITE and isinstance(one.type, String)
        else source.c[one.name]
        for one in given.primary_key.columns
    )
    return select(*source.c).order_by(*keys)


def _encoded(row: Any, codecs: list[tuple[int, Callable[[Any], object]]]) -> list[object]:  # noqa: ANN401 - a row of any columns
    values = list(row)
    for at, encode in codecs:
        if values[at] is not None:
            values[at] = encode(values[at])
    return values


def _codec(given: Column[Any], dialect: str) -> Callable[[Any], object] | None:
    """How a driver's value becomes the canonical one; SQLite has nearly all as it should be."""
    if dialect == SQLITE:
        return json.loads if isinstance(given.type, JSON) else None
    for kind, encode in _OF_POSTGRESQL:
        if isinstance(given.type, kind):
            return encode
    return None


_OF_POSTGRESQL: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (Boolean, int),
    (DateTime, to_text),
    (Date, date.isoformat),
)
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _line(values: list[Any]) -> bytes:
    # A document may hold half a surrogate pair, escaped: hostile words stay what they are.
    return _ENCODE(values).encode("utf-8", "surrogatepass") + b"\n"
