"""The arithmetic of the four kinds of time, on one city's clock, shifts and working calendar.

Every moment that comes out is in UTC; those that go in are aware, in any zone. Lengths are real
time: where clocks are put forward or back, an hour stays an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from casework.spans import TimeKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from casework.spans import Span
    from casework.workcalendar import WorkCalendar

ONE_DAY: Final = timedelta(days=1)
ONE_HOUR: Final = timedelta(hours=1)
ONE_MINUTE: Final = timedelta(minutes=1)
NOTHING: Final = timedelta(0)
WORKING: Final = frozenset({TimeKind.HOURS, TimeKind.WORKDAYS})
"""The kinds whose time passes only inside the working hours."""
Window = tuple[datetime, datetime]
"""A piece of working time: from, until."""


class Shift(NamedTuple):
    """Working hours without a break; both ends since 0:00 on the city's clock."""

    start: timedelta
    end: timedelta
    """At most 24 hours."""

    @property
    def text(self) -> str:
        """As an office writes it: `08:00-12:00`."""
        return "-".join(f"{at // ONE_HOUR:02}:{at % ONE_HOUR // ONE_MINUTE:02}" for at in self)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkTime:
    """Counts time of every kind for one city.

    Raises:
        ValueError: the shifts are none, empty, or not one after the other.
    """

    zone: ZoneInfo
    calendar: WorkCalendar
    shifts: tuple[Shift, ...]

    def __post_init__(self) -> None:
        late = any(after.start < before.end for before, after in pairwise(self.shifts))
        if late or not self.shifts or any(one.end <= one.start for one in self.shifts):
            raise ValueError("shifts must be hours, one after the other")

    @property
    def full_day(self) -> timedelta:
        """The working hours of one whole day; that much is 1 工作日."""
        return sum((one.end - one.start for one in self.shifts), NOTHING)

    def add(self, start: datetime, span: Span) -> datetime:
        """When a span that begins at `start` is used up; the earliest such moment."""
        if span.kind is TimeKind.DAYS:
            return _moment(self._day(start) + span.amount * ONE_DAY, NOTHING, self.zone)
        return self.shift(span.kind, start, span.amount * self._unit(span.kind))

    def measure(self, kind: TimeKind, start: datetime, end: datetime) -> int:
        """How many whole units of a kind (minutes or days) lie between; negative backwards.

        Of calendar days those count that have ended, so that it gives back what was added.
        """
        if kind is TimeKind.DAYS:
            return (self._day(end) - self._day(start)).days
        passed = self.passed(kind, start, end)
        whole = abs(passed) // self._unit(kind)
        return -whole if passed < NOTHING else whole

    def passed(self, kind: TimeKind, start: datetime, end: datetime) -> timedelta:
        """How much time of a kind passes between two moments; negative if `end` is earlier.

        Working time for the kinds that are counted in it, elapsed time for the others.
        """
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if kind not in WORKING:
            return end - start
        if end < start:
            return -self._worked(end, start)
        return self._worked(start, end)

    def shift(self, kind: TimeKind, moment: datetime, by: timedelta) -> datetime:
        """The earliest moment at which `by` more time of a kind has passed than at `moment`.

        `by` may be negative; a shift by nothing is the moment itself. Shifting by `a` and then
        by `b` is shifting by `a + b`; where that is nothing, up to time that is not worked.
        """
        moment = moment.astimezone(UTC)
        if kind not in WORKING or not by:
            return moment + by
        return self._later(moment, by) if by > NOTHING else self._earlier(moment, -by)

    def _unit(self, kind: TimeKind) -> timedelta:
        return self.full_day if kind is TimeKind.WORKDAYS else ONE_MINUTE

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _worked(self, start: datetime, end: datetime) -> timedelta:
        total, day, last = NOTHING, self._day(start), self._day(end)
        while day <= last:
            for opens, closes in self._windows(day):
                total += max(min(closes, end) - max(opens, start), NOTHING)
            day += ONE_DAY
        return total

    def _later(self, moment: datetime, left: timedelta) -> datetime:
        for opens, closes in self._after(moment):
            begin = max(opens, moment)
            if left <= closes - begin:
                return begin + left
            left -= max(closes - begin, NOTHING)
        raise OverflowError(moment)

    def _earlier(self, moment: datetime, left: timedelta) -> datetime:
        for opens, closes in self._before(moment):
            end = min(closes, moment)
            if left < end - opens:
                return end - left
            left -= max(end - opens, NOTHING)
        raise OverflowError(moment)

    def _after(self, moment: datetime) -> Iterator[Window]:
        day = self._day(moment)
        while day < date.max:
            yield from self._windows(day)
            day += ONE_DAY

    def _before(self, moment: datetime) -> Iterator[Window]:
        day = self._day(moment)
        while day > date.min:
            yield from reversed(self._windows(day))
            day -= ONE_DAY

    def _windows(self, day: date) -> tuple[Window, ...]:
        return _windows(self.zone, self.shifts, day) if self.calendar.works(day) else ()


def _moment(day: date, clock: timedelta, zone: ZoneInfo) -> datetime:
    """A clock time of a day, in UTC; one that comes twice is the first."""
    return (datetime.combine(day, time(0), zone) + clock).astimezone(UTC)


@lru_cache(maxsize=4096)
def _windows(zone: ZoneInfo, shifts: tuple[Shift, ...], day: date) -> tuple[Window, ...]:
    """The working hours of a day, never overlapping, whatever the clocks jump over."""
    found: list[Window] = []
    reached = _moment(day, NOTHING, zone)
    for shift in shifts:
        opens = max(_moment(day, shift.start, zone), reached)
        reached = max(_moment(day, shift.end, zone), opens)
        found.append((opens, reached))
    return tuple(found)
