"""The year 2026 as the State Council announced it, written by hand, and towns in other zones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casework.rules import Work
from casework.spans import read_span
from casework.workcalendar import WorkCalendar
from casework.worktime import Shift, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterator

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
HOLIDAYS = (
    ("01-01", "01-03"),  # 元旦, Thursday to Saturday
    ("02-15", "02-23"),  # 春节, Sunday to the Monday after next
    ("04-04", "04-06"),  # 清明, Saturday to Monday
    ("05-01", "05-05"),  # 劳动节, Friday to Tuesday
    ("06-19", "06-21"),  # 端午, Friday to Sunday
    ("09-25", "09-27"),  # 中秋, Friday to Sunday
    ("10-01", "10-07"),  # 国庆节, Thursday to Wednesday
)
MAKE_UP = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
"""Sunday, Saturday, Saturday, Saturday, Sunday, Saturday."""


def _days(first: str, last: str) -> Iterator[date]:
    day, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
    while day <= end:
        yield day
        day += timedelta(days=1)


YEAR_2026 = WorkCalendar(
    holidays=frozenset(day for span in HOLIDAYS for day in _days(*span)),
    workdays=frozenset(date.fromisoformat(f"2026-{day}") for day in MAKE_UP),
    years=frozenset({2026}),
)
OFFICE = WorkTime(zone=SHANGHAI, calendar=YEAR_2026, shifts=Work().shifts)
"""8:00 to 12:00 and 14:00 to 18:00, 2026 with its holidays, all other years by weekdays."""
OFFICE_BERLIN = WorkTime(zone=BERLIN, calendar=WorkCalendar(), shifts=Work().shifts)
NIGHT_SHIFTS = (
    Shift(timedelta(0), timedelta(hours=6)),
    Shift(timedelta(hours=22), timedelta(hours=24)),
)
NIGHTS_NEW_YORK = WorkTime(
    zone=NEW_YORK,
    calendar=WorkCalendar(workdays=frozenset({date(2026, 3, 8), date(2026, 11, 1)})),
    shifts=NIGHT_SHIFTS,
)
"""A crew that works while the clocks change, on the two Sundays of 2026 on which they do."""


def limit(work: WorkTime, start: str, written: str) -> str:
    """When a limit ends, on the town's clock: `2026-03-10 09:00`, `2 工作时` → `2026-03-10 11:00`.

    A clock time that comes twice is the first one.
    """
    begin = datetime.fromisoformat(start).replace(tzinfo=work.zone)
    end = work.add(begin, read_span(written)).astimezone(work.zone)
    again = " again" if end.fold else ""
    return f"{end:%Y-%m-%d %H:%M}{again}"
