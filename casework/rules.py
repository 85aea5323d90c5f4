"""Every number of the group's rules, with its default; the configuration may change each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from typing import Final

from casework.case import Tier
from casework.worktime import Shift

MOST_LIMIT_DAYS: Final = 366
"""No limit of tier B is longer; what is promised or put off has longer than that."""
MOST_DAYS: Final = 3650
"""No date that people choose lies further off."""
MOST_HOURS: Final = 24 * 30
"""No danger is put off for longer."""
MOST_TIMES: Final = 10
"""So often at most may a limit be given once more; with a hundred times such a limit every date
still lies in the calendar."""
LEAST_STEP: Final = timedelta(minutes=1)
"""What is said again and again is not said more often."""
MOST_PERCENT: Final = 10_000
"""No point of a limit lies further out than a hundred times the limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """How photos and words become a case."""

    words_before: timedelta = timedelta(seconds=60)
    """Words of the same person up to this long before the photo belong to it."""
    words_after: timedelta = timedelta(minutes=2)
    """Words of the same person up to this long after the photo belong to it."""
    words_kept: timedelta = timedelta(minutes=3)
    """How long last words are kept in the database before they are deleted."""
    join: timedelta = timedelta(seconds=30)
    """Further photos without words by the same person within this time join the case."""
    album_settle: timedelta = timedelta(seconds=1.2)
    """The card of an album waits this long, so that it counts all photos at once."""
    claim_word: timedelta = timedelta(minutes=10)
    """A plain claim word without reply counts for a case not older than this."""
    withdraw: timedelta = timedelta(seconds=60)
    """The reporter may withdraw without a reason for this long."""
    undo: timedelta = timedelta(seconds=60)
    """Who pressed may undo the press for this long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits of the three tiers (限时结案). Clock times are the city's."""

    today_floor: timedelta = timedelta(hours=4)
    """A limit of today never ends earlier than this after the report."""
    days: int = field(default=3, metadata={"most": MOST_LIMIT_DAYS})
    """Tier B ends at 24:00 of this day; the day of the report is day 1."""
    sign_asked: time = time(18, 0)
    """When the warning sign of an unmended tier B case is asked for, on day 1."""
    promise_days: tuple[int, ...] = field(default=(7, 14, 30), metadata={"most": MOST_DAYS})
    """The days offered by button for a promised date."""
    promise_most: int = field(default=365, metadata={"most": MOST_DAYS})
    """A promised date may be at most this many days away."""
    extensions: int = field(default=2, metadata={"least": 0, "most": MOST_TIMES})
    """So many extensions (延期) of a case may be approved; each gives its limit once more."""
    suspensions: int = field(default=1, metadata={"least": 0, "most": MOST_TIMES})
    """So often a case may be put off to a day (挂账)."""
    suspend_days: tuple[int, ...] = field(default=(14, 30, 90), metadata={"most": MOST_DAYS})
    """The days offered by button for a suspension."""
    suspend_most: int = field(default=365, metadata={"most": MOST_DAYS})
    """A suspension may last at most this many days."""
    hours_choices: tuple[int, ...] = field(default=(2, 6, 12, 24), metadata={"most": MOST_HOURS})
    """The hours a supervisor is offered for a danger that cannot be done today."""
    check_patrol: timedelta = timedelta(minutes=30)
    """How long a joint check may wait before the patrol side is reminded."""
    check_supervisor: timedelta = timedelta(hours=2)
    """How long a joint check may wait before the supervisors are told."""
    check_evening: time = time(21, 0)
    """When a waiting check of a tier A case is told to the supervisors, whatever its age."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """The working hours of a working day, on the city's clock."""

    shifts: tuple[Shift, ...] = (
        Shift(timedelta(hours=8), timedelta(hours=12)),
        Shift(timedelta(hours=14), timedelta(hours=18)),
    )
    """One after the other, without overlap."""


class Circle(StrEnum):
    """Who hears of a point of a limit; each circle is wider than the one before."""

    REPAIRER = "repairer"
    """Who answers for the repair: the claimer, else who is tagged."""
    STANDBY = "standby"
    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    LEADER = "leader"


POINTS = (50, 75, 100, 200, 300)
"""Percent of a limit: 200 is one whole limit past its end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Climb:
    """The claim ladder of one tier."""

    claim: timedelta = timedelta(minutes=10)
    """How long the repair side has to take a case, counted from the card's delivery."""
    points: tuple[int, ...] = field(default=POINTS, metadata={"most": MOST_PERCENT})
    """In percent of `claim`."""
    circles: tuple[Circle, ...] = (
        Circle.STANDBY,
        Circle.MANAGER,
        Circle.SUPERVISOR,
        Circle.SUPERVISOR,
        Circle.LEADER,
    )
    """Who is told at each point; those of the points before have been told already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """The claim ladder (对接不上不撤场)."""

    a: Climb = field(default_factory=Climb)
    b: Climb = field(default_factory=Climb)
    c: Climb = field(default_factory=Climb)
    again: timedelta = field(default=timedelta(minutes=15), metadata={"least": LEAST_STEP})
    """After the last point the supervisors are told again after each such time."""
    together: timedelta = timedelta(seconds=30)
    """A step that is due this soon after another one is said together with it."""
    late: timedelta = timedelta(minutes=5)
    """What is handled later than this after its time is told as missed (补发), not as a step."""

    def of(self, tier: Tier) -> Climb:
        """The ladder of a tier."""
        return {Tier.TODAY: self.a, Tier.THREE_DAYS: self.b, Tier.PROMISED: self.c}[tier]


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudging:
    """The reminders of the limits of one tier."""

    points: tuple[int, ...] = field(default=POINTS, metadata={"most": MOST_PERCENT})
    """In percent of the limit."""
    circles: tuple[Circle, ...] = tuple(Circle)
    """Up to whom each point is heard: by its circle and by those of all points before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudges:
    """The reminders of the limits, by tier."""

    a: Nudging = field(default_factory=Nudging)
    b: Nudging = field(default_factory=Nudging)
    c: Nudging = field(default_factory=Nudging)

    def of(self, tier: Tier) -> Nudging:
        """The reminders of a tier."""
        return {Tier.TODAY: self.a, Tier.THREE_DAYS: self.b, Tier.PROMISED: self.c}[tier]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rungs:
    """The supervision ladder of one tier."""

    points: tuple[int, ...] = field(default=(100, 200, 300, 400), metadata={"most": MOST_PERCENT})
    """Percent of the limit: 提醒, draft of 督办单, of 报主要负责人, of 提请党组."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Supervision:
    """The supervision ladder (跟踪督查), by tier: the bot drafts, a supervisor issues."""

    a: Rungs = field(default_factory=Rungs)
    b: Rungs = field(default_factory=Rungs)
    c: Rungs = field(default_factory=Rungs)
    gap: timedelta = timedelta(days=1)
    """A rung is never drafted sooner than this after the one before was issued."""

    def of(self, tier: Tier) -> Rungs:
        """The ladder of a tier."""
        return {Tier.TODAY: self.a, Tier.THREE_DAYS: self.b, Tier.PROMISED: self.c}[tier]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminders:
    """When the bot reminds, and when it is quiet. Clock times are the city's."""

    batches: tuple[time, ...] = (time(11, 30), time(16, 0))
    """When the reminders of a group are said in one message."""
    morning: time = time(8, 30)
    """When the drafts that wait for a supervisor are asked about again."""
    gap: timedelta = timedelta(minutes=15)
    """Two reminders of one case are never closer than this."""
    overnight: time = time(22, 0)
    """When open tier A cases are listed as 过夜未结."""
    quiet_from: time = time(20, 0)
    quiet_until: time = time(7, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """The pinned board of a group (今日看板)."""

    steps_from: time = time(7, 0)
    """The board may change at this clock time, and at every step before and after it."""
    every: timedelta = field(default=timedelta(hours=1), metadata={"least": LEAST_STEP})


@dataclass(frozen=True, kw_only=True, slots=True)
class Burst:
    """Many reports, perhaps one cause: when the supervisors are asked whether to join them."""

    count: int = field(default=5, metadata={"least": 2})
    """So many open cases of one category in one grid."""
    within: timedelta = timedelta(hours=2)
    """Reported within this time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Flood:
    """How many cases of one person come before the others'; the rest goes behind all else."""

    most: int = field(default=20, metadata={"least": 1})
    """So many at once; then one more each `within / most`."""
    within: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast the courier may speak; Telegram's own limits lie a little above."""

    group_most: int = 18
    """Sends and edits per group in any sliding window."""
    group_reserve: int = 3
    """Of these, kept free for danger cards."""
    group_window: timedelta = timedelta(seconds=60)
    overall_most: int = 28
    """Sends and edits of all chats in any second."""
    private_every: timedelta = timedelta(seconds=1)
    private_burst: int = 5
    edit_gap: timedelta = timedelta(seconds=3)
    """Edits of one card closer than this become one."""
    first_key: timedelta = timedelta(seconds=30)
    """Where both sides stand together the second key follows soon: the card shows both at once."""
    after_sheet: timedelta = timedelta(minutes=15)
    """The sheet says that a case waits for its check: the card follows with the next change, or
    after this time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """All rules of one city."""

    opening: Opening = field(default_factory=Opening)
    limits: Limits = field(default_factory=Limits)
    ladder: Ladder = field(default_factory=Ladder)
    nudges: Nudges = field(default_factory=Nudges)
    supervision: Supervision = field(default_factory=Supervision)
    reminders: Reminders = field(default_factory=Reminders)
    board: Board = field(default_factory=Board)
    burst: Burst = field(default_factory=Burst)
    flood: Flood = field(default_factory=Flood)
    pace: Pace = field(default_factory=Pace)
    work: Work = field(default_factory=Work)
