"""The laws of the arithmetic of time, on random moments, spans, towns and interruptions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from casework.spans import Span, TimeKind
from casework.worktime import WORKING, WorkTime
from tests.unit.casework.worktimes import NIGHTS_NEW_YORK, OFFICE, OFFICE_BERLIN

NOTHING = timedelta(0)
INSTANT = timedelta(microseconds=1)
towns = st.sampled_from([OFFICE, OFFICE_BERLIN, NIGHTS_NEW_YORK])
FIRST = datetime(2025, 12, 1, tzinfo=UTC)
moments = st.timedeltas(NOTHING, timedelta(days=850)).map(lambda since: FIRST + since)
kinds = st.sampled_from(TimeKind)
lengths = st.timedeltas(timedelta(days=-12), timedelta(days=12))
pauses = st.timedeltas(NOTHING, timedelta(days=20))
spans = st.one_of(
    st.builds(
        Span,
        kind=st.sampled_from([TimeKind.URGENT, TimeKind.HOURS]),
        amount=st.integers(1, 5 * 24 * 60),
    ),
    st.builds(
        Span,
        kind=st.sampled_from([TimeKind.WORKDAYS, TimeKind.DAYS]),
        amount=st.integers(1, 40),
    ),
)


@given(towns, moments, spans)
def test_what_was_added_is_measured(work: WorkTime, start: datetime, span: Span) -> None:
    """Of every kind; backwards it is the same with a minus."""
    end = work.add(start, span)
    assert work.measure(span.kind, start, end) == span.amount
    assert work.measure(span.kind, end, start) == -span.amount


@given(towns, moments, spans, st.integers(1, 100))
def test_a_longer_span_never_ends_earlier(
    work: WorkTime, start: datetime, span: Span, more: int
) -> None:
    """It even ends later."""
    longer = Span(kind=span.kind, amount=span.amount + more)
    assert work.add(start, span) < work.add(start, longer)


@given(towns, moments, spans, pauses)
def test_a_later_start_never_ends_earlier(
    work: WorkTime, start: datetime, span: Span, later: timedelta
) -> None:
    """Whatever lies between: nights, holidays, changed clocks."""
    assert work.add(start, span) <= work.add(start + later, span)


@given(towns, moments, spans)
def test_a_limit_lies_after_its_start_and_is_in_utc(
    work: WorkTime, start: datetime, span: Span
) -> None:
    """Asked in the town's zone or in UTC, it is the same."""
    end = work.add(start, span)
    assert end > start
    assert end.tzinfo is UTC
    assert work.add(start.astimezone(work.zone), span) == end


@given(towns, kinds, moments, moments, moments)
def test_time_that_passes_adds_up(
    work: WorkTime, kind: TimeKind, first: datetime, second: datetime, third: datetime
) -> None:
    """In any order; backwards it is taken away again."""
    through = work.passed(kind, first, second) + work.passed(kind, second, third)
    assert work.passed(kind, first, third) == through
    assert work.passed(kind, second, first) == -work.passed(kind, first, second)


@given(towns, kinds, moments, lengths)
def test_a_shift_lets_exactly_so_much_time_pass(
    work: WorkTime, kind: TimeKind, moment: datetime, by: timedelta
) -> None:
    """Forwards and backwards, and not an instant more."""
    found = work.shift(kind, moment, by)
    assert found.tzinfo is UTC
    assert work.passed(kind, moment, found) == by
    if by:
        assert work.passed(kind, moment, found - INSTANT) < by


@given(towns, kinds, moments, lengths, lengths)
def test_two_shifts_are_one(
    work: WorkTime, kind: TimeKind, moment: datetime, first: timedelta, second: timedelta
) -> None:
    """To the same instant; there and back again ends up to idle time where it began."""
    twice = work.shift(kind, work.shift(kind, moment, first), second)
    if first + second or not first:
        assert twice == work.shift(kind, moment, first + second)
    else:
        assert twice <= moment
        assert work.passed(kind, twice, moment) == NOTHING
        assert twice == moment or kind in WORKING


@given(
    towns,
    moments,
    spans,
    st.lists(st.tuples(pauses, pauses), max_size=6),
)
def test_pausing_and_resuming_neither_loses_nor_wins_time(
    work: WorkTime, start: datetime, span: Span, breaks: list[tuple[timedelta, timedelta]]
) -> None:
    """At whatever moments and however often, also after the limit: what ran is what was given."""
    kind, deadline, ran = span.kind, work.add(start, span), NOTHING
    given_time = work.passed(kind, start, deadline)
    for on, off in breaks:
        stop = start + on
        ran += work.passed(kind, start, stop)
        left = work.passed(kind, stop, deadline)
        start = stop + off
        deadline = work.shift(kind, start, left)
    assert ran + work.passed(kind, start, deadline) == given_time


@given(towns, moments, spans, st.lists(pauses, min_size=1, max_size=4))
def test_a_pause_never_brings_a_limit_forward(
    work: WorkTime, start: datetime, span: Span, breaks: list[timedelta]
) -> None:
    """Each pause before the limit puts it off, or leaves it where it was."""
    deadline = work.add(start, span)
    for off in breaks:
        moment = start + (deadline - start) / 2
        left = work.passed(span.kind, moment, deadline)
        put_off = work.shift(span.kind, moment + off, left)
        assert put_off >= deadline
        deadline = put_off


@given(towns, moments, spans, st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_the_points_of_a_limit_come_in_their_order(
    work: WorkTime, start: datetime, span: Span, percents: list[int]
) -> None:
    """50 % before 75 %, and all of it at the limit: counted back from there."""
    deadline = work.add(start, span)
    budget = work.passed(span.kind, start, deadline)
    shares = sorted(percents)
    points = [work.shift(span.kind, deadline, -budget * (100 - n) / 100) for n in shares]
    assert list(accumulate(points, max)) == points
    assert points[-1] <= deadline
    assert work.shift(span.kind, deadline, NOTHING) == deadline
