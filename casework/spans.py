"""A length of time as an office writes it: four kinds, each counted in its own way.

`casework.worktime` does the arithmetic; this module only names and reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class TimeKind(StrEnum):
    """How a limit's time is counted."""

    URGENT = "urgent"
    """紧急工作时: continuous hours, day and night."""
    HOURS = "hours"
    """工作时: hours inside the working hours of working days."""
    WORKDAYS = "workdays"
    """工作日: whole days' worth of working hours, with public holidays and 调休."""
    DAYS = "days"
    """自然日: calendar days; the day of the start is day 1, and it ends at 24:00 of the last."""


HOUR_KINDS: Final = frozenset({TimeKind.URGENT, TimeKind.HOURS})
"""The kinds whose `amount` is in minutes; that of the others is in days."""
MINUTES: Final = 60
MOST_DAYS: Final = 3660


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """So much time of one kind."""

    kind: TimeKind
    amount: int
    """Minutes of the hour kinds, days of the day kinds; at least 1."""

    @property
    def days(self) -> bool:
        """Whether the amount is in days."""
        return self.kind not in HOUR_KINDS

    @property
    def code(self) -> str:
        """How the database keeps it, such as `hours:240`; `Span.from_code` reads it."""
        return f"{self.kind.value}:{self.amount}"

    @classmethod
    def from_code(cls, code: str) -> Span:
        """The span that a code stands for.

        Raises:
            ValueError: it is no code.
        """
        kind, _, amount = code.partition(":")
        return cls(kind=TimeKind(kind), amount=int(amount))


_UNITS: Final = {
    "紧急工作时": (TimeKind.URGENT, MINUTES),
    "紧急小时": (TimeKind.URGENT, MINUTES),
    "urgent hours": (TimeKind.URGENT, MINUTES),
    "urgent hour": (TimeKind.URGENT, MINUTES),
    "紧急分钟": (TimeKind.URGENT, 1),
    "urgent minutes": (TimeKind.URGENT, 1),
    "工作时": (TimeKind.HOURS, MINUTES),
    "working hours": (TimeKind.HOURS, MINUTES),
    "working hour": (TimeKind.HOURS, MINUTES),
    "工作日": (TimeKind.WORKDAYS, 1),
    "working days": (TimeKind.WORKDAYS, 1),
    "working day": (TimeKind.WORKDAYS, 1),
    "自然日": (TimeKind.DAYS, 1),
    "天": (TimeKind.DAYS, 1),
    "days": (TimeKind.DAYS, 1),
    "day": (TimeKind.DAYS, 1),
}
_WRITTEN: Final = re.compile(r"\s*(\d{1,5})\s*(.+?)\s*")


def read_span(text: str) -> Span:
    """Read `4 紧急工作时`, `2 工作时`, `5 工作日`, `3 自然日`, or the same in English.

    Raises:
        ValueError: it is no such length of time, or an absurd one.
    """
    found = _WRITTEN.fullmatch(text)
    unit = _UNITS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        raise ValueError(text)
    kind, size = unit
    span = Span(kind=kind, amount=int(found[1]) * size)
    most = MOST_DAYS if span.days else MOST_DAYS * 24 * MINUTES
    if not 1 <= span.amount <= most:
        raise ValueError(text)
    return span
