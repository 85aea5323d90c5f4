"""When a case ends: today with its floor, the third day, the promised day; and quiet hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clockwork, deadlines
from casework.case import Tier
from tests.unit.casework.people import case, local, town

MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def three_days(reported: datetime) -> datetime:
    """When tier B ends, counted from a report."""
    span = clockwork.tier_span(Tier.THREE_DAYS, town())
    return clockwork.under(case(), span, reported, town()).deadline


@pytest.mark.parametrize(
    ("reported", "ends"),
    [
        (local(10, 0, 0), local(11, 0)),
        (local(10, 9), local(11, 0)),
        (local(10, 20), local(11, 0)),
        (local(10, 20, 1), local(11, 0, 1)),
        (local(10, 23, 59), local(11, 3, 59)),
    ],
)
def test_a_danger_ends_at_midnight_but_never_within_four_hours(
    reported: datetime, ends: datetime
) -> None:
    """20:00 is the last minute at which midnight is far enough."""
    assert deadlines.today(reported, town()) == ends


@pytest.mark.parametrize(
    ("reported", "ends"),
    [
        (local(10, 0, 0), local(13, 0)),
        (local(10, 9), local(13, 0)),
        (local(10, 23, 59), local(13, 0)),
        (local(11, 0, 0), local(14, 0)),
    ],
)
def test_three_days_end_at_the_midnight_of_the_third(reported: datetime, ends: datetime) -> None:
    """The day of the report is day 1."""
    assert three_days(reported) == ends


def test_a_promise_ends_at_the_midnight_of_its_day() -> None:
    """24:00, not 0:00."""
    assert deadlines.promised(date(2026, 3, 20), town()) == local(21, 0)


@given(MOMENTS)
def test_limits_are_never_closer_than_promised(at: datetime) -> None:
    """Four hours for today, two whole days for three days; both on the city's clock."""
    assert deadlines.today(at, town()) - at >= timedelta(hours=4)
    assert deadlines.today(at, town()) - at <= timedelta(hours=24)
    assert timedelta(days=2) < three_days(at) - at <= timedelta(days=3)
    assert town().local(three_days(at)).hour == 0


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (local(10, 20), local(11, 7)),
        (local(11, 3), local(11, 7)),
        (local(11, 6, 59), local(11, 7)),
    ],
)
def test_quiet_hours_run_from_eight_to_seven(moment: datetime, until: datetime) -> None:
    """The first minute is quiet."""
    assert deadlines.is_quiet(moment, town())
    assert deadlines.quiet_end(moment, town()) == until


@pytest.mark.parametrize("moment", [local(10, 19, 59), local(11, 7), local(11, 12)])
def test_the_day_is_not_quiet(moment: datetime) -> None:
    """Seven o'clock belongs to it."""
    assert not deadlines.is_quiet(moment, town())
    assert deadlines.quiet_end(moment, town()) == moment


@given(MOMENTS)
def test_the_end_of_quiet_hours_is_not_quiet_and_never_earlier(at: datetime) -> None:
    """Nor more than the quiet hours away."""
    end = deadlines.quiet_end(at, town())
    assert not deadlines.is_quiet(end, town())
    assert timedelta(0) <= end - at <= timedelta(hours=11)
