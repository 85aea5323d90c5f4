"""Which days are worked: weekdays, but for public holidays and make-up days (调休)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

SATURDAY: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkCalendar:
    """The working days of a city; of a year that is not in it, all weekdays are worked."""

    holidays: frozenset[date] = frozenset()
    """Days off, weekends among them or not."""
    workdays: frozenset[date] = frozenset()
    """Make-up days: worked, though they fall on a weekend."""
    years: frozenset[int] = frozenset()
    """The years whose holidays are known."""

    def works(self, day: date) -> bool:
        """Whether a day of the city is a working day."""
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays
