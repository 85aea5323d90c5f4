"""Who may do what, by how one stands to the case: the table of the rules, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import commands
from casework.case import Status
from casework.decide import decide
from casework.permissions import PATROL_KEY, REPAIR_KEY, relations
from casework.refusals import NotYours, Refusal
from tests.unit.casework.people import SAMPLES, act, case, standing, town

if TYPE_CHECKING:
    from casework.commands import Command

EVERYONE = set(town().roster.people)
SUPERVISORS = {"supervisor01", "supervisor02"}
CREW = {"repairer01", "standby_east", "manager_east"}
PATROL = {"officer01", *SUPERVISORS}

ALLOWED: tuple[tuple[Status, type[Command], set[str]], ...] = (
    (Status.WAITING, commands.Claim, CREW),
    (Status.TAKEN, commands.Begin, CREW),
    (Status.TAKEN, commands.PlaceSign, CREW),
    (Status.TAKEN, commands.Submit, CREW),
    (Status.TAKEN, commands.SetCategory, {"officer01", "repairer01", *SUPERVISORS}),
    (Status.TAKEN, commands.SetPlace, {"officer01", "repairer01", *SUPERVISORS}),
    (Status.TAKEN, commands.SetTier, {"officer01", *CREW, *SUPERVISORS}),
    (Status.TAKEN, commands.SetDeadline, SUPERVISORS),
    (Status.TAKEN, commands.GiveUpToday, CREW),
    (Status.TAKEN, commands.AskPromise, CREW),
    (Status.TAKEN, commands.AnswerPromise, SUPERVISORS),
    (Status.TAKEN, commands.WithdrawPromise, SUPERVISORS),
    (Status.TAKEN, commands.GrantHours, SUPERVISORS),
    (Status.TAKEN, commands.Refuse, SUPERVISORS),
    (Status.TAKEN, commands.AskRefusal, {"manager_east"}),
    (Status.TAKEN, commands.DeclineRefusal, SUPERVISORS),
    (Status.TAKEN, commands.HandOver, {"manager_east", *SUPERVISORS}),
    (Status.WAITING, commands.Withdraw, {"officer01"}),
    (Status.CHECKING, commands.Pass, PATROL | CREW),
    (Status.CHECKING, commands.Rework, PATROL),
    (Status.WAITING, commands.ReleaseScene, SUPERVISORS),
    (Status.WAITING, commands.ClaimFor, SUPERVISORS),
    (Status.WAITING, commands.GiveUpToday, CREW - {"repairer01"}),
)


@pytest.mark.parametrize(("status", "command", "allowed"), ALLOWED)
def test_an_act_is_for_these_people_and_no_others(
    status: Status, command: type[Command], allowed: set[str]
) -> None:
    """Everybody of the town tries."""
    may = set()
    for who in EVERYONE:
        try:
            decide(standing(status), SAMPLES[command], act(who))
        except NotYours:
            continue
        except Refusal:
            may.add(who)
        else:
            may.add(who)
    assert may == allowed


def test_a_refusal_names_those_who_may_in_the_order_people_expect() -> None:
    """The tagged repairer first, then stand-in, then manager."""
    with pytest.raises(NotYours) as refused:
        decide(case(), commands.Claim(), act("officer01"))
    assert refused.value.who == ("repairer01", "standby_east", "manager_east")


@given(
    reporter=st.sampled_from(sorted(EVERYONE)),
    claimer=st.sampled_from(["", *sorted(EVERYONE)]),
    person=st.sampled_from(sorted(EVERYONE)),
)
def test_nobody_ever_holds_both_keys(reporter: str, claimer: str, person: str) -> None:
    """Whoever reported and whoever took it."""
    one = case(reporter=reporter, claimer=claimer)
    held = relations(one, town().roster.people[person], town().roster)
    assert not (held & PATROL_KEY and held & REPAIR_KEY)


def test_a_repairers_own_find_gives_the_patrol_key_to_others() -> None:
    """The finder corrects and withdraws it, but never checks it for the patrol."""
    found = case(reporter="repairer01", claimer="repairer01", company_patrol=True)
    held = relations(found, town().roster.people["repairer01"], town().roster)
    assert not held & PATROL_KEY
    officer = relations(found, town().roster.people["officer01"], town().roster)
    assert officer & PATROL_KEY
