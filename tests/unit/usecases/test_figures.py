"""The figures, worked out by hand on small windows, and at the edges of each definition."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from casework.case import Source, Status, Tier
from tests.unit.casework.people import case, local, town
from usecases.digest_views import Tally
from usecases.figures import DIMENSIONS, Window, breakdown, tally

if TYPE_CHECKING:
    from casework.case import Case

SECOND = timedelta(seconds=1)
FIVE = local(10, 17)
DAY = Window(since=local(9, 17), until=FIVE, town=town())
"""The window of the filing of Tuesday, 10 March 2026."""
WEEK = Window(since=local(2, 0), until=local(9, 0), town=town())
"""Monday to Sunday."""


def closed(at: datetime, *, on_time: bool = True, **changes: Any) -> Case:
    """A case of 9:00 that was taken at 9:10 and mended an hour before its close."""
    done = {
        "status": Status.CLOSED,
        "claimer": "repairer01",
        "claimed_at": local(10, 9, 10),
        "submitted_at": at - timedelta(hours=1),
        "closed_at": at,
        "on_time": on_time,
    }
    return case(**{**done, **changes})


def of(*cases: Case, window: Window = DAY) -> Tally:
    """The figures of these cases."""
    return tally(window, cases)


def rates(figures: Tally) -> tuple[tuple[int, int], ...]:
    """结案率, 按期结案率, 延期率, 返工率 as fractions."""
    parts = (figures.closed, figures.on_time, figures.extended, figures.reworked)
    return tuple((part, figures.owed) for part in parts)


def test_a_day_worked_out_by_hand() -> None:
    """Four reported; three closed, one of them late, one after a rework; a danger is open."""
    figures = of(
        closed(local(10, 11)),
        closed(local(10, 12), on_time=False, claimed_at=local(10, 9, 20)),
        closed(local(10, 16), round=1, extensions=1, claimed_at=local(10, 9, 40)),
        case(tier=Tier.TODAY),
    )
    assert figures == Tally(
        reported=4,
        filed=4,
        dispatched=4,
        own=0,
        claimed=3,
        claim=20 * 60,
        closed=3,
        mend=2 * 3600,
        owed=4,
        on_time=2,
        extended=1,
        reworked=1,
        open=1,
        overdue=0,
        overnight=0,
    )
    assert rates(figures) == ((3, 4), (2, 4), (1, 4), (1, 4))


def test_nothing_counts_to_nothing() -> None:
    """And has no medians."""
    figures = of()
    assert rates(figures) == ((0, 0),) * 4
    assert (figures.claim, figures.mend) == (None, None)
    assert figures.empty


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        (local(9, 17) - SECOND, False),
        (local(9, 17), True),
        (FIVE - SECOND, True),
        (FIVE, False),
        (FIVE + SECOND, False),
    ],
)
def test_what_happens_on_the_hour_belongs_to_the_next_window(
    at: datetime, *, counted: bool
) -> None:
    """Reports, claims and closes alike."""
    early = local(1, 9)
    assert of(case(reported_at=at)).reported == counted
    assert of(case(reported_at=early, claimed_at=at, status=Status.TAKEN)).claimed == counted
    assert of(closed(at, reported_at=early)).closed == counted


def test_a_refused_or_withdrawn_case_was_reported_and_nothing_else() -> None:
    """Also where it had been taken, and where its limit has passed."""
    void = {"closed_at": local(10, 10), "claimed_at": local(10, 9, 10), "deadline": local(10, 12)}
    figures = of(
        case(status=Status.REFUSED, tier=Tier.TODAY, **void),
        case(status=Status.WITHDRAWN, **void),
    )
    assert figures == replace(of(), reported=2)


def test_a_case_refused_after_the_window_was_still_in_it() -> None:
    """The figures say how things stood at its end."""
    figures = of(case(status=Status.REFUSED, closed_at=FIVE, tier=Tier.TODAY))
    assert (figures.filed, figures.open, figures.owed) == (1, 1, 1)


def test_owed_is_what_was_closed_and_what_is_due_by_the_end_of_the_last_day() -> None:
    """24:00 of the day counts, a minute later does not; a far limit closed early counts."""
    midnight = local(11, 0)
    assert of(case(deadline=midnight)).owed == 1
    assert of(case(deadline=midnight + SECOND)).owed == 0
    assert of(closed(local(10, 12), deadline=local(30, 0))).owed == 1
    assert of(closed(local(9, 16), reported_at=local(9, 9), deadline=midnight)).owed == 0


def test_a_window_that_ends_at_midnight_ends_its_last_day_then() -> None:
    """What is due on Monday is not of the week before."""
    sunday, monday = local(9, 0), local(10, 0)
    assert WEEK.day_end == sunday
    assert of(case(reported_at=local(7, 9), deadline=sunday), window=WEEK).owed == 1
    assert of(case(reported_at=local(7, 9), deadline=monday), window=WEEK).owed == 0


def test_a_case_that_waits_for_its_check_is_owed_and_not_closed() -> None:
    """Mended in time it is not overdue, but it is not closed either."""
    waiting = case(status=Status.CHECKING, submitted_at=local(10, 10), deadline=local(10, 12))
    figures = of(waiting)
    assert (figures.owed, figures.closed, figures.overdue) == (1, 0, 0)
    assert not DAY.due(waiting)
    assert of(replace(waiting, submitted_at=local(10, 13))).overdue == 1


def test_overdue_is_a_limit_that_passed_while_the_repair_was_owed() -> None:
    """At its very moment it has passed."""
    assert of(case(deadline=FIVE)).overdue == 1
    assert of(case(deadline=FIVE + SECOND)).overdue == 0
    assert DAY.due(case(deadline=FIVE + SECOND))
    assert not DAY.due(case(deadline=FIVE))
    assert of(closed(local(10, 12), on_time=False, deadline=local(10, 11))).overdue == 0


def test_a_case_that_was_closed_later_was_open_then() -> None:
    """Mended before the end of the window it is judged by that."""
    later = closed(local(10, 18), deadline=local(10, 12))
    assert of(replace(later, submitted_at=local(10, 11))).overdue == 0
    assert of(replace(later, submitted_at=local(10, 13))).overdue == 1
    assert of(replace(later, submitted_at=local(10, 17, 30))).overdue == 1
    assert of(later).open == 1


def test_a_suspended_case_owes_nothing_until_its_day() -> None:
    """挂账: it is open, and neither owed nor overdue."""
    day = local(31, 0).date()
    figures = of(case(status=Status.TAKEN, deadline=local(10, 12), suspended_until=day))
    assert (figures.open, figures.owed, figures.overdue) == (1, 0, 0)


@pytest.mark.parametrize(
    ("reported", "ended", "counted"),
    [
        (local(10, 9), None, 0),
        (local(9, 12), None, 1),
        (local(9, 12), local(9, 23, 59), 0),
        (local(9, 12), local(10, 0), 1),
        (local(9, 23, 59), local(10, 0, 1), 1),
        (local(5, 9), None, 1),
    ],
)
def test_overnight_is_a_danger_that_was_open_at_midnight(
    reported: datetime, ended: datetime | None, counted: int
) -> None:
    """Closed at 23:59 it did not stay; other tiers may."""
    status = Status.CLOSED if ended else Status.WAITING
    one = case(tier=Tier.TODAY, reported_at=reported, closed_at=ended, status=status)
    assert of(one).overnight == counted
    assert of(replace(one, tier=Tier.THREE_DAYS)).overnight == 0


def test_the_last_midnight_of_a_week_is_the_week_s() -> None:
    """The night from Sunday to Monday."""
    sunday = case(tier=Tier.TODAY, reported_at=local(8, 22))
    assert of(sunday, window=WEEK).overnight == 1
    before = case(tier=Tier.TODAY, reported_at=local(1, 12))
    assert (
        of(replace(before, status=Status.CLOSED, closed_at=local(2, 0)), window=WEEK).overnight == 0
    )


def test_what_a_company_found_itself_needs_nobody_to_take_it() -> None:
    """自查: counted of its own, not among the claims."""
    found = case(source=Source.COMPANY, company_patrol=True, claimed_at=local(10, 9))
    figures = of(replace(found, status=Status.TAKEN), case())
    assert (figures.own, figures.filed, figures.claimed) == (1, 2, 0)


def test_a_case_without_a_place_is_not_dispatched() -> None:
    """立案 without 派遣."""
    figures = of(case(company="", grid=None))
    assert (figures.filed, figures.dispatched) == (1, 0)


@pytest.mark.parametrize(
    ("minutes", "seconds"), [([5], 300), ([4, 5], 270), ([1, 2, 60], 120), ([0, 0], 0)]
)
def test_the_time_to_claim_is_a_median(minutes: list[int], seconds: int) -> None:
    """Of an even number, the mean of the two middle ones; one slow claim spoils nothing."""
    nine = local(10, 9)
    taken = [
        case(status=Status.TAKEN, claimed_at=nine + timedelta(minutes=minute)) for minute in minutes
    ]
    assert of(*taken).claim == seconds


def test_half_a_second_is_rounded_up() -> None:
    """Whole seconds, half up."""
    nine = local(10, 9)
    taken = [case(status=Status.TAKEN, claimed_at=nine + SECOND * n) for n in (1, 2)]
    assert of(*taken).claim == 2


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_breakdown_adds_up(dimension: str) -> None:
    """Each case stands in one row; medians apart."""
    cases = [
        closed(local(10, 11)),
        closed(local(10, 12), grid=7, company="west", category="tree"),
        case(tier=Tier.TODAY, source=Source.INSPECTION),
        case(grid=None, company="", reported_at=local(8, 9), tier=Tier.TODAY),
    ]
    parts = breakdown(DAY, cases, dimension)
    whole = of(*cases).pack()
    for name in whole.keys() - {"claim", "mend"}:
        assert sum(part.pack()[name] for part in parts.values()) == whole[name]


def test_rows_with_nothing_to_tell_are_left_out() -> None:
    """A case closed a week ago makes no row."""
    old = closed(local(3, 9), reported_at=local(2, 9), claimed_at=local(2, 10))
    assert breakdown(DAY, [old], "grid") == {}


def test_a_day_of_the_summer_time_change_ends_at_its_own_midnight() -> None:
    """In a city with summer time, the day has 23 hours."""
    berlin = replace(town(), zone=ZoneInfo("Europe/Berlin"))
    until = datetime(2026, 3, 29, 17, tzinfo=berlin.zone)
    window = Window(since=until - timedelta(days=1), until=until, town=berlin)
    assert window.day_end == datetime(2026, 3, 30, 0, tzinfo=berlin.zone)
