"""The daily things on the city's clock, in a zone without and in one with summer time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.rules import Reminders
from scheduler.timetable import CronTimetable
from usecases.daily import clocks

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
HERE = CronTimetable(SHANGHAI, clocks(Reminders()))
ABROAD = CronTimetable(BERLIN, clocks(Reminders()))


def at(zone: ZoneInfo, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 on a zone's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


def test_each_kind_falls_due_at_its_own_hours() -> None:
    """Digest 17:00, list of the night 22:00, batches 11:30 and 16:00."""
    nine = at(SHANGHAI, 3, 10, 9)
    assert HERE.after("digest", nine) == at(SHANGHAI, 3, 10, 17)
    assert HERE.after("overnight", nine) == at(SHANGHAI, 3, 10, 22)
    assert HERE.after("batch", nine) == at(SHANGHAI, 3, 10, 11, 30)
    assert HERE.after("batch", at(SHANGHAI, 3, 10, 12)) == at(SHANGHAI, 3, 10, 16)
    assert HERE.after("batch", at(SHANGHAI, 3, 10, 16, 1)) == at(SHANGHAI, 3, 11, 11, 30)


def test_answers_are_in_utc() -> None:
    """Whatever zone was asked in."""
    assert HERE.after("digest", at(SHANGHAI, 3, 10, 9)).tzinfo is UTC
    assert HERE.before("digest", at(SHANGHAI, 3, 10, 9)).tzinfo is UTC


def test_after_is_later_and_before_is_earlier_than_the_moment_itself() -> None:
    """A digest at 17:00 sharp has a window that ends now, and the next one is tomorrow's."""
    five = at(SHANGHAI, 3, 10, 17)
    assert HERE.after("digest", five) == at(SHANGHAI, 3, 11, 17)
    assert HERE.before("digest", five) == at(SHANGHAI, 3, 9, 17)
    assert HERE.after("digest", five - timedelta(microseconds=1)) == five
    assert HERE.before("digest", five + timedelta(microseconds=1)) == five


@pytest.mark.parametrize("timetable", [HERE, ABROAD])
@pytest.mark.parametrize("kind", ["digest", "overnight", "batch"])
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
    first = ABROAD.after("digest", at(BERLIN, month, day, 12))
    second = ABROAD.after("digest", first)
    assert first == at(BERLIN, month, day, 17)
    assert second.astimezone(BERLIN).hour == 17
    assert second - first == timedelta(hours=hours)


def test_an_hour_that_comes_twice_is_said_once() -> None:
    """At the end of summer time 02:30 comes twice: one digest."""
    timetable = CronTimetable(BERLIN, {"digest": [time(2, 30)]})
    moment, days = at(BERLIN, 10, 23, 12), []
    for _ in range(4):
        moment = timetable.after("digest", moment)
        days.append(moment.astimezone(BERLIN).day)
    assert days == [24, 25, 26, 27]


def test_an_hour_that_does_not_come_is_made_up_for() -> None:
    """At the start of summer time 02:30 is left out; the next days have theirs."""
    timetable = CronTimetable(BERLIN, {"digest": [time(2, 30)]})
    moment, days = at(BERLIN, 3, 27, 12), []
    for _ in range(3):
        moment = timetable.after("digest", moment)
        days.append(moment.astimezone(BERLIN).day)
    assert days == [28, 29, 30]
