"""When a case ends, and which hours are quiet: plain arithmetic on the city's clock."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from casework.case import Tier

if TYPE_CHECKING:
    from datetime import date, datetime

    from casework.case import Case
    from casework.town import Town


def today(at: datetime, town: Town) -> datetime:
    """Tier A's limit: 24:00 of the day of `at`, never earlier than the floor after it."""
    floor = (at + town.rules.limits.today_floor).astimezone(UTC)
    return max(town.midnight_after(town.day(at)), floor)


def promised(day: date, town: Town) -> datetime:
    """Tier C's limit: 24:00 of the promised day."""
    return town.midnight_after(day)


def is_quiet(moment: datetime, town: Town) -> bool:
    """Whether a moment lies in the quiet hours."""
    quiet = town.rules.reminders
    clock = town.local(moment).time()
    if quiet.quiet_from <= quiet.quiet_until:
        return quiet.quiet_from <= clock < quiet.quiet_until
    return clock >= quiet.quiet_from or clock < quiet.quiet_until


def heard(case: Case, at: datetime, town: Town) -> datetime:
    """When the bot may say of itself what falls due at `at`: not in quiet hours, but for A."""
    return at if case.tier is Tier.TODAY else quiet_end(at, town)


def quiet_end(moment: datetime, town: Town) -> datetime:
    """The end of the quiet hours that a moment lies in; the moment itself outside them."""
    if not is_quiet(moment, town):
        return moment
    until = town.rules.reminders.quiet_until
    end = town.at(town.day(moment), until)
    return end if end > moment else town.at(town.day(moment) + timedelta(days=1), until)
