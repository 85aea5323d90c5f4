"""An act: who does something to a case, and when; and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.case import Case
from casework.events import Event

if TYPE_CHECKING:
    from datetime import datetime

    from casework.people import Person
    from casework.town import Town

Outcome = tuple[Case, *tuple[Event, ...]]
"""The changed case first, then what happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Who acts, and when."""

    person: Person | None
    """None: the clock."""
    at: datetime
    """The time of the act: a message's own time; of a press, the receiver's clock."""
    now: datetime
    """When it is handled."""
    town: Town
    photo: str = ""
    """The message of the photo that proves it, where it came with one."""

    @property
    def key(self) -> str:
        """The actor's key; empty for the clock."""
        return self.person.key if self.person else ""
