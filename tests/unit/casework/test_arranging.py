"""Refusal, withdrawal and hand-over, decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework import commands, refusals
from casework.case import Status
from casework.decide import decide
from tests.unit.casework.people import act, after, case, standing

ASKED: dict[str, Any] = {
    "hours_asked": True,
    "promise_asked": date(2026, 3, 20),
    "refusal_asked": "not-ours",
}


def test_an_ended_case_leaves_nothing_to_answer() -> None:
    """However it ends: a supervisor is not asked about what is over."""
    waiting = case(**ASKED)
    half = replace(standing(Status.CHECKING), patrol_key="officer01", **ASKED)
    ended = (
        after(waiting, commands.Withdraw(), act("officer01")),
        after(waiting, commands.Refuse(reason="not-ours"), act("supervisor01")),
        after(half, commands.Pass(), act("repairer01")),
    )
    for one in ended:
        assert not one.open
        assert (one.hours_asked, one.promise_asked, one.refusal_asked) == (False, None, "")


def test_a_manager_hands_over_inside_the_own_company_alone() -> None:
    """Also while the place, and with it the company, is unknown; a supervisor anywhere."""
    unplaced = case(grid=None, company="", repairer="", officer="")
    with pytest.raises(refusals.WrongPerson):
        decide(unplaced, commands.HandOver(person="repairer06"), act("manager_east"))
    inside = after(unplaced, commands.HandOver(person="repairer02"), act("manager_east"))
    assert (inside.repairer, inside.company) == ("repairer02", "east")
    anywhere = after(case(), commands.HandOver(person="repairer06"), act("supervisor01"))
    assert anywhere.repairer == "repairer06"
