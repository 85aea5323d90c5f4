"""Counts for the metrics, by a connection of their own that only reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storage.errors import StorageError
from storage.reader import Reader
from usecases.gauges import gauges

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from storage.writer import Writer
    from usecases.gauges import Gauges
    from usecases.ports import Clock, UnitOfWork


class CityCounts:
    """Counts what the database holds (`web.metrics.Counts`)."""

    def __init__(self, url: str, writer: Writer, clock: Clock, undo: timedelta) -> None:
        """`undo`: for so long a close may be taken back."""
        self._reader = Reader(url)
        self._writer = writer
        self._clock = clock
        self._undo = undo

    async def gauges(self) -> Gauges | None:
        """The counts of now; nothing if the database cannot be read."""
        try:
            return await self._reader.read(partial(_gauges, self._clock.now(), self._undo))
        except StorageError:
            return None

    @property
    def commits(self) -> int:
        """Transactions committed since the start."""
        return self._writer.commits

    async def close(self) -> None:
        """Let go of the database."""
        await self._reader.stop()


def _gauges(now: datetime, undo: timedelta, uow: UnitOfWork) -> Gauges:
    return gauges(uow.counting, uow.findings, now, undo)
