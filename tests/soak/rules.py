"""The rules of the bot's voice as the checks know them, in this one place: who hears what, when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.config import sample

if TYPE_CHECKING:
    from tests.soak.courses import State

POINTS = (50, 75, 100, 200, 300)
NUDGED = ("repairer", "standby", "manager", "supervisor", "leader")
"""The circle that each point adds to those before it."""
CLAIM = timedelta(minutes=10)
SOUGHT = ("standby", "manager", "supervisor", "supervisor", "leader")
"""The circle that each step of the claim ladder tells."""
AGAIN = timedelta(minutes=15)
GAP = timedelta(minutes=15)
QUIET = (time(20), time(7))
SIGN_ASKED = time(18)
CHECK, CHECK_LATE, CHECK_EVENING = timedelta(minutes=30), timedelta(hours=2), time(21)
OVERNIGHT = time(22)
BATCHES = (time(11, 30), time(16))
DAY = timedelta(days=1)
ROLES = {person.username: (person.role.value, person.company) for person in sample({}).people}
NEAR = timedelta(seconds=30)
"""Steps that are due so soon after others are said together with them."""


def quiet_end(at: datetime) -> datetime:
    """The end of the quiet hours that a moment lies in, else the moment itself."""
    begin, end = QUIET
    if end <= at.time() < begin:
        return at
    day = at + DAY if at.time() >= begin else at
    return day.replace(hour=end.hour, minute=0, second=0, microsecond=0)


def beat(at: datetime) -> datetime:
    """The quarter of the hour that is nearest: what is said again is said of all cases then."""
    quarter = AGAIN // timedelta(minutes=1)
    minutes = at.minute + at.second / 60 + at.microsecond / 60_000_000
    nearest = quarter * int(minutes / quarter + 0.5)
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=nearest)


def heard(state: State, at: datetime) -> datetime:
    """When it may be said of the bot's own accord."""
    return at if state.tier == "A" else quiet_end(at)


def circle(state: State, which: str) -> tuple[str, ...]:
    """The people of a circle."""
    holder = state.claimer or state.repairer
    if which == "repairer":
        return (holder,) if holder else with_role("supervisor")
    company = state.company if which in {"standby", "manager"} else ""
    return with_role(which, company)


def with_role(role: str, company: str = "") -> tuple[str, ...]:
    """Everybody of a role, or those of them who work for a company."""
    return tuple(
        who for who, (own, place) in ROLES.items() if own == role and company in {"", place}
    )
