"""What falls due is a pure function of the case: same case, same rows; gone cause, gone row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import claiming
from casework.agenda import Kind, agenda
from casework.case import Case, Release, Status, Tier
from casework.claiming import next_step
from casework.nudging import runs
from casework.refusals import Refusal
from casework.rules import Circle, Climb
from tests.unit.casework.people import NINE, SAMPLES, act, after, case, local, standing, town

if TYPE_CHECKING:
    from casework import commands

Times = dict[str, datetime]


def times(one: Case) -> Times:
    """The agenda, by kind; of the reminders by kind and point."""
    return {
        f"nudge-{entry.step}" if entry.kind is Kind.NUDGE else entry.kind.value: entry.at
        for entry in agenda(one, town())
    }


def test_the_ladder_counts_from_the_cards_delivery() -> None:
    """Half, three quarters and all of ten minutes, twice and three times."""
    waiting = case(tier=Tier.TODAY)
    assert "ladder" not in times(waiting)
    card = local(10, 9, 2)
    for done, minutes in ((0, 5), (1, 7.5), (2, 10), (3, 20), (4, 30)):
        told = replace(waiting, delivered_at=card, ladder=done)
        assert times(told)["ladder"] == card + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("told", "again"),
    [((9, 30), (9, 45)), ((9, 32), (9, 45)), ((9, 37), (9, 45)), ((9, 38), (10, 0))],
)
def test_what_is_said_again_is_said_at_the_quarters(
    told: tuple[int, int], again: tuple[int, int]
) -> None:
    """A quarter of an hour later, at the nearest quarter of the clock: all cases together."""
    first = local(10, *told)
    waiting = case(tier=Tier.TODAY, delivered_at=NINE, ladder=5, ladder_at=first)
    assert times(waiting)["ladder"] == local(10, *again)


def test_each_tier_may_climb_at_its_own_pace() -> None:
    """A danger twice as fast, and the leader hears of it with the second step."""
    climb = Climb(
        claim=timedelta(minutes=4), points=(50, 100), circles=(Circle.STANDBY, Circle.LEADER)
    )
    rules = replace(town().rules, ladder=replace(town().rules.ladder, a=climb))
    fast = replace(town(), rules=rules)
    danger = case(tier=Tier.TODAY, delivered_at=NINE)
    assert claiming.upcoming(danger, fast) == (1, local(10, 9, 2))
    told = replace(danger, ladder=1, ladder_at=local(10, 9, 2))
    assert claiming.upcoming(told, fast) == (2, local(10, 9, 4))
    assert claiming.circle_of(told, 2, fast) is Circle.LEADER
    again = replace(danger, ladder=2, ladder_at=local(10, 9, 4))
    assert claiming.upcoming(again, fast) == (3, local(10, 9, 15))
    assert claiming.circle_of(again, 3, fast) is Circle.SUPERVISOR
    assert claiming.upcoming(case(delivered_at=NINE), fast) == (1, local(10, 9, 5))


def test_after_a_time_away_all_steps_whose_time_has_passed_are_told_at_once() -> None:
    """One at least, and no further than the last point."""
    waiting = case(delivered_at=NINE)
    assert claiming.overdue_steps(waiting, 1, local(10, 9, 11), town()) == (1, 2, 3)
    assert claiming.overdue_steps(waiting, 1, local(11, 9), town()) == (1, 2, 3, 4, 5)
    assert claiming.overdue_steps(waiting, 4, local(10, 9, 6), town()) == (4,)
    assert claiming.overdue_steps(waiting, 9, local(11, 9), town()) == (9,)


def test_a_release_by_a_supervisor_ends_the_rounds_of_the_supervisors() -> None:
    """They know; who must come first is still told."""
    waiting = case(delivered_at=NINE, ladder=3, ladder_at=NINE, release=Release.SUPERVISOR)
    assert "ladder" not in times(waiting)
    assert "ladder" in times(replace(waiting, ladder=2))
    assert "ladder" in times(replace(waiting, ladder=1))


def test_the_ladder_skips_those_who_were_tagged_from_the_start() -> None:
    """A stand-in for one who is away, and nobody at all."""
    assert next_step(case(), town()) == 1
    assert next_step(case(repairer="standby_east"), town()) == 2
    assert next_step(case(repairer=""), town()) == 2


def test_a_night_case_of_three_days_waits_for_the_morning() -> None:
    """Its ladder starts at 07:00; a danger's does not wait."""
    late = local(10, 22)
    night = case(reported_at=late, release=Release.NIGHT, delivered_at=late)
    assert times(night)["ladder"] == local(11, 7, 5)
    danger = case(reported_at=late, tier=Tier.TODAY, delivered_at=late)
    assert times(danger)["ladder"] == local(10, 22, 5)


def test_the_sign_is_asked_for_at_six_of_the_first_day_only() -> None:
    """Missing at 24:00; not when it stands."""
    three = times(standing(Status.TAKEN))
    assert three["sign"] == local(10, 18)
    assert three["sign_missing"] == local(11, 0)
    guarded = times(replace(standing(Status.TAKEN), sign_at=local(10, 12)))
    assert not {"sign", "sign_missing"} & set(guarded)


def test_the_sign_is_never_missed_before_it_was_asked_for() -> None:
    """Reported in the evening it is asked for in the morning, and missed the midnight after."""
    evening = times(case(reported_at=local(10, 21)))
    assert evening["sign"] == local(11, 7)
    assert evening["sign_missing"] == local(12, 0)
    late = times(case(reported_at=local(10, 19)))
    assert late["sign"] == local(10, 19, 15)
    assert late["sign_missing"] == local(11, 0)


def test_a_withdrawn_promise_asks_for_the_sign_on_its_own_first_day() -> None:
    """Not on the day of the report, which may be weeks ago."""
    back = case(promises_withdrawn=1, deadline=local(23, 0))
    assert times(back)["sign"] == local(20, 18)
    assert times(back)["sign_missing"] == local(21, 0)


def test_a_waiting_check_has_its_own_clock() -> None:
    """30 min, 2 h, and 21:00 for a danger; the repair is no longer owed."""
    checking = standing(Status.CHECKING)
    assert times(checking) == {
        "check_patrol": local(10, 10, 30),
        "check_supervisor": local(10, 12),
    }
    danger = times(replace(checking, tier=Tier.TODAY))
    assert danger["check_evening"] == local(10, 21)
    late = replace(checking, tier=Tier.TODAY, submitted_at=local(10, 22))
    assert "check_evening" not in times(late)


def test_an_ended_case_has_no_agenda() -> None:
    """Whatever was due."""
    for status in (Status.CLOSED, Status.REFUSED, Status.WITHDRAWN):
        assert agenda(standing(status), town()) == ()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(SAMPLES, key=lambda one: one.__name__)),
        st.sampled_from(["officer01", "repairer01", "manager_east", "supervisor01", ""]),
        st.integers(min_value=0, max_value=600),
    ),
    max_size=12,
)


def walked(steps: list[tuple[type[commands.Command], str, int]]) -> list[Case]:
    """The cases that a random afternoon leads through."""
    cases, at = [case(delivered_at=NINE)], NINE
    for command, who, minutes in steps:
        at += timedelta(minutes=minutes)
        try:
            cases.append(after(cases[-1], SAMPLES[command], act(who, at)))
        except Refusal:
            continue
    return cases


@given(STEPS)
def test_the_agenda_is_pure_and_each_row_has_a_key_of_its_own(
    steps: list[tuple[type[commands.Command], str, int]],
) -> None:
    """Going back to an earlier state brings back exactly its rows."""
    for one in walked(steps):
        entries = agenda(one, town())
        assert entries == agenda(replace(one, version=one.version + 7), town())
        keys = [entry.key for entry in entries]
        assert len(keys) == len(set(keys))
        assert list(entries) == sorted(entries, key=lambda e: (e.at, e.kind))


@given(STEPS)
def test_reminders_keep_their_distance_and_their_place(
    steps: list[tuple[type[commands.Command], str, int]],
) -> None:
    """None before the report, none closer than 15 minutes; each limit is owed while it is open."""
    for one in walked(steps):
        entries = agenda(one, town())
        nudges = sorted(entry.at for entry in entries if entry.kind is Kind.NUDGE)
        assert all(at > one.reported_at for at in nudges)
        gaps = [later - earlier for earlier, later in pairwise(nudges)]
        assert all(gap >= timedelta(minutes=15) for gap in gaps)
        marks = [entry for entry in entries if entry.kind is Kind.OVERDUE]
        assert len(marks) == (runs(one) and not one.overdue)


@given(STEPS)
def test_no_way_leads_from_danger_to_a_later_limit_without_a_supervisor(
    steps: list[tuple[type[commands.Command], str, int]],
) -> None:
    """Whatever officers, repairers, managers and the clock do."""
    one, at = case(tier=Tier.TODAY), NINE
    limit = one.deadline
    for command, who, minutes in steps:
        at += timedelta(minutes=minutes)
        if who == "supervisor01":
            continue
        try:
            one = after(one, SAMPLES[command], act(who or "standby_east", at))
        except Refusal:
            continue
        assert one.tier is Tier.TODAY
        assert one.deadline == limit
