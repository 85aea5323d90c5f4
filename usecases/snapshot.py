"""A case as JSON can hold it, and back: what an undo restores."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from casework.case import Case, Release, Source, Status, Tier
from casework.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from usecases.records import Json

_MOMENTS = frozenset(
    {
        "reported_at",
        "opened_at",
        "claimed_at",
        "deadline",
        "not_today",
        "sign_asked",
        "sign_at",
        "submitted_at",
        "closed_at",
        "ladder_at",
        "delivered_at",
        "rung_at",
        "rung_limit",
    }
)
_DAYS = frozenset({"promised", "promise_asked", "suspend_asked", "suspended_until"})
_LASTING = frozenset({"budget", "left"})
_READERS: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(_MOMENTS, datetime.fromisoformat),
    **dict.fromkeys(_DAYS, date.fromisoformat),
    **dict.fromkeys(_LASTING, lambda value: timedelta(microseconds=value)),
    "span": Span.from_code,
    "source": Source,
    "status": Status,
    "tier": Tier,
    "release": Release,
}


def pack(case: Case) -> Json:
    """The case's fields as JSON values."""
    return {f.name: _plain(getattr(case, f.name)) for f in fields(case)}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Span):
        return value.code
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def unpack(data: Json) -> Case:
    """The case that was packed."""
    return Case(**{name: _read(name, value) for name, value in data.items()})


def _read(name: str, value: object) -> Any:  # noqa: ANN401 - the fields are of many types
    reader = _READERS.get(name)
    return value if reader is None or value is None else reader(value)
