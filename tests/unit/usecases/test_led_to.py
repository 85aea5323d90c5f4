"""Where a history leads: the auditor holds a case's state against it."""

from __future__ import annotations

from typing import Any

import pytest

from casework.case import Status
from tests.unit.messages.cast import history
from usecases.auditing.history_checks import led_to

REPORTED = history("CaseReported")
CLAIMED = history("CaseClaimed")
SUBMITTED = history("ClosureSubmitted")
STAGE = history("StageFinished")


def undone(to: Status) -> Any:
    """撤销."""
    return history("PressUndone", back_to=to.value)


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        ((), set()),
        ((REPORTED,), {Status.WAITING}),
        ((REPORTED, history("WordsAdded")), {Status.WAITING}),
        ((REPORTED, CLAIMED), {Status.TAKEN}),
        ((REPORTED, CLAIMED, STAGE), {Status.TAKEN, Status.REPAIRING}),
        ((REPORTED, CLAIMED, history("WorkBegun")), {Status.REPAIRING}),
        ((REPORTED, CLAIMED, SUBMITTED), {Status.CHECKING}),
        ((REPORTED, CLAIMED, SUBMITTED, history("ReworkOrdered")), {Status.REWORK}),
        ((REPORTED, CLAIMED, SUBMITTED, history("CaseClosed")), {Status.CLOSED}),
        ((REPORTED, CLAIMED, undone(Status.WAITING)), {Status.WAITING}),
        ((REPORTED, CLAIMED, history("CaseHandedOver")), {Status.WAITING}),
        ((REPORTED, history("CaseRefused")), {Status.REFUSED}),
        ((REPORTED, history("CaseWithdrawn")), {Status.WITHDRAWN}),
        (
            (REPORTED, CLAIMED, SUBMITTED, history("PhotosAdded", count=-1)),
            {Status.CHECKING, Status.TAKEN, Status.REWORK},
        ),
    ],
)
def test_each_event_leads_where_the_transitions_say(rows: Any, states: set[Status]) -> None:
    """What does not move a case leaves it where it was."""
    assert led_to(rows) == states
