"""The clock ledger (时限台账): each start, stop, resume, extension and promise is a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    """A promise, extension or suspension (`matter`) until `until` waits for a supervisor."""
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
    """Who pressed took it back; the clock is as it was before: running to `until`, standing with
    `left`, or, with neither, not counting."""


class Matter(StrEnum):
    """What was asked for, or decided, about the repair clock."""

    NONE = ""
    PROMISE = "promise"
    """承诺."""
    EXTENSION = "extension"
    """延期."""
    SUSPENSION = "suspension"
    """挂账."""
    HOURS = "hours"
    """Hours for a danger that cannot be done today."""


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One row of the clock ledger; moments are aware, in UTC. Copied cheaply, so without slots."""

    case_id: int
    seq: int
    """Counts the rows of the case, from 1."""
    at: datetime
    clock: ClockName
    what: Move
    matter: Matter = Matter.NONE
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Where a clock stands: it runs to `until`, or stands with `left`."""

    until: datetime | None = None
    left: timedelta | None = None
    stage: str = ""


_NO_MOVE: Final = frozenset({Move.ASKED, Move.DECLINED, Move.KEPT, Move.BROKEN})


def standing(rows: Iterable[LedgerRow], clock: ClockName) -> Reading | None:
    """Where a clock stands after these rows of one case; None: it counts nothing."""
    moved = [row for row in rows if row.clock is clock and row.what not in _NO_MOVE]
    if clock is not ClockName.SIGN:
        moved = [row for row in moved if row.what is not Move.MISSED]
    if not moved or moved[-1].what in {Move.ENDED, Move.MISSED}:
        return None
    row = moved[-1]
    if row.until is None and row.left is None:
        return None
    until = row.until if row.left is None else None
    return Reading(until=until, left=row.left, stage=row.stage)
