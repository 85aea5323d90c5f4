"""Column types: moments are aware and in UTC on both sides; enums and references keep their sense.

Each type has a codec per dialect, which the shelves use directly, so that rows need no magic.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Integer, SmallInteger, String
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from casework.spans import Span
from storage.errors import NaiveTimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Dialect

    Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]

SQLITE = "sqlite"

Id = BigInteger().with_variant(Integer(), SQLITE)
"""64 bits everywhere; SQLite's own row id where it is a primary key."""


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        NaiveTimeError: It has no time zone.
    """
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise NaiveTimeError(moment)
    return moment.astimezone(UTC)


@lru_cache(maxsize=1024)
def to_text(moment: datetime) -> str:
    """The moment in UTC as text of fixed width, so that text sorts as time does.

    Remembered, for the rows of a batch hold the same few moments again and again.
    """
    utc = moment if moment.tzinfo is UTC else to_utc(moment)
    return utc.isoformat(" ", "microseconds")


class Moment(TypeDecorator[datetime]):
    """An aware moment, in UTC. SQLite keeps it as text that names UTC; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String(32) if dialect.name == SQLITE else DateTime(timezone=True)

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else self.codec(dialect.name)[0](value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else self.codec(dialect.name)[1](value)

    @staticmethod
    def codec(dialect: str) -> Codec:
        """How moments go into rows of this dialect and come out of them."""
        return (to_text, datetime.fromisoformat) if dialect == SQLITE else (to_utc, to_utc)


class Choice(TypeDecorator[Enum]):
    """A member of one enum, kept by its value."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[Enum]) -> None:
        super().__init__()
        self.members = members

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return SmallInteger() if issubclass(self.members, int) else String()

    @override
    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> Any:
        return None if value is None else value.value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Enum | None:
        return None if value is None else self.members(value)

    def codec(self) -> Codec:
        """How members go into rows and come out of them."""
        values = {member: member.value for member in self.members}
        return values.__getitem__, {value: member for member, value in values.items()}.__getitem__


class Reference(TypeDecorator[int]):
    """The id of a row of another table; the domain's 0 (none) is NULL in the database."""

    impl = Id
    cache_ok = True

    @override
    def process_bind_param(self, value: int | None, dialect: Dialect) -> Any:
        return value or None

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> int:
        return value or 0


class SpanCode(TypeDecorator[Span]):
    """A length of time of one kind, kept by its code."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: Span | None, dialect: Dialect) -> str | None:
        return None if value is None else value.code

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Span | None:
        return None if value is None else Span.from_code(value)


class Lasting(TypeDecorator[timedelta]):
    """A length of time in whole microseconds, negative ones too."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else _microseconds(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else _lasting(value)


MICROSECOND = timedelta(microseconds=1)


def _microseconds(value: timedelta) -> int:
    return value // MICROSECOND


def _lasting(value: int) -> timedelta:
    return value * MICROSECOND


def codec_of(kind: TypeEngine[Any], dialect: str) -> Codec | None:
    """How values of a column go into rows and come out; None: as they are. NULL is not asked."""
    if isinstance(kind, Moment):
        return kind.codec(dialect)
    if isinstance(kind, Choice):
        return kind.codec()
    plain = _CODECS.get(type(kind))
    if plain is not None:
        return plain
    if isinstance(kind, JSON):
        return _to_json, json.loads if dialect == SQLITE else _same
    return _plain_codec(kind, dialect)


def _plain_codec(kind: TypeEngine[Any], dialect: str) -> Codec | None:
    if dialect != SQLITE:
        return None
    if isinstance(kind, Boolean):
        return int, bool
    if isinstance(kind, Date):
        return date.isoformat, date.fromisoformat
    return None


def _id_or_null(value: int) -> int | None:
    return value or None


def _code(value: Span) -> str:
    return value.code


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _same(value: object) -> object:
    return value


def _to_json(value: object) -> str:
    return "{}" if value == {} else _ENCODE(value)


_CODECS: dict[type[TypeEngine[Any]], Codec] = {
    Reference: (_id_or_null, _same),
    SpanCode: (_code, Span.from_code),
    Lasting: (_microseconds, _lasting),
}
