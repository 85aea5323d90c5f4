"""When the daily things fall due, by APScheduler's cron triggers on the city's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

if TYPE_CHECKING:
    from datetime import time

    from casework.town import Town

LOOK_BACK = timedelta(days=2)
"""The last time of a daily thing is never longer ago than this."""


class CronTimetable:
    """The digest, the list of the night and the batches of one city."""

    def __init__(self, town: Town) -> None:
        reminders = town.rules.reminders
        self._zone = town.zone
        self._triggers = {
            "digest": self._daily(reminders.digest),
            "overnight": self._daily(reminders.overnight),
            "batch": self._daily(*reminders.batches),
        }

    def _daily(self, *clocks: time) -> OrTrigger:
        return OrTrigger(
            [
                CronTrigger(hour=c.hour, minute=c.minute, second=c.second, timezone=self._zone)
                for c in clocks
            ]
        )

    def after(self, kind: str, moment: datetime) -> datetime:
        """The first time of this kind later than a moment, in UTC."""
        start = moment.astimezone(self._zone) + timedelta(microseconds=1)
        found: datetime = self._triggers[kind].get_next_fire_time(None, start)
        return found.astimezone(UTC)

    def before(self, kind: str, moment: datetime) -> datetime:
        """The last time of this kind earlier than a moment, in UTC."""
        found = self.after(kind, moment - LOOK_BACK)
        while (later := self.after(kind, found)) < moment:
            found = later
        return found
