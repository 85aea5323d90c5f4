"""One person's flood must not make the others wait: what is over the bound goes behind all else.

Nothing of it is lost: every photo is a case with its number at once, only its card, its reaction
and its original come later. Kept in memory, for it decides about order alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from casework.rules import Flood


class Crowd:
    """A leaky bucket for each person of the roster: `most` at once, then one every `within / most`.

    Times are those of the messages, so that a backlog after an outage is no flood.
    """

    def __init__(self) -> None:
        self._full_until: dict[str, datetime] = {}
        """When each person's bucket will be empty again."""

    def over(self, person: str, at: datetime, flood: Flood) -> bool:
        """Count one more case of a person; whether it is over the bound."""
        empty = max(self._full_until.get(person, at), at)
        step = flood.within / flood.most
        if empty - at + step > flood.within:
            return True
        self._full_until[person] = empty + step
        return False


def spread(case_id: int, flood: Flood) -> timedelta:
    """How long the original of a photo over the bound waits, so that they trickle."""
    seconds = max(1, int(flood.within.total_seconds()))
    return flood.within + timedelta(seconds=case_id % seconds)
