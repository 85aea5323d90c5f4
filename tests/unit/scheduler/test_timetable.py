"""The daily things on the city's clock, in a zone without and in one with summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.digests import Digests
from casework.rules import Reminders
from casework.workcalendar import WorkCalendar
from scheduler.timetable import CronTimetable
from usecases.beats import Beat, beats

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = WorkCalendar()
BEATS = beats(Reminders(), Digests())
HERE = CronTimetable(SHANGHAI, BEATS, WEEKDAYS.works)
ABROAD = CronTimetable(BERLIN, BEATS, WEEKDAYS.works)


def at(zone: ZoneInfo, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 on a zone's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


def test_each_kind_falls_due_at_its_own_hours() -> None:
    """Filing 17:00, list of the night 22:00, batches 11:30 and 16:00."""
    nine = at(SHANGHAI, 3, 10, 9)
    assert HERE.after("filing", nine) == at(SHANGHAI, 3, 10, 17)
    assert HERE.after("overnight", nine) == at(SHANGHAI, 3, 10, 22)
    assert HERE.after("batch", nine) == at(SHANGHAI, 3, 10, 11, 30)
    assert HERE.after("batch", at(SHANGHAI, 3, 10, 12)) == at(SHANGHAI, 3, 10, 16)
    assert HERE.after("batch", at(SHANGHAI, 3, 10, 16, 1)) == at(SHANGHAI, 3, 11, 11, 30)


def test_answers_are_in_utc() -> None:
    """Whatever zone was asked in."""
    assert HERE.after("filing", at(SHANGHAI, 3, 10, 9)).tzinfo is UTC
    assert HERE.before("filing", at(SHANGHAI, 3, 10, 9)).tzinfo is UTC


def test_after_is_later_and_before_is_earlier_than_the_moment_itself() -> None:
    """A digest at 17:00 sharp has a window that ends now, and the next one is tomorrow's."""
    five = at(SHANGHAI, 3, 10, 17)
    assert HERE.after("filing", five) == at(SHANGHAI, 3, 11, 17)
    assert HERE.before("filing", five) == at(SHANGHAI, 3, 9, 17)
    assert HERE.after("filing", five - timedelta(microseconds=1)) == five
    assert HERE.before("filing", five + timedelta(microseconds=1)) == five


@pytest.mark.parametrize("timetable", [HERE, ABROAD])
@pytest.mark.parametrize("kind", ["meet", "filing", "overnight", "batch"])
def test_windows_follow_each_other_without_gap(timetable: CronTimetable, kind: str) -> None:
    """Over a whole year, each moment's predecessor is the one it came from."""
    moment = at(SHANGHAI, 1, 1, 0)
    for _ in range(400):
        following = timetable.after(kind, moment)
        assert timetable.before(kind, timetable.after(kind, following)) == following
        moment = following


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 28, 23), (10, 24, 25)])
def test_where_clocks_change_the_hour_stays_and_the_day_is_shorter_or_longer(
    month: int, day: int, hours: int
) -> None:
    """17:00 is 17:00 on both sides of the change."""
    first = ABROAD.after("filing", at(BERLIN, month, day, 12))
    second = ABROAD.after("filing", first)
    assert first == at(BERLIN, month, day, 17)
    assert second.astimezone(BERLIN).hour == 17
    assert second - first == timedelta(hours=hours)


def test_an_hour_that_comes_twice_is_said_once() -> None:
    """At the end of summer time 02:30 comes twice: one digest."""
    timetable = CronTimetable(BERLIN, {"filing": [Beat(time(2, 30))]}, WEEKDAYS.works)
    moment, days = at(BERLIN, 10, 23, 12), []
    for _ in range(4):
        moment = timetable.after("filing", moment)
        days.append(moment.astimezone(BERLIN).day)
    assert days == [24, 25, 26, 27]


def test_an_hour_that_does_not_come_is_made_up_for() -> None:
    """At the start of summer time 02:30 is left out; the next days have theirs."""
    timetable = CronTimetable(BERLIN, {"filing": [Beat(time(2, 30))]}, WEEKDAYS.works)
    moment, days = at(BERLIN, 3, 27, 12), []
    for _ in range(3):
        moment = timetable.after("filing", moment)
        days.append(moment.astimezone(BERLIN).day)
    assert days == [28, 29, 30]


def test_the_week_s_digest_comes_on_mondays_alone() -> None:
    """Asked on a Tuesday, or at its own second."""
    monday = at(SHANGHAI, 3, 16, 8, 30)
    assert HERE.after("week", at(SHANGHAI, 3, 10, 9)) == monday
    assert HERE.after("week", monday) == at(SHANGHAI, 3, 23, 8, 30)
    assert HERE.before("week", monday) == at(SHANGHAI, 3, 9, 8, 30)


@pytest.mark.parametrize(
    ("month", "day"), [(1, 4), (2, 2), (5, 6), (6, 1), (8, 3), (10, 8), (11, 2)]
)
def test_the_month_s_digest_comes_on_the_first_working_day(month: int, day: int) -> None:
    """2026: a make-up Sunday after New Year; May Day and the week of October come first."""
    calendar = WorkCalendar(
        holidays=frozenset(
            {date(2026, 1, n) for n in (1, 2, 3)}
            | {date(2026, 5, n) for n in range(1, 6)}
            | {date(2026, 10, n) for n in range(1, 8)}
        ),
        workdays=frozenset({date(2026, 1, 4)}),
        years=frozenset({2026}),
    )
    timetable = CronTimetable(SHANGHAI, BEATS, calendar.works)
    due = at(SHANGHAI, month, day, 8, 30)
    assert timetable.after("month", due.replace(day=1, hour=0)) == due
    later = timetable.after("month", due)
    assert later.astimezone(SHANGHAI).month == month % 12 + 1
    assert timetable.before("month", later) == due
