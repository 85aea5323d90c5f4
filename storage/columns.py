"""The kinds of columns and constraints that the tables are put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    text,
)

from storage.types import Choice, Id, Moment, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import Enum


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""What all tables belong to."""


def one_of(column: str, values: Iterable[object]) -> str:
    """The SQL that says a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


def string(name: str) -> Column[str]:
    """Text that may be empty, never NULL."""
    return Column(name, String, nullable=False)


def number(name: str) -> Column[int]:
    """A count."""
    return Column(name, Integer, nullable=False)


def flag(name: str) -> Column[bool]:
    """A yes or no."""
    return Column(name, Boolean, nullable=False)


def moment(name: str) -> Column[Any]:
    """A moment in UTC."""
    return Column(name, Moment, nullable=False)


def maybe_moment(name: str) -> Column[Any]:
    """A moment in UTC that may not have come yet."""
    return Column(name, Moment, nullable=True)


def document(name: str) -> Column[Any]:
    """A JSON document."""
    return Column(name, JSON, nullable=False)


def choice(name: str, members: type[Enum]) -> Column[Any]:
    """A member of an enum."""
    return Column(name, Choice(members), nullable=False)


def own_id() -> Column[int]:
    """The row number the database gives."""
    return Column("id", Id, primary_key=True)


def of_case() -> Column[Any]:
    """The case a row belongs to."""
    return Column("case_id", Id, ForeignKey("cases.id"), nullable=False)


def of_case_or_none() -> Column[Any]:
    """The case a row belongs to; the 0 of the domain is NULL here."""
    return Column("case_id", Reference, ForeignKey("cases.id"), nullable=True)


def known(column: str, members: type[Enum]) -> CheckConstraint:
    """Refuse what is no member of the enum."""
    words = one_of(column, [member.value for member in members])
    return CheckConstraint(words, name=f"{column}_known")


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that a condition holds for."""
    words = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=words, postgresql_where=words)
