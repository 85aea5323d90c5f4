"""Limits where the clocks are put forward and back, and shifts that are not the usual ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from casework.spans import TimeKind
from casework.workcalendar import WorkCalendar
from casework.worktime import Shift, WorkTime
from tests.unit.casework.worktimes import (
    BERLIN,
    NIGHTS_NEW_YORK,
    OFFICE,
    OFFICE_BERLIN,
    SHANGHAI,
    limit,
)

HOUR = timedelta(hours=1)
# Europe/Berlin: 2:00 becomes 3:00 on Sunday 29 March, 3:00 becomes 2:00 on Sunday 25 October.
IN_BERLIN = [
    ("2026-03-28 23:00", "4 紧急工作时", "2026-03-29 04:00"),  # 24, 1, 3, 4: there is no 2
    ("2026-03-28 12:00", "24 紧急工作时", "2026-03-29 13:00"),  # the day has 23 hours
    ("2026-10-24 23:00", "4 紧急工作时", "2026-10-25 02:00 again"),  # 24, 1, 2, and 2 again
    ("2026-10-24 12:00", "24 紧急工作时", "2026-10-25 11:00"),  # the day has 25 hours
    ("2026-03-29 01:30", "1 紧急工作时", "2026-03-29 03:30"),  # over the gap
    ("2026-03-29 09:00", "1 自然日", "2026-03-30 00:00"),  # its own 24:00
    ("2026-10-24 10:00", "2 自然日", "2026-10-26 00:00"),  # 24, 25
    ("2026-03-27 16:00", "1 工作日", "2026-03-30 16:00"),  # the clock time stays
    ("2026-10-23 10:00", "1 工作日", "2026-10-26 10:00"),
    ("2026-10-23 17:00", "2 工作时", "2026-10-26 09:00"),
    ("2026-03-27 12:00", "12 工作时", "2026-03-30 18:00"),  # 4 on Friday, 8 on Monday
]
# America/New_York: 2:00 becomes 3:00 on Sunday 8 March, 2:00 becomes 1:00 on 1 November.
# The crew works 0:00 to 6:00 and 22:00 to 24:00.
NIGHTS_IN_NEW_YORK = [
    ("2026-03-08 00:00", "3 工作时", "2026-03-08 04:00"),  # 1, 3, 4: real hours
    ("2026-03-08 00:00", "5 工作时", "2026-03-08 06:00"),  # the shift is an hour shorter
    ("2026-03-08 00:00", "6 工作时", "2026-03-08 23:00"),  # so the evening must help
    ("2026-11-01 00:00", "3 工作时", "2026-11-01 02:00"),  # 1, 1 again, 2
    ("2026-11-01 00:00", "7 工作时", "2026-11-01 06:00"),  # the shift is an hour longer
    ("2026-03-10 23:00", "2 工作时", "2026-03-11 01:00"),  # over midnight without a break
    ("2026-03-10 22:00", "2 工作时", "2026-03-11 00:00"),  # to 24:00 and no further
    ("2026-03-13 23:00", "2 工作时", "2026-03-16 01:00"),  # Friday's last, Monday's first hour
    ("2026-03-10 05:00", "1 工作日", "2026-03-11 05:00"),  # 8 hours a day here too
    ("2026-03-08 01:30", "1 紧急工作时", "2026-03-08 03:30"),
    ("2026-11-01 01:30", "1 紧急工作时", "2026-11-01 01:30 again"),
    ("2026-11-01 00:10", "1 自然日", "2026-11-02 00:00"),
]


@pytest.mark.parametrize(("start", "span", "end"), IN_BERLIN)
def test_hours_are_real_and_days_end_at_midnight_where_clocks_change(
    start: str, span: str, end: str
) -> None:
    """Also on the days of 23 and of 25 hours."""
    assert limit(OFFICE_BERLIN, start, span) == end


@pytest.mark.parametrize(("start", "span", "end"), NIGHTS_IN_NEW_YORK)
def test_a_night_shift_works_through_the_change_of_the_clocks(
    start: str, span: str, end: str
) -> None:
    """An hour that does not exist is not worked; one that comes twice is worked twice."""
    assert limit(NIGHTS_NEW_YORK, start, span) == end


@pytest.mark.parametrize(
    "hours", [((1, 2.5), (3, 5)), ((1, 2.5), (2.5, 3.5)), ((2.25, 2.75),), ((0, 24),)]
)
def test_shifts_inside_a_gap_of_the_clocks_never_count_twice(
    hours: tuple[tuple[float, float], ...],
) -> None:
    """What was worked is the sum of all its parts, and never more than went by."""
    shifts = tuple(Shift(start * HOUR, end * HOUR) for start, end in hours)
    sunday = datetime(2026, 3, 29, tzinfo=BERLIN)
    calendar = WorkCalendar(workdays=frozenset({sunday.date()}))
    work = WorkTime(zone=BERLIN, calendar=calendar, shifts=shifts)
    steps = [sunday.astimezone(UTC) + timedelta(minutes=5) * n for n in range(23 * 12 + 1)]
    parts = [work.passed(TimeKind.HOURS, a, b) for a, b in pairwise(steps)]
    assert all(timedelta(0) <= part <= timedelta(minutes=5) for part in parts)
    assert sum(parts, timedelta(0)) == work.passed(TimeKind.HOURS, steps[0], steps[-1])


def test_a_moment_counts_the_same_from_whatever_zone_it_is_told() -> None:
    """What comes out is in UTC."""
    start = datetime(2026, 3, 10, 9, 0, tzinfo=SHANGHAI)
    found = OFFICE.shift(TimeKind.HOURS, start, 2 * HOUR)
    assert found == OFFICE.shift(TimeKind.HOURS, start.astimezone(BERLIN), 2 * HOUR)
    assert found == datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "shifts",
    [
        (),
        (Shift(8 * HOUR, 8 * HOUR),),
        (Shift(12 * HOUR, 8 * HOUR),),
        (Shift(8 * HOUR, 12 * HOUR), Shift(11 * HOUR, 18 * HOUR)),
        (Shift(14 * HOUR, 18 * HOUR), Shift(8 * HOUR, 12 * HOUR)),
    ],
)
def test_shifts_without_sense_are_refused(shifts: tuple[Shift, ...]) -> None:
    """With none of them would a limit ever end as it should."""
    with pytest.raises(ValueError, match="one after the other"):
        WorkTime(zone=SHANGHAI, calendar=WorkCalendar(), shifts=shifts)
