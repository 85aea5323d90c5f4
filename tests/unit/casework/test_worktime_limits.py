"""Limits worked out by hand across the year 2026: all four kinds, 调休, nights, weekends, ends."""

from __future__ import annotations

import chinese_calendar
import pytest

from casework.spans import read_span
from tests.unit.casework.worktimes import OFFICE, YEAR_2026, limit

ORDINARY = [
    # 紧急工作时: the clock alone counts
    ("2026-03-10 09:00", "2 紧急工作时", "2026-03-10 11:00"),  # within the morning
    ("2026-03-10 11:30", "1 紧急工作时", "2026-03-10 12:30"),  # lunch does not stop it
    ("2026-03-10 22:30", "4 紧急工作时", "2026-03-11 02:30"),  # nor does the night
    ("2026-03-13 20:00", "12 紧急工作时", "2026-03-14 08:00"),  # nor does a Saturday
    ("2026-01-31 15:00", "24 紧急工作时", "2026-02-01 15:00"),  # across the end of a month
    ("2026-12-31 23:30", "2 紧急工作时", "2027-01-01 01:30"),  # across the end of the year
    ("2026-12-31 23:45", "30 紧急分钟", "2027-01-01 00:15"),  # in minutes
    ("2026-02-16 20:00", "12 紧急工作时", "2026-02-17 08:00"),  # in the middle of 春节
    # 工作时: 8–12 and 14–18 of working days; 2026-03-10 is an ordinary Tuesday
    ("2026-03-10 09:00", "2 工作时", "2026-03-10 11:00"),  # within the morning
    ("2026-03-10 09:00", "3 工作时", "2026-03-10 12:00"),  # used up at 12:00, not at 14:00
    ("2026-03-10 11:00", "2 工作时", "2026-03-10 15:00"),  # an hour before lunch, one after
    ("2026-03-10 12:00", "2 工作时", "2026-03-10 16:00"),  # lunch gives nothing
    ("2026-03-10 13:00", "1 工作时", "2026-03-10 15:00"),  # set during lunch
    ("2026-03-10 07:00", "4 工作时", "2026-03-10 12:00"),  # set before work
    ("2026-03-10 00:00", "8 工作时", "2026-03-10 18:00"),  # set at midnight
    ("2026-03-10 14:00", "4 工作时", "2026-03-10 18:00"),  # the whole afternoon, today
    ("2026-03-10 17:30", "1 工作时", "2026-03-11 08:30"),  # half an hour of each day
    ("2026-03-10 18:00", "1 工作时", "2026-03-11 09:00"),  # set when work ends
    ("2026-03-10 23:59", "2 working hours", "2026-03-11 10:00"),  # set at night
    ("2026-03-10 10:00", "8 工作时", "2026-03-11 10:00"),  # 2 + 4 today, 2 tomorrow
    ("2026-03-10 12:00", "16 工作时", "2026-03-12 12:00"),  # 4 + 8 + 4
    ("2026-03-09 08:00", "40 工作时", "2026-03-13 18:00"),  # a whole week, Monday to Friday
    ("2026-03-13 17:00", "2 工作时", "2026-03-16 09:00"),  # Friday evening, Monday morning
    ("2026-03-14 10:00", "4 工作时", "2026-03-16 12:00"),  # set on a Saturday
    ("2026-03-15 20:00", "2 工作时", "2026-03-16 10:00"),  # set on a Sunday evening
    ("2026-03-31 17:00", "2 工作时", "2026-04-01 09:00"),  # across the end of a month
    # 工作日: each is 8 working hours, so the clock time stays
    ("2026-03-10 10:00", "1 工作日", "2026-03-11 10:00"),  # Tuesday to Wednesday
    ("2026-03-10 08:00", "1 工作日", "2026-03-10 18:00"),  # the whole of today
    ("2026-03-10 12:30", "1 工作日", "2026-03-11 12:00"),  # 4 today, 4 tomorrow morning
    ("2026-03-10 20:00", "1 工作日", "2026-03-11 18:00"),  # set at night: all of tomorrow
    ("2026-03-13 15:00", "1 工作日", "2026-03-16 15:00"),  # Friday to Monday
    ("2026-03-14 15:00", "2 工作日", "2026-03-17 18:00"),  # set on Saturday: Monday, Tuesday
    ("2026-03-12 09:30", "7 工作日", "2026-03-23 09:30"),  # 13, 16–20 are six, 23 is the seventh
    # 自然日: the day of the start is day 1; 24:00 is 0:00 of the next
    ("2026-03-10 09:00", "1 自然日", "2026-03-11 00:00"),  # 24:00 today
    ("2026-03-10 23:59", "1 自然日", "2026-03-11 00:00"),  # a minute is a day
    ("2026-03-10 00:00", "1 自然日", "2026-03-11 00:00"),  # a whole day is one too
    ("2026-03-10 09:00", "3 自然日", "2026-03-13 00:00"),  # 10, 11, 12
    ("2026-03-13 18:00", "3 天", "2026-03-16 00:00"),  # weekends count
    ("2026-03-10 09:00", "15 自然日", "2026-03-25 00:00"),  # the 24th is day 15
    ("2026-01-01 10:00", "90 自然日", "2026-04-01 00:00"),  # 31 + 28 + 31 = 90
    ("2026-02-26 09:00", "5 自然日", "2026-03-03 00:00"),  # 26, 27, 28, 1, 2: no leap year
]
HOLIDAYS = [
    # 元旦 off 1–3 January, Sunday the 4th worked; of 2025 only weekdays are known
    ("2025-12-31 16:00", "4 工作时", "2026-01-04 10:00"),  # 2 on Wednesday, 2 on Sunday
    ("2026-01-01 09:00", "1 工作日", "2026-01-04 18:00"),  # the make-up Sunday is whole
    ("2026-01-03 12:00", "2 工作时", "2026-01-04 10:00"),  # set on the last day off
    ("2026-01-04 10:00", "2 工作日", "2026-01-06 10:00"),  # Sunday, Monday, Tuesday
    ("2026-01-05 08:00", "30 工作日", "2026-02-13 18:00"),  # six weeks of five days
    # 春节 off 15–23 February; Saturdays 14 and 28 worked
    ("2026-02-13 16:00", "4 工作时", "2026-02-14 10:00"),  # Friday, then the make-up Saturday
    ("2026-02-14 16:00", "4 工作时", "2026-02-24 10:00"),  # 2, nine days off, 2
    ("2026-02-14 16:00", "1 工作日", "2026-02-24 16:00"),  # as if the 24th were tomorrow
    ("2026-02-13 09:00", "3 工作日", "2026-02-25 09:00"),  # 14, 24, 25
    ("2026-02-18 10:00", "1 工作时", "2026-02-24 09:00"),  # set in the holidays
    ("2026-02-24 08:00", "5 工作日", "2026-02-28 18:00"),  # 24–27 and Saturday the 28th
    ("2026-02-24 14:00", "5 工作日", "2026-03-02 12:00"),  # 4 h, 25–28, 4 h of Monday 2 March
    ("2026-02-28 17:30", "1 工作时", "2026-03-02 08:30"),  # Saturday, not Sunday, Monday
    ("2026-02-14 10:00", "3 自然日", "2026-02-17 00:00"),  # 14, 15, 16: holidays count
    # 清明 off 4–6 April, Saturday to Monday
    ("2026-04-03 17:00", "4 工作时", "2026-04-07 11:00"),  # 1 on Friday, 3 on Tuesday
    ("2026-04-03 15:00", "1 工作日", "2026-04-07 15:00"),  # Friday to Tuesday
    ("2026-04-05 09:00", "2 工作日", "2026-04-08 18:00"),  # Tuesday and Wednesday
    ("2026-04-04 08:00", "24 紧急工作时", "2026-04-05 08:00"),  # urgent is urgent
    # 劳动节 off 1–5 May, Saturday the 9th worked
    ("2026-04-30 11:00", "1 工作日", "2026-05-06 11:00"),  # Thursday to Wednesday
    ("2026-04-30 11:00", "3 工作日", "2026-05-08 11:00"),  # 6, 7, 8
    ("2026-04-30 11:00", "5 工作日", "2026-05-11 11:00"),  # 6–8, Saturday 9, Monday 11
    ("2026-05-08 16:00", "4 工作时", "2026-05-09 10:00"),  # Friday, then Saturday
    ("2026-05-09 16:00", "4 工作时", "2026-05-11 10:00"),  # Saturday, then Monday
    ("2026-04-28 18:00", "7 自然日", "2026-05-05 00:00"),  # 28, 29, 30, 1, 2, 3, 4
    # 端午 off 19–21 June
    ("2026-06-18 17:00", "2 工作时", "2026-06-22 09:00"),  # Thursday to Monday
    ("2026-06-18 09:30", "2 工作日", "2026-06-23 09:30"),  # Monday, Tuesday
    ("2026-06-19 23:59", "1 自然日", "2026-06-20 00:00"),  # a minute of the holiday
    # 中秋 off 25–27 September, 国庆 off 1–7 October; Sunday 20 and Saturday 10 worked
    ("2026-09-18 15:00", "1 工作日", "2026-09-20 15:00"),  # Friday to Sunday
    ("2026-09-19 10:00", "8 工作时", "2026-09-20 18:00"),  # Saturday gives nothing
    ("2026-09-24 10:00", "2 工作日", "2026-09-29 10:00"),  # 28, 29
    ("2026-09-24 10:00", "5 工作日", "2026-10-09 10:00"),  # 28, 29, 30, 8, 9
    ("2026-09-30 16:00", "4 工作时", "2026-10-08 10:00"),  # 2, seven days off, 2
    ("2026-10-09 11:00", "2 工作日", "2026-10-12 11:00"),  # Saturday 10, Monday 12
    ("2026-10-04 09:00", "3 工作日", "2026-10-10 18:00"),  # 8, 9 and Saturday 10, whole
    ("2026-09-21 08:00", "10 工作日", "2026-10-10 18:00"),  # 21–24, 28–30, 8–10
    ("2026-09-30 08:00", "3 自然日", "2026-10-03 00:00"),  # 30, 1, 2
]
ENDS = [
    # 2027 has no file: Friday 1 January counts as a weekday
    ("2026-12-31 16:00", "1 工作日", "2027-01-01 16:00"),
    ("2026-12-31 16:00", "2 工作日", "2027-01-04 16:00"),  # Monday
    ("2026-12-31 17:00", "2 工作时", "2027-01-01 09:00"),
    ("2026-12-30 10:00", "3 自然日", "2027-01-02 00:00"),  # 30, 31, 1
    # 29 February 2028 is a Tuesday
    ("2028-02-28 10:00", "48 紧急工作时", "2028-03-01 10:00"),  # 28, 29, 1
    ("2027-02-28 10:00", "48 紧急工作时", "2027-03-02 10:00"),  # without it
    ("2028-02-28 12:00", "3 自然日", "2028-03-02 00:00"),  # 28, 29, 1
    ("2028-02-29 00:00", "1 自然日", "2028-03-01 00:00"),
    ("2028-02-28 17:00", "1 工作日", "2028-02-29 17:00"),  # Monday to Tuesday
    ("2028-02-29 11:00", "2 工作日", "2028-03-02 11:00"),  # Wednesday, Thursday
    ("2028-02-29 17:00", "2 工作时", "2028-03-01 09:00"),
]
STAGES = [
    # guard, repair, restore: each begins when the one before it has ended
    (
        "2026-09-30 16:00",
        ("2 紧急工作时", "2026-09-30 18:00"),
        ("2 工作日", "2026-10-09 18:00"),  # from the evening on: all of 8 and 9 October
        ("3 自然日", "2026-10-12 00:00"),  # 9, 10, 11
    ),
    (
        "2026-02-14 17:00",
        ("2 紧急工作时", "2026-02-14 19:00"),  # into the evening
        ("4 工作时", "2026-02-24 12:00"),  # the first morning after 春节
        ("1 工作日", "2026-02-25 12:00"),  # 4 in the afternoon, 4 in the morning
    ),
    (
        "2026-05-01 00:00",
        ("30 紧急分钟", "2026-05-01 00:30"),
        ("24 紧急工作时", "2026-05-02 00:30"),
        ("5 工作日", "2026-05-11 18:00"),  # 6–8, Saturday 9, Monday 11
    ),
    (
        "2028-02-28 23:00",
        ("2 紧急工作时", "2028-02-29 01:00"),  # into the leap day
        ("1 工作日", "2028-02-29 18:00"),  # all of it
        ("2 自然日", "2028-03-02 00:00"),  # 29, 1
    ),
    (
        "2026-12-31 09:00",
        ("1 工作时", "2026-12-31 10:00"),
        ("1 工作日", "2027-01-01 10:00"),  # an unknown year: a Friday is worked
        ("1 自然日", "2027-01-02 00:00"),
    ),
]


@pytest.mark.parametrize(("start", "span", "end"), [*ORDINARY, *HOLIDAYS, *ENDS])
def test_a_limit_ends_when_the_calendar_on_the_wall_says(start: str, span: str, end: str) -> None:
    """Worked out by hand, row by row."""
    assert limit(OFFICE, start, span) == end


@pytest.mark.parametrize(("start", "guard", "repair", "restore"), STAGES)
def test_a_stage_begins_when_the_one_before_it_ends(
    start: str, guard: tuple[str, str], repair: tuple[str, str], restore: tuple[str, str]
) -> None:
    """Three limits in a row, of different kinds."""
    for span, end in (guard, repair, restore):
        start = limit(OFFICE, start, span)
        assert start == end


def test_the_table_is_long_enough_and_has_all_kinds() -> None:
    """At least sixty limits, each row another one."""
    rows = [*ORDINARY, *HOLIDAYS, *ENDS]
    assert len({(start, span) for start, span, _ in rows}) == len(rows) >= 60
    assert len({read_span(span).kind for _, span, _ in HOLIDAYS}) == 4


def test_the_year_written_by_hand_is_the_one_announced() -> None:
    """The package chinesecalendar has the announcement too."""
    known = chinese_calendar.constants
    assert YEAR_2026.holidays == {day for day in known.holidays if day.year == 2026}
    assert YEAR_2026.workdays == {day for day in known.workdays if day.year == 2026}
