"""The counts of a monitor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.case import Status
from tests.integration.storage.cast import MINUTE, NOON, Book, pothole
from usecases.gauges import gauges

if TYPE_CHECKING:
    from datetime import date

UNDO = timedelta(seconds=60)


def test_opened_and_closed_only_grow(book: Book) -> None:
    """Whatever became of a case, it was opened; a close that may be undone is not counted yet."""
    with book.work() as unit:
        assert gauges(unit.counting, unit.findings, NOON, UNDO).opened == 0
        days: list[date] = [NOON.date(), NOON.date(), (NOON + timedelta(days=1)).date()]
        serials = [unit.cases.next_serial(day) for day in days]
        assert serials == [1, 2, 1]
        ended = [(Status.CLOSED, NOON), (Status.WITHDRAWN, None), (Status.CLOSED, NOON - MINUTE)]
        for number, (status, at) in enumerate(ended, start=1):
            keys = {"patrol_key": "officer01", "repair_key": "repairer01"} if at else {}
            unit.cases.add(pothole(number, status=status, closed_at=at, **keys))
    with book.work() as unit:
        for seconds, closed in ((0, 0), (1, 1), (60, 1), (61, 2)):
            found = gauges(unit.counting, unit.findings, NOON + timedelta(seconds=seconds), UNDO)
            assert (found.opened, found.closed) == (3, closed)
