"""延期 and 挂账, decided: who may not have more time, and what remains when it is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework import clockwork, commands, refusals
from casework.agenda import Kind, agenda
from casework.case import Case, Status, Tier
from casework.decide import decide
from tests.unit.casework.people import act, after, case, local, standing, town

EXTEND = commands.AskExtension(reason="materials")
SUSPEND = commands.AskSuspension(day=date(2026, 3, 20), reason="permits")
TAKEN = standing(Status.TAKEN)
DANGER = replace(TAKEN, tier=Tier.TODAY)
AWAY = replace(TAKEN, suspended_until=date(2026, 3, 20), left=timedelta(hours=5))


@pytest.mark.parametrize(
    ("one", "command", "refused"),
    [
        (DANGER, EXTEND, refusals.DangerNotPutOff),
        (DANGER, SUSPEND, refusals.DangerNotPutOff),
        (replace(TAKEN, tier=Tier.PROMISED), EXTEND, refusals.PromiseInstead),
        (replace(TAKEN, extensions=2), EXTEND, refusals.ExtensionsUsed),
        (replace(TAKEN, suspensions=1), SUSPEND, refusals.SuspensionsUsed),
        (replace(TAKEN, overdue=True), EXTEND, refusals.LimitPassed),
        (replace(TAKEN, deadline=local(10, 8)), SUSPEND, refusals.LimitPassed),
        (AWAY, EXTEND, refusals.ClockStands),
        (AWAY, SUSPEND, refusals.ClockStands),
        (replace(TAKEN, extension_asked=True), EXTEND, refusals.AnswerAwaited),
        (replace(TAKEN, suspend_asked=SUSPEND.day), SUSPEND, refusals.AnswerAwaited),
        (TAKEN, commands.AskExtension(reason=" "), refusals.ReasonNeeded),
        (TAKEN, replace(SUSPEND, reason=""), refusals.ReasonNeeded),
        (TAKEN, replace(SUSPEND, day=date(2026, 3, 10)), refusals.DateInPast),
        (TAKEN, replace(SUSPEND, day=date(2027, 3, 11)), refusals.DateTooFar),
        (TAKEN, commands.Resume(), refusals.NotSuspended),
        (TAKEN, commands.AnswerExtension(agree=True), refusals.NothingAsked),
        (TAKEN, commands.AnswerSuspension(agree=True), refusals.NothingAsked),
    ],
)
def test_each_no_has_its_own_reason(
    one: Case, command: commands.Command, refused: type[refusals.Refusal]
) -> None:
    """So that its words can say what to do instead."""
    answers = {commands.AnswerExtension, commands.AnswerSuspension}
    who = "supervisor01" if type(command) in answers else "repairer01"
    with pytest.raises(refused):
        decide(one, command, act(who))


@pytest.mark.parametrize("who", ["repairer01", "standby_east", "manager_east"])
def test_the_repair_side_asks_and_a_supervisor_answers(who: str) -> None:
    """Until then the limit stands; agreed, it is the whole limit longer."""
    asked = after(TAKEN, EXTEND, act(who, local(12, 23)))
    assert (asked.deadline, asked.extensions) == (TAKEN.deadline, 0)
    declined = after(asked, commands.AnswerExtension(agree=False), act("supervisor01"))
    assert (declined.deadline, declined.extensions) == (TAKEN.deadline, 0)
    agreed = after(asked, commands.AnswerExtension(agree=True), act("supervisor02"))
    assert (agreed.deadline, agreed.extensions) == (local(16, 0), 1)
    assert agreed.budget == TAKEN.budget + timedelta(days=3)


def test_a_limit_that_passed_while_the_answer_waited_is_open_again() -> None:
    """It was asked for in time; where even the longer limit has passed, it stays overdue."""
    asked = replace(after(TAKEN, EXTEND, act("repairer01")), overdue=True)
    agree = commands.AnswerExtension(agree=True)
    assert not after(asked, agree, act("supervisor01", local(13, 9))).overdue
    assert after(asked, agree, act("supervisor01", local(17, 9))).overdue


def test_another_limit_leaves_nothing_of_an_extension_to_answer() -> None:
    """改时限, hours, another tier, a suspension: what was asked was about the old one."""
    asked = after(TAKEN, EXTEND, act("repairer01"))
    by = act("supervisor01")
    for command in (
        commands.SetDeadline(deadline=local(20, 12)),
        commands.SetTier(tier=Tier.TODAY),
    ):
        assert not after(asked, command, by).extension_asked
    put_off = after(
        after(asked, SUSPEND, act("repairer01")), commands.AnswerSuspension(agree=True), by
    )
    assert not put_off.extension_asked
    assert not after(asked, commands.Submit(), act("repairer01")).extension_asked


def test_a_suspended_case_has_no_limit_ahead_but_its_day() -> None:
    """Neither reminders nor the mark; the warning sign is owed all the same."""
    put_off = after(
        after(TAKEN, SUSPEND, act("repairer01")),
        commands.AnswerSuspension(agree=True),
        act("supervisor01"),
    )
    kinds = {entry.kind: entry.at for entry in agenda(put_off, town())}
    assert set(kinds) == {Kind.RESUME, Kind.SIGN, Kind.SIGN_MISSING}
    assert kinds[Kind.RESUME] == local(20, 0)
    with pytest.raises(refusals.NothingChanged):
        decide(put_off, commands.MarkOverdue(), act("", local(14, 0)))
    again = after(put_off, commands.Resume(), act("", local(20, 0)))
    assert again.deadline == local(22, 15)
    assert (again.left, again.suspended_until) == (None, None)


def test_a_limit_by_a_supervisor_ends_a_suspension() -> None:
    """改时限, a danger, a promise: the clock runs."""
    asked = replace(AWAY, promise_asked=date(2026, 3, 30))
    for command in (
        commands.SetDeadline(deadline=local(20, 12)),
        commands.SetTier(tier=Tier.TODAY),
        commands.AnswerPromise(agree=True),
    ):
        running = after(asked, command, act("supervisor01"))
        assert (running.left, running.suspended_until) == (None, None)


def test_inside_the_company_a_suspension_goes_along_and_ends_for_another() -> None:
    """The same unit keeps the rest, another starts anew."""
    inside = after(AWAY, commands.HandOver(person="repairer02"), act("manager_east"))
    assert (inside.left, inside.suspended_until) == (AWAY.left, AWAY.suspended_until)
    other = after(AWAY, commands.HandOver(person="repairer06"), act("supervisor01", local(12, 9)))
    assert (other.left, other.suspended_until) == (None, None)
    assert other.deadline == local(15, 0)


def test_a_date_that_has_come_while_it_waited_cannot_be_agreed_to() -> None:
    """The supervisor is told so, and may decline."""
    asked = after(TAKEN, SUSPEND, act("repairer01"))
    late = act("supervisor01", local(20, 9))
    with pytest.raises(refusals.DateInPast):
        decide(asked, commands.AnswerSuspension(agree=True), late)
    assert after(asked, commands.AnswerSuspension(agree=False), late).suspend_asked is None


def test_a_danger_whose_category_has_its_own_limit_may_be_extended() -> None:
    """Eight hours are no whole day: the stage of a burst main is given once more."""
    one = replace(
        clockwork.by_rule(case(category="2094", tier=Tier.TODAY), local(10, 9), town()),
        status=Status.TAKEN,
        claimer="repairer01",
    )
    asked = after(one, EXTEND, act("repairer01", local(10, 10)))
    agreed = after(asked, commands.AnswerExtension(agree=True), act("supervisor01"))
    assert agreed.deadline == local(10, 15)


def test_a_limit_that_passed_before_the_suspension_stays_passed() -> None:
    """Mended while the clock stands, the case is as late as it was."""
    asked = after(TAKEN, SUSPEND, act("repairer01", local(12, 23)))
    late = after(asked, commands.MarkOverdue(), act("", local(13, 0)))
    away = after(late, commands.AnswerSuspension(agree=True), act("supervisor01", local(13, 9)))
    assert after(away, commands.Submit(), act("repairer01", local(14, 9))).overdue
    in_time = after(asked, commands.AnswerSuspension(agree=True), act("supervisor01"))
    assert not after(in_time, commands.Submit(), act("repairer01", local(14, 9))).overdue


def test_what_one_company_asked_for_is_not_given_to_another() -> None:
    """The new one has the limit from its beginning, and asks for itself."""
    promise = commands.AskPromise(day=date(2026, 4, 1), reason="materials")
    asked = after(after(TAKEN, SUSPEND, act("repairer01")), promise, act("repairer01"))
    hand = commands.HandOver(person="repairer06")
    other = after(asked, hand, act("supervisor01"))
    assert (other.suspend_asked, other.promise_asked) == (None, None)
    inside = after(asked, commands.HandOver(person="repairer02"), act("manager_east"))
    assert (inside.suspend_asked, inside.promise_asked) == (SUSPEND.day, promise.day)
