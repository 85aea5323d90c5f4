"""When a limit is reminded of: every tier, every kind of time, pauses, extensions, the night."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clockwork, nudging
from casework.case import Status, Tier
from casework.rules import Circle, Nudging
from casework.spans import Span, TimeKind
from tests.unit.casework.people import NINE, case, local, town

if TYPE_CHECKING:
    from casework.case import Case
    from casework.town import Town

A, B, C = Tier.TODAY, Tier.THREE_DAYS, Tier.PROMISED
URGENT, HOURS, WORKDAYS, DAYS = TimeKind
HALF, MOST, ALL, TWICE, THRICE = 50, 75, 100, 200, 300
POINTS = (HALF, MOST, ALL, TWICE, THRICE)


def under(tier: Tier, kind: TimeKind, amount: int, start: datetime = NINE) -> Case:
    """A case that 李强 has taken, under this limit from `start`."""
    taken = case(tier=tier, status=Status.TAKEN, claimer="repairer01", reported_at=start)
    return clockwork.under(taken, Span(kind=kind, amount=amount), start, town())


def times(one: Case, of: Town | None = None) -> dict[int, datetime]:
    """The reminders by point."""
    return dict(nudging.nudges(one, of or town()))


TABLE = [
    # Tier A, 09:00 of Tuesday the 10th to 24:00: 15 hours; never quiet.
    (A, DAYS, 1, local(10, 9), HALF, local(10, 16, 30)),
    (A, DAYS, 1, local(10, 9), MOST, local(10, 20, 15)),
    (A, DAYS, 1, local(10, 9), ALL, local(11, 0)),
    (A, DAYS, 1, local(10, 9), TWICE, local(11, 15)),
    (A, DAYS, 1, local(10, 9), THRICE, local(12, 6)),
    # Reported at 22:30, the floor of four hours reaches 02:30.
    (A, DAYS, 1, local(10, 22, 30), HALF, local(11, 0, 30)),
    (A, DAYS, 1, local(10, 22, 30), MOST, local(11, 1, 30)),
    (A, DAYS, 1, local(10, 22, 30), ALL, local(11, 2, 30)),
    (A, DAYS, 1, local(10, 22, 30), TWICE, local(11, 6, 30)),
    (A, DAYS, 1, local(10, 22, 30), THRICE, local(11, 10, 30)),
    # Two plain hours of a danger.
    (A, URGENT, 120, local(10, 23), HALF, local(11, 0)),
    (A, URGENT, 120, local(10, 23), MOST, local(11, 0, 30)),
    (A, URGENT, 120, local(10, 23), ALL, local(11, 1)),
    (A, URGENT, 120, local(10, 23), TWICE, local(11, 3)),
    (A, URGENT, 120, local(10, 23), THRICE, local(11, 5)),
    # Tier B, three days: 63 hours; what falls into the night waits for 07:00.
    (B, DAYS, 3, local(10, 9), HALF, local(11, 16, 30)),
    (B, DAYS, 3, local(10, 9), MOST, local(12, 8, 15)),
    (B, DAYS, 3, local(10, 9), ALL, local(13, 7)),
    (B, DAYS, 3, local(10, 9), TWICE, local(15, 15)),
    (B, DAYS, 3, local(10, 9), THRICE, local(18, 7)),
    # Two working hours from 11:00: the noon break and the evening do not count.
    (B, HOURS, 120, local(10, 11), HALF, local(10, 12)),
    (B, HOURS, 120, local(10, 11), MOST, local(10, 14, 30)),
    (B, HOURS, 120, local(10, 11), ALL, local(10, 15)),
    (B, HOURS, 120, local(10, 11), TWICE, local(10, 17)),
    (B, HOURS, 120, local(10, 11), THRICE, local(11, 9)),
    # Two working days from Thursday 10:00: the weekend does not count.
    (B, WORKDAYS, 2, local(12, 10), HALF, local(13, 10)),
    (B, WORKDAYS, 2, local(12, 10), MOST, local(13, 16)),
    (B, WORKDAYS, 2, local(12, 10), ALL, local(16, 10)),
    (B, WORKDAYS, 2, local(12, 10), TWICE, local(18, 10)),
    (B, WORKDAYS, 2, local(12, 10), THRICE, local(20, 10)),
    # Six plain hours of a small case, begun at 13:00: the evening is quiet.
    (B, URGENT, 360, local(10, 13), HALF, local(10, 16)),
    (B, URGENT, 360, local(10, 13), MOST, local(10, 17, 30)),
    (B, URGENT, 360, local(10, 13), ALL, local(10, 19)),
    (B, URGENT, 360, local(10, 13), THRICE, local(11, 7)),
    # Tier C: eight days, 183 hours.
    (C, DAYS, 8, local(10, 9), HALF, local(14, 7)),
    (C, DAYS, 8, local(10, 9), MOST, local(16, 7)),
    (C, DAYS, 8, local(10, 9), ALL, local(18, 7)),
    (C, DAYS, 8, local(10, 9), TWICE, local(25, 15)),
]


@pytest.mark.parametrize(("tier", "kind", "amount", "start", "point", "told"), TABLE)
def test_each_point_comes_at_its_own_moment(
    tier: Tier, kind: TimeKind, amount: int, start: datetime, point: int, told: datetime
) -> None:
    """Worked out by hand."""
    assert times(under(tier, kind, amount, start))[point] == told


def test_of_points_that_fall_together_the_limit_is_said_and_then_the_later_one() -> None:
    """A small case of 13:00, six hours: twice (01:00) and three times (07:00) are both 07:00."""
    told = times(under(B, URGENT, 360, local(10, 13)))
    assert TWICE not in told
    assert told[THRICE] == local(11, 7)
    brief = times(under(A, URGENT, 40))
    assert list(brief) == [HALF, ALL, TWICE, THRICE], "three quarters are ten minutes before"
    night = times(under(B, URGENT, 60, local(10, 19, 30)))
    assert night == {ALL: local(11, 7)}, "all points but the limit are in the same night"


def test_nothing_is_said_while_the_clock_stands() -> None:
    """In the joint check, while it is put off, and once it has ended."""
    running = under(B, DAYS, 3)
    stands = clockwork.stopped(running, local(11, 9), town())
    assert times(stands) == {}
    assert times(replace(stands, status=Status.CHECKING)) == {}
    assert times(replace(stands, suspended_until=local(20, 0).date())) == {}
    for status in (Status.CLOSED, Status.REFUSED, Status.WITHDRAWN):
        assert times(replace(running, status=status)) == {}


def test_a_limit_that_goes_on_is_reminded_of_at_what_is_left() -> None:
    """Stopped for a day: every point lies a day later."""
    running = under(B, DAYS, 3)
    stopped = clockwork.stopped(running, local(11, 9), town())
    resumed = clockwork.resumed(stopped, local(12, 9), town())
    assert times(resumed)[HALF] == local(12, 16, 30)
    assert times(resumed)[MOST] == local(13, 8, 15)


def test_an_extended_limit_is_reminded_of_at_fractions_of_the_whole() -> None:
    """63 and 72 hours are 135; half of that is 67.5."""
    longer = clockwork.extended(under(B, DAYS, 3), town())
    assert times(longer) == {
        HALF: local(13, 7),
        MOST: local(14, 14, 15),
        ALL: local(16, 7),
        TWICE: local(21, 15),
        THRICE: local(27, 7),
    }


def test_a_reminder_holds_until_its_limit_is_moved_or_mended() -> None:
    """As it is looked at again when it is about to be said."""
    running = under(B, DAYS, 3)
    at = times(running)[HALF]
    assert nudging.passed(running, HALF, at, town())
    assert not nudging.passed(clockwork.extended(running, town()), HALF, at, town())
    assert not nudging.passed(clockwork.stopped(running, at, town()), HALF, at, town())
    assert not nudging.passed(replace(running, status=Status.CLOSED), HALF, at, town())


def test_an_office_may_set_other_points() -> None:
    """Each tier its own."""
    rules = town().rules
    own = Nudging(points=(90, 150), circles=(Circle.REPAIRER, Circle.LEADER))
    other = replace(town(), rules=replace(rules, nudges=replace(rules.nudges, b=own)))
    assert times(under(B, URGENT, 600, local(10, 8)), other) == {
        90: local(10, 17),
        150: local(11, 7),
    }
    assert set(times(under(A, DAYS, 1), other)) == set(POINTS)


LIMITS = st.one_of(
    st.tuples(st.sampled_from([URGENT, HOURS]), st.integers(1, 10_000)),
    st.tuples(st.sampled_from([WORKDAYS, DAYS]), st.integers(1, 60)),
)


@given(
    tier=st.sampled_from(list(Tier)),
    limit=LIMITS,
    minutes=st.integers(0, 60 * 24 * 30),
)
def test_reminders_are_apart_in_order_and_never_before_their_limit_begins(
    tier: Tier, limit: tuple[TimeKind, int], minutes: int
) -> None:
    """Whatever the limit; by day for all but dangers; the one at the limit is never left out."""
    start = NINE + timedelta(minutes=minutes)
    one = under(tier, *limit, start)
    told = nudging.nudges(one, town())
    assert [at for _, at in told] == sorted(at for _, at in told)
    assert all(later - at >= timedelta(minutes=15) for (_, at), (_, later) in pairwise(told))
    assert all(at > start for _, at in told)
    assert ALL in dict(told)
    if tier is not A:
        assert all(7 <= town().local(at).hour < 20 for _, at in told)
