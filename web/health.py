"""Whether the bot is well: one judgement, for `/healthz`, the heartbeat, systemd and the doctor.

Pure. Ages are by a steady clock, so that a machine whose clock is put right is not called ill.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Complaint(StrEnum):
    """What may be wrong."""

    STARTING = "starting"
    """The product is not ready yet: the database is being brought up to date."""
    STOPPING = "stopping"
    """An orderly stop is under way."""
    DEAF = "deaf"
    """No poll and no look at the webhook has succeeded for too long: updates make no progress."""
    WRITER = "writer"
    """The writer has committed nothing for too long: dead, stuck, or its database is gone."""
    CLOCK = "clock"
    """The machine's clock is not that of the chat platform; every limit would be judged wrongly."""
    DISK = "disk"
    """Little room is left for photos and the database."""
    PHOTOS = "photos"
    """The disk has refused a photo, or nothing could look at it; and none was taken since."""
    CONTESTED = "contested"
    """Another program polls with the same token, or moves the webhook: updates go astray."""


CURED_BY_RESTART = frozenset({Complaint.DEAF, Complaint.WRITER})
"""A restart frees no disk and sets no clock: only these make a supervisor end the process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How bad it may be."""

    patience: timedelta = timedelta(minutes=3)
    """For how long nothing may be heard, or nothing committed."""
    clock_off: timedelta = timedelta(minutes=2)
    """How far the machine's clock may be from the chat platform's."""
    disk_mb: int = 200
    """Megabytes that must be free in the data folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """How things stand at one moment."""

    phase: Complaint | None = None
    """`STARTING` or `STOPPING`; `None`: at work."""
    heard: timedelta = timedelta(0)
    """Since the last success of a poll or of a look at the webhook; at first since the start."""
    wrote: timedelta = timedelta(0)
    """Since the writer's last commit; at first since the start."""
    clock_off: timedelta | None = None
    """How far the machine's clock is ahead (behind: below zero); `None`: nobody has told."""
    disk_mb: int | None = None
    """Megabytes free in the data folder; `None`: not looked at yet."""
    photos_refused: bool = False
    """Whether the last photo could not be kept, by no fault of its own."""
    contested: bool = False
    """Whether another program polls with the same token."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One thing that is wrong, with its figure (seconds, or megabytes) and what it may be."""

    what: Complaint
    value: float | None = None
    limit: float | None = None


def judge(signs: Signs, limits: Limits) -> tuple[Reason, ...]:
    """Everything that is wrong; nothing: the bot is well."""
    if signs.phase is not None:
        return (Reason(what=signs.phase),)
    off = abs(signs.clock_off) if signs.clock_off is not None else timedelta(0)
    ages = (
        (Complaint.DEAF, signs.heard, limits.patience),
        (Complaint.WRITER, signs.wrote, limits.patience),
        (Complaint.CLOCK, off, limits.clock_off),
    )
    found = [
        Reason(what=what, value=_seconds(age), limit=_seconds(most))
        for what, age, most in ages
        if age > most
    ]
    if signs.disk_mb is not None and signs.disk_mb < limits.disk_mb:
        found.append(Reason(what=Complaint.DISK, value=signs.disk_mb, limit=limits.disk_mb))
    if signs.photos_refused:
        found.append(Reason(what=Complaint.PHOTOS))
    if signs.contested:
        found.append(Reason(what=Complaint.CONTESTED))
    return tuple(found)


def alive(reasons: tuple[Reason, ...]) -> bool:
    """Whether a supervisor should let the process go on: nothing that a restart would cure."""
    return CURED_BY_RESTART.isdisjoint(reason.what for reason in reasons)


def _seconds(span: timedelta) -> float:
    return round(span.total_seconds(), 1)
