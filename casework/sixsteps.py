"""六步闭环: 上报、派遣、分类处置、反馈结案、归档、考核. None can be skipped.

1 上报: reported. 2 派遣: somebody of the repair side has taken it and answers for it.
3 分类处置: mended within its tier, the after-photo is in. 4 反馈结案: both keys of the joint check
are turned. 5 归档: closed for good, with its history chained whole. 6 考核: counted in the figures
of a digest that was sent. A rework goes back to step 3; a refused case ends where it stood.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from casework.case import Status

if TYPE_CHECKING:
    from casework.case import Case


class Step(IntEnum):
    """The six steps."""

    REPORTED = 1
    DISPATCHED = 2
    HANDLED = 3
    CLOSED = 4
    ARCHIVED = 5
    ASSESSED = 6


def done(case: Case) -> Step:
    """The last step that is done, as far as the case itself tells."""
    if case.status is Status.CLOSED:
        return Step.CLOSED
    if case.status is Status.CHECKING:
        return Step.HANDLED
    return Step.DISPATCHED if case.claimer else Step.REPORTED
