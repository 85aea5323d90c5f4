"""When the city's own things fall due, by APScheduler's cron triggers on the city's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.triggers.cron import CronTrigger

from usecases.beats import Days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zoneinfo import ZoneInfo

    from usecases.beats import Beat

LOOK_BACKS = (timedelta(days=2), timedelta(days=15), timedelta(days=70))
"""The last time of anything is never longer ago than the last of these; most are near."""
_WEEKDAYS = {Days.MONDAYS: "mon"}


class CronTimetable:
    """The digests, the list of the night and the batches of one city."""

    def __init__(
        self,
        zone: ZoneInfo,
        beats: Mapping[str, Iterable[Beat]],
        works: Callable[[date], bool],
    ) -> None:
        """`beats` say when each kind comes (`usecases.beats.beats`), `works` what a workday is."""
        self._zone = zone
        self._works = works
        self._triggers = {
            kind: [(beat.days, self._trigger(beat)) for beat in some]
            for kind, some in beats.items()
        }

    def _trigger(self, beat: Beat) -> CronTrigger:
        clock = beat.clock
        return CronTrigger(
            day_of_week=_WEEKDAYS.get(beat.days),
            hour=clock.hour,
            minute=clock.minute,
            second=clock.second,
            timezone=self._zone,
        )

    def after(self, kind: str, moment: datetime) -> datetime:
        """The first time of this kind later than a moment, in UTC.

        An hour that comes twice, when clocks are put back, counts the first time.
        """
        return min(self._after(days, trigger, moment) for days, trigger in self._triggers[kind])

    def _after(self, days: Days, trigger: CronTrigger, moment: datetime) -> datetime:
        start = moment.astimezone(UTC) + timedelta(microseconds=1)
        while True:
            found = self._next(trigger, start)
            local = found.astimezone(self._zone)
            if found > moment and not local.fold and self._counts(days, local.date()):
                return found
            # In the hour that comes twice the trigger may stay where it is, or go back.
            start = max(start, found) + timedelta(minutes=1)

    def _next(self, trigger: CronTrigger, start: datetime) -> datetime:
        found: datetime = trigger.get_next_fire_time(None, start.astimezone(self._zone))
        return found.astimezone(UTC)

    def _counts(self, days: Days, day: date) -> bool:
        if days is not Days.FIRST_WORKING:
            return True
        before = (day - timedelta(days=n) for n in range(1, day.day))
        return self._works(day) and not any(map(self._works, before))

    def before(self, kind: str, moment: datetime) -> datetime:
        """The last time of this kind earlier than a moment, in UTC."""
        starts = (self.after(kind, moment - back) for back in LOOK_BACKS)
        found = next((start for start in starts if start < moment), moment - LOOK_BACKS[-1])
        while (later := self.after(kind, found)) < moment:
            found = later
        return found
