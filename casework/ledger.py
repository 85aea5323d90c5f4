"""The clock ledger (时限台账): each start, stop, resume, extension and promise is a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from casework.spans import Span


class ClockName(StrEnum):
    """Which clock of a case a row speaks of."""

    CLAIM = "claim"
    """对接: until somebody has taken the case."""
    REPAIR = "repair"
    """维修: the limit of the case, or of its running stage."""
    SIGN = "sign"
    """警示标志: until the warning sign stands."""
    CHECK = "check"
    """查验: until both keys are turned."""


class Move(StrEnum):
    """What happened to a clock."""

    STARTED = "started"
    CHANGED = "changed"
    """Another limit: another tier, hours granted, 改时限."""
    STOPPED = "stopped"
    """It stands; `left` is what was left of it."""
    RESUMED = "resumed"
    ENDED = "ended"
    """It has no object any more: done, refused or withdrawn."""
    MISSED = "missed"
    """Its limit passed."""
    ASKED = "asked"
    """An extension, suspension or promise waits for a supervisor; `span` or `until` says which."""
    DECLINED = "declined"
    EXTENDED = "extended"
    """延期."""
    SUSPENDED = "suspended"
    """挂账: it stands until `until`."""
    PROMISED = "promised"
    """承诺."""
    KEPT = "kept"
    """A promise was kept."""
    BROKEN = "broken"
    """A promise was broken."""
    UNDONE = "undone"
    """Who pressed took it back; the clock is as it was before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """One row of the clock ledger; moments are aware, in UTC."""

    case_id: int
    seq: int
    """Counts the rows of the case, from 1."""
    at: datetime
    clock: ClockName
    what: Move
    asked_by: str = ""
    """The person's key; empty: the clock itself."""
    decided_by: str = ""
    reason: str = ""
    photo: str = ""
    """The message of the photo that proves it."""
    until: datetime | None = None
    """When the clock ends from now on."""
    span: Span | None = None
    """How much time was given."""
    left: timedelta | None = None
    """What is left of a clock that stands."""
    stage: str = ""
    round: int = 0
    company: str = ""
    """The company that answers for the case at that moment."""
