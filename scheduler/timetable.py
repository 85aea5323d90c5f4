"""When the daily things fall due, by APScheduler's cron triggers on the city's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import time
    from zoneinfo import ZoneInfo

LOOK_BACK = timedelta(days=2)
"""The last time of a daily thing is never longer ago than this."""


class CronTimetable:
    """The digest, the list of the night and the batches of one city."""

    def __init__(self, zone: ZoneInfo, clocks: Mapping[str, Iterable[time]]) -> None:
        """`clocks` are the city's clock times of each kind (`usecases.daily.clocks`)."""
        self._zone = zone
        self._triggers = {kind: self._daily(*times) for kind, times in clocks.items()}

    def _daily(self, *clocks: time) -> OrTrigger:
        return OrTrigger(
            [
                CronTrigger(hour=c.hour, minute=c.minute, second=c.second, timezone=self._zone)
                for c in clocks
            ]
        )

    def after(self, kind: str, moment: datetime) -> datetime:
        """The first time of this kind later than a moment, in UTC.

        An hour that comes twice, when clocks are put back, counts the first time.
        """
        start = moment.astimezone(UTC) + timedelta(microseconds=1)
        while True:
            found = self._next(kind, start)
            if found > moment and not found.astimezone(self._zone).fold:
                return found
            # In the hour that comes twice the trigger may stay where it is, or go back.
            start = max(start, found) + timedelta(minutes=1)

    def _next(self, kind: str, start: datetime) -> datetime:
        found: datetime = self._triggers[kind].get_next_fire_time(
            None, start.astimezone(self._zone)
        )
        return found.astimezone(UTC)

    def before(self, kind: str, moment: datetime) -> datetime:
        """The last time of this kind earlier than a moment, in UTC."""
        found = self.after(kind, moment - LOOK_BACK)
        while (later := self.after(kind, found)) < moment:
            found = later
        return found
