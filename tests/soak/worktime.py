"""Time of all kinds counted a second time, on the working calendar of spring 2026."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta

from tests.soak.stage import ZONE

HOLIDAYS = frozenset(
    {
        *(date(2026, 4, day) for day in (4, 5, 6)),
        *(date(2026, 5, day) for day in range(1, 6)),
        *(date(2026, 6, day) for day in (19, 20, 21)),
    }
)
WORKED = frozenset({date(2026, 5, 9)})
"""Days of a weekend that are worked instead (调休)."""
SHIFTS = ((time(8), time(12)), (time(14), time(18)))
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SATURDAY = 5
WORKING = frozenset({"hours", "workdays"})
"""Kinds that stand still outside the working hours."""
NOTHING = timedelta()


def works(day: date) -> bool:
    """Whether it is a working day."""
    return day in WORKED or (day.weekday() < SATURDAY and day not in HOLIDAYS)


def calendar_file() -> str:
    """The same days as an office writes them down."""
    off, on = (", ".join(map(str, sorted(days))) for days in (HOLIDAYS, WORKED))
    return (
        'year = 2026\n[[holidays]]\nname = "节假日"\n'
        f'days = [{off}]\n[[workdays]]\nname = "调休"\ndays = [{on}]\n'
    )


def _all() -> tuple[list[datetime], list[timedelta]]:
    """Where each shift of the year begins, and how much was worked before it."""
    begins, before, total = [], [], NOTHING
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        for opens, closes in SHIFTS if works(day) else ():
            begin = datetime.combine(day, opens, ZONE)
            begins.append(begin)
            before.append(total)
            total += datetime.combine(day, closes, ZONE) - begin
    return begins, before


BEGINS, BEFORE = _all()
LENGTH = timedelta(hours=4)
"""Of each shift."""


def _worked(moment: datetime) -> timedelta:
    """What was worked since the year began."""
    place = bisect_right(BEGINS, moment) - 1
    return BEFORE[place] + min(moment - BEGINS[place], LENGTH)


def passed(kind: str, start: datetime, end: datetime) -> timedelta:
    """How much time of a kind lies between."""
    return _worked(end) - _worked(start) if kind in WORKING else end - start


def shifted(kind: str, moment: datetime, by: timedelta) -> datetime:
    """The earliest moment at which so much more (or less) has passed."""
    if kind not in WORKING or not by:
        return moment + by
    wanted = _worked(moment) + by
    place = bisect_right(BEFORE, wanted) - 1
    if BEFORE[place] == wanted:
        place -= 1  # used up at the end of a shift, not when the next one begins
    return BEGINS[place] + (wanted - BEFORE[place])
