"""How far a case is on the six steps (六步闭环), and how many working days it took."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.case import Status
from casework.digests import DigestKind
from casework.sixsteps import Step
from casework.sixsteps import done as done_by_case
from casework.spans import TimeKind
from usecases import chain
from usecases.digests import SENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.case import Case
    from usecases.office import Office
    from usecases.records import HistoryRow

_COUNTED_IN = {
    DigestKind.FILING: timedelta(days=40),
    DigestKind.MONTH: timedelta(days=70),
}
"""The digests that assess, and how long after a close its figures are sent at the latest."""


def done(office: Office, case: Case, rows: Sequence[HistoryRow]) -> int:
    """How many steps are done, with what the archive and the digests say of a closed case."""
    step = done_by_case(case)
    if step is Step.CLOSED and chain.broken_at(case, rows) is None:
        step = Step.ARCHIVED
        if case.closed_at is not None and _counted(office, case.closed_at):
            step = Step.ASSESSED
    return step.value


def _counted(office: Office, closed: datetime) -> bool:
    """Whether a digest was sent whose window holds this moment."""
    kept = (
        digest
        for kind, later in _COUNTED_IN.items()
        for digest in office.uow.digests.last(kind.value, closed + later)
    )
    return any(one.state == SENT and one.since <= closed < one.until for one in kept)


def workdays(office: Office, case: Case) -> int | None:
    """The whole working days from report to close; None until it is closed."""
    if case.status is not Status.CLOSED or case.closed_at is None:
        return None
    return office.town.work.measure(TimeKind.WORKDAYS, case.reported_at, case.closed_at)
