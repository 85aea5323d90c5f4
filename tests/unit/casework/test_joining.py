"""并案 in the rules of a case: what is silent, what goes on, and what speaks again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework import commands, refusals
from casework.agenda import Kind, agenda
from casework.case import Case, Release, Status, Tier
from casework.joining import may_follow
from tests.unit.casework.people import act, after, case, local, standing, town

MAIN = "XC-20260310-0009"
JOIN = commands.Join(main=MAIN)
DELIVERED = {"delivered_at": local(10, 9)}


def kinds(one: Case) -> set[Kind]:
    """What falls due for a case."""
    return {entry.kind for entry in agenda(one, town())}


def test_a_joined_case_keeps_its_limit_and_loses_its_reminders() -> None:
    """The mark comes at the limit as ever; ladder, nudges and sign are the main case's."""
    alone = case(**DELIVERED)
    joined = after(alone, JOIN, act("supervisor01"))
    assert {Kind.LADDER, Kind.NUDGE, Kind.OVERDUE, Kind.SIGN} <= kinds(alone)
    assert kinds(joined) == {Kind.OVERDUE}
    assert (joined.deadline, joined.status) == (alone.deadline, Status.WAITING)
    assert joined.release is Release.SUPERVISOR


def test_a_joined_case_is_checked_like_any_other() -> None:
    """A waiting check is reminded of."""
    checked = after(standing(Status.CHECKING), JOIN, act("supervisor01"))
    assert kinds(checked) == kinds(standing(Status.CHECKING))


def test_the_end_of_the_main_case_starts_the_ladder_anew() -> None:
    """From that moment, not from the report."""
    joined = after(case(**DELIVERED, ladder=2), JOIN, act("supervisor01"))
    awake = after(joined, commands.Follow(), act("", at=local(10, 15)))
    assert (awake.ladder, awake.delivered_at) == (0, local(10, 15))
    assert Kind.LADDER in kinds(awake)
    silent = after(awake, commands.Follow(on=True), act("", at=local(10, 15)))
    assert kinds(silent) == {Kind.OVERDUE}


def test_a_case_raised_to_danger_speaks_for_itself() -> None:
    """Silence is only for what is no more urgent than the main case."""
    joined = after(case(**DELIVERED), JOIN, act("supervisor01"))
    raised = after(joined, commands.SetTier(tier=Tier.TODAY), act("officer01"))
    assert raised.main == MAIN
    assert {Kind.LADDER, Kind.NUDGE} <= kinds(raised)
    danger = case(tier=Tier.TODAY)
    assert may_follow(danger, danger)
    assert not may_follow(danger, case())
    assert may_follow(case(), danger)
    assert not may_follow(case(), replace(case(), status=Status.CLOSED))


def test_a_case_is_joined_to_one_main_case_that_is_no_joined_one() -> None:
    """No chains: a main case is joined to none, a joined one leads none."""
    supervisor = act("supervisor01")
    joined = after(case(), JOIN, supervisor)
    with pytest.raises(refusals.NothingChanged):
        after(joined, JOIN, supervisor)
    with pytest.raises(refusals.NothingChanged):
        after(case(), commands.Join(main=case().number), supervisor)
    with pytest.raises(refusals.JoinedCase):
        after(joined, commands.Lead(cases=(MAIN,)), supervisor)
    main = after(case(), commands.Lead(cases=(MAIN,)), supervisor)
    with pytest.raises(refusals.MainCase):
        after(main, JOIN, supervisor)
    apart = after(joined, commands.Part(), supervisor)
    assert (apart.main, apart.follows) == ("", False)


@pytest.mark.parametrize("who", ["officer01", "repairer01", "manager_east"])
def test_only_a_supervisor_joins_cases(who: str) -> None:
    """A person decides, and that person is accountable."""
    with pytest.raises(refusals.NotYours):
        after(case(), JOIN, act(who))


def test_the_after_photo_may_say_that_it_is_a_stopgap() -> None:
    """The mark holds until the close; a rework asks anew."""
    mended = after(standing(Status.TAKEN), commands.Submit(stopgap=True), act("repairer01"))
    assert mended.stopgap
    again = after(mended, commands.Rework(), act("officer01"))
    assert not again.stopgap
    off = after(mended, commands.MarkStopgap(on=False), act("repairer01"))
    assert not off.stopgap
    with pytest.raises(refusals.NothingChanged):
        after(off, commands.MarkStopgap(on=False), act("repairer01"))
