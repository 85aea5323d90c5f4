"""六步闭环: whatever people do in whatever order, no step is skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from casework import events
from casework.case import Status
from casework.sixsteps import Step, done
from casework.transitions import TABLE
from tests.unit.casework.people import standing
from tests.unit.casework.test_walks import STEPS, Steps, walk

if TYPE_CHECKING:
    from casework.case import Case

PROOFS = {
    Step.DISPATCHED: (events.CaseClaimed,),
    Step.HANDLED: (events.ClosureSubmitted,),
    Step.CLOSED: (events.KeyTurned, events.KeyTurned, events.CaseClosed),
}
"""What must have happened, in this order, before a step is done."""


@given(STEPS)
def test_no_sequence_of_commands_skips_a_step(steps: Steps) -> None:
    """Each step that is done has what proves it behind it, and that of the steps before it."""
    happened: list[type[events.Event]] = []
    for _, decision in walk(steps):
        happened += [type(event) for event in decision.events]
        reached = done(decision.case)
        owed = [proof for step, proofs in PROOFS.items() if step <= reached for proof in proofs]
        assert is_within(owed, happened), (reached, happened)


def is_within(owed: list[type[events.Event]], happened: list[type[events.Event]]) -> bool:
    """Whether all of these happened, in this order."""
    rest = iter(happened)
    return all(any(event is proof for event in rest) for proof in owed)


@given(STEPS)
def test_a_step_is_taken_forwards_one_by_one_or_back_to_the_repair(steps: Steps) -> None:
    """The after-photo of an untaken case takes it first; a rework or hand-over goes back."""
    for was, decision in walk(steps):
        before, after = done(was), done(decision.case)
        claimed = any(isinstance(event, events.CaseClaimed) for event in decision.events)
        assert after - before <= 1 + claimed
        if after is Step.CLOSED:
            assert before is Step.HANDLED


def test_every_open_status_is_before_the_close() -> None:
    """Only 已结案 is closed; only 待查验 is handled."""
    reached: dict[Status, Case] = {status: standing(status) for status, _ in TABLE}
    assert {status: done(case) for status, case in reached.items()} == {
        Status.WAITING: Step.REPORTED,
        Status.TAKEN: Step.DISPATCHED,
        Status.REPAIRING: Step.DISPATCHED,
        Status.CHECKING: Step.HANDLED,
        Status.REWORK: Step.DISPATCHED,
    }
