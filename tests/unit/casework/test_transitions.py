"""Every status with every command: in the table it may happen, outside it refuses loudly."""

from __future__ import annotations

import pytest

from casework import commands
from casework.case import OPEN, Status
from casework.decide import decide
from casework.refusals import CaseEnded, NotNow, NotYours, Refusal
from casework.transitions import TABLE
from tests.unit.casework.people import SAMPLES, act, standing, town

PAIRS = [(status, command) for status in Status for command in SAMPLES]
UNKNOWN = [pair for pair in PAIRS if pair not in TABLE]
KNOWN = [pair for pair in PAIRS if pair in TABLE]


def test_every_command_has_a_sample() -> None:
    """So that a new command cannot slip past these tests."""
    named = {one for one in vars(commands).values() if isinstance(one, type)}
    assert {one for one in named if issubclass(one, commands.Command)} - {commands.Command} == set(
        SAMPLES
    )


@pytest.mark.parametrize(("status", "command"), UNKNOWN)
def test_a_pair_outside_the_table_refuses_whoever_asks(
    status: Status, command: type[commands.Command]
) -> None:
    """Even a supervisor and the clock; an ended case says that it is over."""
    wanted = NotNow if status in OPEN else CaseEnded
    for who in ("", "officer01", "repairer01", "manager_east", "supervisor01"):
        with pytest.raises(wanted):
            decide(standing(status), SAMPLES[command], act(who))


@pytest.mark.parametrize(("status", "command"), KNOWN)
def test_a_pair_of_the_table_knows_who_may(status: Status, command: type[commands.Command]) -> None:
    """Somebody who has nothing to do with the case is refused by name of those who may."""
    if TABLE[status, command].who is None:
        return
    for who in ("officer02", "repairer06", "standby_west", "leader01", "clerk01"):
        with pytest.raises(NotYours) as refused:
            decide(standing(status), SAMPLES[command], act(who))
        assert refused.value.who
        assert who not in refused.value.who


@pytest.mark.parametrize(("status", "command"), KNOWN)
def test_a_pair_of_the_table_is_not_refused_for_its_status(
    status: Status, command: type[commands.Command]
) -> None:
    """By those who may: it happens, or says what else stands in the way."""
    for person in town().roster.people:
        try:
            decision = decide(standing(status), SAMPLES[command], act(person))
        except CaseEnded:
            pytest.fail("an open case has not ended")
        except NotNow:
            assert command is commands.Withdraw
        except Refusal:
            continue
        else:
            assert decision.events


def test_an_ended_case_knows_no_command_at_all() -> None:
    """已结案, 退单 and 撤回 are ends."""
    assert {status for status, _ in TABLE} == OPEN
