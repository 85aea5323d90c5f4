"""Limits and checks, decided: 今天修不完, hours, promises, tiers, lateness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from casework import clockwork, commands, events, refusals
from casework.case import Status, Tier
from casework.decide import decide
from tests.unit.casework.people import NINE, act, after, case, local, standing, town

SINKHOLE = "2015"
DANGER = replace(
    case(tier=Tier.TODAY), status=Status.TAKEN, claimer="repairer01", claimed_at=local(10, 9, 10)
)
"""Of nine in the morning, taken, and to be mended by 24:00."""


def test_a_danger_given_up_keeps_its_limit_until_the_hours_are_granted() -> None:
    """Then it ends that many hours after the answer."""
    asked = after(DANGER, commands.GiveUpToday(), act("repairer01"))
    assert asked.hours_asked
    assert (asked.tier, asked.deadline) == (Tier.TODAY, local(11, 0))
    for hours in (2, 6, 12, 24):
        granted = after(asked, commands.GrantHours(hours=hours), act("supervisor01", local(10, 20)))
        assert granted.tier is Tier.TODAY
        assert (granted.deadline - local(10, 20)).total_seconds() == hours * 3600
    with pytest.raises(refusals.NothingAsked):
        decide(asked, commands.GrantHours(hours=48), act("supervisor01"))


def test_the_hours_of_a_staged_danger_are_those_of_the_repair() -> None:
    """Its guarding gets no more time; one that was late stays counted."""
    guard = replace(
        clockwork.by_rule(case(category=SINKHOLE, tier=Tier.TODAY), NINE, town()),
        status=Status.TAKEN,
        claimer="repairer01",
        hours_asked=True,
    )
    for hour, late in ((10, False), (12, True)):
        given = after(guard, commands.GrantHours(hours=24), act("supervisor01", local(10, hour)))
        assert (given.stage, given.deadline) == ("repair", local(11, hour))
        assert given.stage_late is late


def test_three_days_given_up_ask_no_hours() -> None:
    """Only the warning sign."""
    given = after(standing(Status.TAKEN), commands.GiveUpToday(), act("repairer01"))
    assert not given.hours_asked
    assert given.not_today is not None


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2026, 3, 9), refusals.DateInPast),
        (date(2025, 3, 20), refusals.DateInPast),
        (date(2027, 3, 11), refusals.DateTooFar),
        (date(2036, 3, 10), refusals.DateTooFar),
    ],
)
def test_a_promise_lies_ahead_and_within_a_year(day: date, refused: type[refusals.Refusal]) -> None:
    """Past dates and those over a year away are refused."""
    with pytest.raises(refused):
        decide(DANGER, commands.AskPromise(day=day, reason="permits"), act("repairer01"))


@pytest.mark.parametrize("day", [date(2026, 3, 10), date(2026, 3, 11), date(2027, 3, 10)])
def test_a_promise_within_the_year_is_asked_for(day: date) -> None:
    """From today to the same day of next year."""
    asked = after(DANGER, commands.AskPromise(day=day, reason="permits"), act("repairer01"))
    assert asked.promise_asked == day
    assert asked.deadline == DANGER.deadline


def test_the_same_promise_is_asked_for_once() -> None:
    """A second press on the same date asks nobody again."""
    ask = commands.AskPromise(day=date(2026, 4, 1), reason="permits")
    with pytest.raises(refusals.AlreadyYours):
        decide(after(DANGER, ask, act("repairer01")), ask, act("repairer01"))


def test_a_promise_needs_a_reason() -> None:
    """An empty one is none."""
    with pytest.raises(refusals.ReasonNeeded):
        decide(DANGER, commands.AskPromise(day=date(2026, 4, 1), reason="  "), act("repairer01"))


def test_a_withdrawn_promise_falls_back_to_three_days_from_then_and_counts() -> None:
    """Each withdrawal is counted."""
    promised = replace(DANGER, promise_asked=date(2026, 3, 31))
    promised = after(promised, commands.AnswerPromise(agree=True), act("supervisor01"))
    assert promised.tier is Tier.PROMISED
    assert promised.deadline == local(31, 23, 59) + timedelta(minutes=1)
    back = after(promised, commands.WithdrawPromise(), act("supervisor02", local(20, 12)))
    assert (back.tier, back.deadline) == (Tier.THREE_DAYS, local(23, 0))
    assert back.promises_withdrawn == 1


def test_only_a_supervisor_makes_it_less_urgent() -> None:
    """More urgent by anyone on the case."""
    down = commands.SetTier(tier=Tier.THREE_DAYS)
    for who in ("officer01", "repairer01", "standby_east", "manager_east"):
        with pytest.raises(refusals.SupervisorOnly):
            decide(DANGER, down, act(who))
        up = after(standing(Status.TAKEN), commands.SetTier(tier=Tier.TODAY), act(who))
        assert up.tier is Tier.TODAY
    assert after(DANGER, down, act("supervisor01")).tier is Tier.THREE_DAYS


RAISE = commands.SetTier(tier=Tier.TODAY)


def test_what_becomes_more_urgent_when_it_was_late_stays_counted_as_late() -> None:
    """One tap gives it a limit to run, not the excuse; whether it was marked yet or not."""
    taken = standing(Status.TAKEN)
    for late in (taken, replace(taken, overdue=True)):
        raised = after(late, RAISE, act("repairer01", local(13, 10)))
        assert (raised.deadline, raised.overdue, raised.stage_late) == (local(14, 0), False, True)


def test_what_becomes_more_urgent_has_no_more_time_than_before() -> None:
    """Late on its last day the floor of a danger would lead beyond 24:00."""
    taken = standing(Status.TAKEN)
    raised = after(taken, RAISE, act("repairer01", local(12, 22, 30)))
    assert raised.deadline == taken.deadline == local(13, 0)
    assert not raised.stage_late


def test_a_danger_has_a_day_at_most() -> None:
    """Another limit of a supervisor's, too; three days may become seven."""
    for hours in (2, 24):
        soon = local(10, 9) + timedelta(hours=hours)
        given = after(DANGER, commands.SetDeadline(deadline=soon), act("supervisor01"))
        assert given.deadline == soon
    later = commands.SetDeadline(deadline=local(17, 9))
    with pytest.raises(refusals.DateTooFar):
        decide(DANGER, later, act("supervisor01"))
    assert after(standing(Status.TAKEN), later, act("supervisor01")).deadline == local(17, 9)


def test_nobody_sets_a_promise_as_a_tier() -> None:
    """It needs a date and an answer."""
    with pytest.raises(refusals.NothingChanged):
        decide(DANGER, commands.SetTier(tier=Tier.PROMISED), act("supervisor01"))


def test_words_never_lower_the_tier() -> None:
    """A danger in them raises it at any time."""
    calm = after(DANGER, commands.AddWords(words="不危险"), act("officer01"))
    assert calm.tier is Tier.TODAY
    raised = after(
        standing(Status.TAKEN), commands.AddWords(words="危险", danger=True), act("officer01")
    )
    assert raised.tier is Tier.TODAY


@pytest.mark.parametrize(
    ("at", "now", "marks"),
    [
        (local(10, 23, 59), local(10, 23, 59), set()),
        (local(11, 0), local(11, 0), set()),
        (local(11, 0, 1), local(11, 0, 1), {"overdue"}),
        (local(10, 23, 59), local(11, 9), {"late_entry"}),
        (local(11, 0, 1), local(11, 9), {"overdue"}),
    ],
)
def test_an_after_photo_is_judged_by_its_own_time(
    at: datetime, now: datetime, marks: set[str]
) -> None:
    """In time but handled late, because the bot was away: 补录."""
    sent = after(DANGER, commands.Submit(), act("repairer01", at, now))
    assert {mark for mark in ("overdue", "late_entry") if getattr(sent, mark)} == marks


def test_the_round_that_passes_decides() -> None:
    """Mended in time, failed, mended late: late. While it was checked, its clock stood."""
    first = after(DANGER, commands.Submit(), act("repairer01", local(10, 12)))
    again = after(first, commands.Rework(), act("officer01", local(10, 13)))
    assert (again.status, again.round) == (Status.REWORK, 1)
    assert again.deadline == local(11, 1), "an hour later, as the check took one"
    for hour, on_time in ((1, True), (2, False)):
        second = after(again, commands.Submit(), act("repairer01", local(11, hour)))
        half = after(second, commands.Pass(), act("officer01", local(11, 3)))
        decision = decide(half, commands.Pass(), act("repairer01", local(11, 3)))
        assert decision.case.on_time is on_time
        assert decision.events[-1] == events.CaseClosed(on_time=on_time)


def test_the_keys_are_of_two_people_and_of_this_round() -> None:
    """One person never turns both; an old round's key is out of date."""
    check = standing(Status.CHECKING)
    half = after(check, commands.Pass(), act("officer01"))
    with pytest.raises(refusals.AlreadyYours):
        decide(half, commands.Pass(), act("officer01"))
    with pytest.raises(refusals.KeyTurned):
        decide(half, commands.Pass(), act("supervisor01"))
    with pytest.raises(refusals.Outdated):
        decide(replace(check, round=1), commands.Pass(round=0), act("officer01"))
    with pytest.raises(refusals.Outdated):
        decide(replace(check, round=1), commands.Rework(round=0), act("officer01"))
    swapped = case(status=Status.CHECKING, patrol_key="repairer01", claimer="repairer01")
    with pytest.raises(refusals.OnePersonTwoKeys):
        decide(swapped, commands.Pass(), act("repairer01"))
