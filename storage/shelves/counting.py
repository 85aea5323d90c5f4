"""The counts of a monitor: each walks along an index of what waits, never through a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, text

from storage import tables
from storage.hand import Query
from storage.shelves.shelf import Shelf
from storage.types import Moment
from usecases.gauges import Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

C, D, P, X = tables.cases.c, tables.dues.c, tables.photos.c, tables.outbox.c
N = tables.counters.c

QUEUED = Query(select(func.count(), func.min(X.not_before)).where(text(tables.IS_QUEUED)))
SENDING = Query(select(func.count()).select_from(tables.outbox).where(text(tables.IS_SENDING)))
LATE = Query(
    select(func.count(), func.min(D.at)).where(
        text(tables.IS_PENDING), D.at <= bindparam("now", type_=Moment())
    ),
    "now",
)
WANTED = Query(select(func.count(), func.min(P.at)).where(text("state = 'wanted'")))
QUARANTINED = Query(
    select(func.count()).select_from(tables.quarantine).where(text(tables.NOT_REPLAYED))
)
DAYS = ("day:", "day;")
"""The counters of the cases of a day lie between these."""
OPENED = Query(
    select(func.coalesce(func.sum(N.value), 0)).where(
        N.name >= bindparam("first"), N.name < bindparam("last")
    ),
    "first",
    "last",
)
CLOSED = Query(
    select(func.count()).where(
        text(tables.IS_CLOSED), C.closed_at < bindparam("before", type_=Moment())
    ),
    "before",
)
OPEN_CASES = Query(select(C.status, C.overdue).where(text(tables.IS_OPEN)))


class CountingShelf(Shelf):
    """The counts that the database makes (`gauges.Counting`)."""

    def queued(self) -> Waiting:
        """Queued outbox rows, and the earliest time of one."""
        return self._waiting(QUEUED)

    def sending(self) -> int:
        """Rows being sent."""
        return int(self._hand.one(SENDING)[0])

    def late(self, now: datetime) -> Waiting:
        """Pending due rows whose time has come, and the earliest of them."""
        return self._waiting(LATE, now)

    def photos(self) -> Waiting:
        """Photos to be fetched, and when the first of them was posted."""
        return self._waiting(WANTED)

    def quarantined(self) -> int:
        """Updates in quarantine."""
        return int(self._hand.one(QUARANTINED)[0])

    def open_cases(self) -> Mapping[str, tuple[int, int]]:
        """Open cases by status: all, and the overdue ones."""
        counts: dict[str, tuple[int, int]] = {}
        for status, overdue in self._hand.rows(OPEN_CASES):
            count, late = counts.get(status, (0, 0))
            counts[status] = (count + 1, late + bool(overdue))
        return counts

    def opened(self) -> int:
        """Cases ever opened: the days' own numbers, which have no gaps."""
        return int(self._hand.one(OPENED, *DAYS)[0])

    def closed(self, before: datetime) -> int:
        """Cases closed before a moment."""
        return int(self._hand.one(CLOSED, before)[0])

    def _waiting(self, query: Query, *values: object) -> Waiting:
        count, since = self._hand.one(query, *values)
        return Waiting(int(count), None if since is None else self._hand.utc(since))
