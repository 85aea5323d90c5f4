"""What the board of a group shows now: counts by state, tonight's list, overdue, next limits."""

from __future__ import annotations

import hashlib
from datetime import time
from typing import TYPE_CHECKING

from casework.case import OPEN, Status
from usecases import notices
from usecases.views import BoardView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.case import Case
    from usecases.office import Office
    from usecases.views import CaseLine


def board_view(office: Office, chat: str) -> BoardView:
    """The board of a group as it must look now."""
    town = office.town
    today = town.day(office.now)
    since = town.at(today, time(0))
    touched = [c for c in office.uow.cases.touched(since, office.now) if c.chat == chat]
    here = sorted(
        (c for c in office.uow.cases.open_all() if c.chat == chat), key=lambda c: (c.deadline, c.id)
    )
    tonight = [c for c in here if c.danger and not c.overdue]
    late = [c for c in here if c.overdue]
    running = [c for c in here if c.unmended and c.left is None]
    soon = [c for c in running if not (c.danger or c.overdue)]
    return BoardView(
        zone=town.zone,
        day=today,
        counts={status: sum(c.status is status for c in here) for status in _STATES},
        reported=sum(c.reported_at >= since for c in touched),
        closed=sum(_closed_since(c) for c in touched if (c.closed_at or since) > since),
        suspended=sum(c.suspended for c in here),
        tonight=_lines(office, tonight),
        overdue=_lines(office, late),
        soon=_lines(office, soon),
    )


_STATES = tuple(status for status in Status if status in OPEN)


def _closed_since(case: Case) -> bool:
    return case.status is Status.CLOSED


def _lines(office: Office, cases: Iterable[Case]) -> tuple[CaseLine, ...]:
    return tuple(notices.line(office, case) for case in cases)


def shown(view: BoardView) -> str:
    """A digest of what a board shows."""
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]
