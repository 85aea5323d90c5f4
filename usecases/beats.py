"""When the city's own things come: clock times, and the days on which they count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.digests import DigestKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

    from casework.digests import Digests
    from casework.rules import Reminders

DRAFT = "draft"
"""The draft of the daily filing."""
KINDS = (*(kind.value for kind in DigestKind), DRAFT, "overnight", "batch", "orders")
"""The kinds of the city's own things, as the timetable knows them."""


class Days(StrEnum):
    """The days of something that comes again and again."""

    ALL = "all"
    MONDAYS = "mondays"
    FIRST_WORKING = "first_working"
    """The first working day of a month, by the working calendar."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A clock time of the city, on its days."""

    clock: time
    days: Days = Days.ALL


def beats(reminders: Reminders, digests: Digests) -> Mapping[str, tuple[Beat, ...]]:
    """When each kind comes."""
    return {
        DigestKind.MEET.value: (Beat(digests.meet.at),),
        DRAFT: (Beat(digests.filing.draft),),
        DigestKind.FILING.value: (Beat(digests.filing.at),),
        DigestKind.WEEK.value: (Beat(digests.week.at, Days.MONDAYS),),
        DigestKind.MONTH.value: (Beat(digests.month.at, Days.FIRST_WORKING),),
        "overnight": (Beat(reminders.overnight),),
        "orders": (Beat(reminders.morning),),
        "batch": tuple(Beat(clock) for clock in reminders.batches),
    }
