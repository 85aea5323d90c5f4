"""How records become rows and back: plain tuples, each column's codec looked up once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import bindparam, select

from casework.changing import assembled
from storage.types import Reference, codec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Column, Dialect, Select, Table

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan(Generic[R]):
    """What a class of records is to its table."""

    record: type[R]
    table: Table
    same: tuple[str, ...] = ("id",)
    """The columns that say which row it is."""
    fixed: tuple[str, ...] = ()
    """Columns that never change after the row was added."""
    guard: tuple[str, ...] = ()
    """Columns that must hold what was read, or the row was changed by somebody else."""
    conflict: str = ""
    """`` (an error), `skip` or `replace`: when the row is there already."""

    def read(self) -> Select[Any]:
        """The start of every query that reads such records."""
        return select(*self.readable)

    @property
    def readable(self) -> list[Column[Any]]:
        """The columns that make up the record; the others only serve queries."""
        names = {field.name for field in fields(self.record)}  # type: ignore[arg-type]
        return [column for column in self.table.columns if column.name in names]

    @property
    def added(self) -> list[Column[Any]]:
        """The columns of a new row: all but a number that the database gives."""
        given = self.table.autoincrement_column
        return [column for column in self.table.columns if column is not given]

    @property
    def changed(self) -> list[Column[Any]]:
        """The columns that an update writes."""
        fixed = {*self.same, *self.fixed}
        return [column for column in self.table.columns if column.name not in fixed]


class Packer:
    """Takes the values of some columns from records, ready for the driver.

    Column by column: what a batch writes are hundreds of rows, most of whose values stay as they
    are, or are NULL.
    """

    __slots__ = ("_codecs", "_take")

    def __init__(self, columns: Sequence[Column[Any]], dialect: str) -> None:
        self._take: Callable[[object], tuple[Any, ...]] = attrgetter(*(c.name for c in columns))
        codecs = [codec_of(column.type, dialect) for column in columns]
        self._codecs = [(at, codec[0]) for at, codec in enumerate(codecs) if codec]

    def __call__(self, records: Iterable[object]) -> list[tuple[Any, ...]]:
        """The values of these columns, one row for each record."""
        rows = list(map(self._take, records))
        if not rows or not self._codecs:
            return rows
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, encode in self._codecs:
            columns[at] = [None if value is None else encode(value) for value in columns[at]]
        return list(zip(*columns, strict=True))


class Shape(Generic[R]):
    """A plan worked out for one dialect.

    Attributes:
        insert: The SQL that takes the values of `new`.
        update: The SQL that takes the values of `change`, and then the guard's.
        new: Makes the values of new rows.
        change: Makes the values of changed rows.
    """

    __slots__ = ("_codecs", "_names", "_nulls", "_record", "change", "insert", "new", "update")

    def __init__(self, plan: Plan[R], dialect: Dialect) -> None:
        readable = plan.readable
        self._record = plan.record
        self._names = tuple(column.name for column in readable)
        codecs = [codec_of(column.type, dialect.name) for column in readable]
        self._codecs = [(at, codec[1]) for at, codec in enumerate(codecs) if codec]
        self._nulls = [at for at, c in enumerate(readable) if isinstance(c.type, Reference)]
        self.new = Packer(plan.added, dialect.name)
        same = [plan.table.c[name] for name in plan.same]
        self.change = Packer([*plan.changed, *same], dialect.name)
        self.insert = _insert(plan, dialect)
        self.update = _update(plan, dialect) if plan.changed else ""

    def record(self, row: Sequence[Any]) -> R:
        """The record of a row that was read by `Plan.read`."""
        values = list(row)
        for at, decode in self._codecs:
            value = values[at]
            if value is not None:
                values[at] = decode(value)
        for at in self._nulls:
            if values[at] is None:
                values[at] = 0
        return assembled(self._record, dict(zip(self._names, values, strict=True)))


def _insert(plan: Plan[Any], dialect: Dialect) -> str:
    names = [column.name for column in plan.added]
    statement = plan.table.insert().inline()
    text = str(statement.compile(dialect=dialect, column_keys=names))
    return text + _on_conflict(plan, dialect)


def _on_conflict(plan: Plan[Any], dialect: Dialect) -> str:
    if not plan.conflict:
        return ""
    if plan.conflict == "skip":
        return " ON CONFLICT DO NOTHING"
    quote = dialect.identifier_preparer.quote
    names = [quote(column.name) for column in plan.changed]
    values = ", ".join(f"{name} = excluded.{name}" for name in names)
    return f" ON CONFLICT ({', '.join(map(quote, plan.same))}) DO UPDATE SET {values}"


def _update(plan: Plan[Any], dialect: Dialect) -> str:
    columns = plan.table.c
    values: list[Any] = [(c, bindparam(f"to_{c.name}")) for c in plan.changed]
    where = [columns[name] == bindparam(f"was_{name}") for name in (*plan.same, *plan.guard)]
    statement = plan.table.update().where(*where).ordered_values(*values)
    return str(statement.compile(dialect=dialect))
