"""How long to wait before trying again."""

from __future__ import annotations

from datetime import timedelta

from delivery.retry import FETCH_MOST, fetch_delay, send_delay


def test_sending_waits_twice_as_long_each_time_up_to_a_minute() -> None:
    """1, 2, 4 … 60 s."""
    waits = [send_delay(failures).total_seconds() for failures in range(1, 10)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_failure_without_a_count_waits_a_second() -> None:
    """A desk that counts from zero does no harm."""
    assert send_delay(0) == timedelta(seconds=1)


def test_fetching_waits_longer_and_longer_up_to_ten_minutes() -> None:
    """1 s, 5 s, 30 s, 2 min, 10 min, then always 10 min."""
    waits = [fetch_delay(failures) for failures in range(1, 8)]
    seconds = [wait.total_seconds() for wait in waits if wait is not None]
    assert seconds == [1, 5, 30, 120, 600, 600, 600]


def test_fetching_gives_up_after_a_day() -> None:
    """All waits together stay within 24 h, and nearly fill them."""
    waited = timedelta()
    failures = 1
    while (wait := fetch_delay(failures)) is not None:
        waited += wait
        failures += 1
    assert FETCH_MOST - timedelta(minutes=10) < waited <= FETCH_MOST
