"""What migrations are put together from; the first, older than this, has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT, NUMBER, FLAG = sa.String(), sa.Integer(), sa.Boolean()
DATE, DOCUMENT, LASTING = sa.Date(), sa.JSON(), sa.BigInteger()
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def of_case(*, nullable: bool) -> sa.Column[Any]:
    """The case a row belongs to."""
    return sa.Column("case_id", ID, nullable=nullable, autoincrement=False)


def some(kind: TypeEngine[Any], names: str) -> list[sa.Column[Any]]:
    """Columns of one type that always hold something."""
    return [sa.Column(name, kind, nullable=False) for name in names.split()]


def maybe(kind: TypeEngine[Any], names: str) -> list[sa.Column[Any]]:
    """Columns of one type that may be NULL."""
    return [sa.Column(name, kind, nullable=True) for name in names.split()]


def check(name: str, words: str) -> sa.CheckConstraint:
    """A constraint under its full name."""
    return sa.CheckConstraint(words, name=op.f(name))


def index(table: str, name: str, *columns: str, where: str = "", unique: bool = False) -> None:
    """Make an index, over some of the rows where a condition is given."""
    words = sa.text(where) if where else None
    op.create_index(
        f"ix_{table}_{name}",
        table,
        columns,
        unique=unique,
        sqlite_where=words,
        postgresql_where=words,
    )
