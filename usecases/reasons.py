"""Whether the reason of a line still holds: looked at again when it is about to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import nudging, supervision
from casework.case import Status

if TYPE_CHECKING:
    from datetime import datetime

    from casework.case import Case
    from casework.town import Town

NUDGE, ORDER = "nudge-", "order-"
"""How the reasons of reminders and drafts begin; then comes the point, or the rung."""


def holds(case: Case, why: str, at: datetime | None, town: Town) -> bool:
    """Whether a line about a case is still true that fell due at this moment."""
    if why.startswith(NUDGE):
        return at is not None and nudging.passed(case, point_of(why), at, town)
    if why.startswith(ORDER):
        return supervision.draft_stands(case) and case.rung == point_of(why)
    if why == "resumed":
        return nudging.runs(case)
    if why == "ladder":
        return case.status is Status.WAITING
    if why.startswith("check"):
        return case.status is Status.CHECKING
    return why != "sign" or (case.unmended and case.sign_at is None)


def point_of(why: str) -> int:
    """The point of a reminder in percent, or the rung of a draft; 0 of all else."""
    if not why.startswith((NUDGE, ORDER)):
        return 0
    return int(why.rpartition("-")[2])


def presses(why: str, case: Case) -> bool:
    """Whether it stands first among what was missed: dangers, ladders and drafts."""
    return case.danger or why == "ladder" or why.startswith(ORDER)
