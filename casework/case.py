"""The case (案件): one defect, from the photo to the close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.changing import replace
from casework.spans import Span, TimeKind

if TYPE_CHECKING:
    from datetime import date, datetime


class Status(StrEnum):
    """Where a case stands. Overdue (逾期) is a mark on a case, not a status."""

    WAITING = "waiting"
    """待对接: nobody has taken it yet."""
    TAKEN = "taken"
    """已接单: somebody of the responsible company has taken it."""
    REPAIRING = "repairing"
    """维修中: work has begun on the spot."""
    CHECKING = "checking"
    """待查验: the after-photo is there, the joint check is open."""
    REWORK = "rework"
    """返工: a check failed; the round is counted."""
    CLOSED = "closed"
    """已结案: both keys were turned."""
    REFUSED = "refused"
    """退单: a supervisor refused it, with a reason."""
    WITHDRAWN = "withdrawn"
    """撤回: the reporter took it back."""


OPEN = frozenset({Status.WAITING, Status.TAKEN, Status.REPAIRING, Status.CHECKING, Status.REWORK})
"""The statuses of a case that still needs somebody."""
UNMENDED = OPEN - {Status.CHECKING}
"""The open statuses in which the repair itself is still owed."""


class Tier(StrEnum):
    """The three limits (限时结案)."""

    TODAY = "A"
    """当天: dangerous; closed today."""
    THREE_DAYS = "B"
    """三天: the default."""
    PROMISED = "C"
    """承诺: long works, by a promised date."""


class Release(StrEnum):
    """Why the officer may leave the scene (可撤场)."""

    NO = ""
    CLAIMED = "claimed"
    """Somebody has taken the case."""
    NIGHT = "night"
    """夜间登记: opened in quiet hours and not dangerous."""
    SUPERVISOR = "supervisor"
    """准予撤场: a supervisor allowed it."""


class Phase(StrEnum):
    """What a photo of a case shows."""

    BEFORE = "before"
    SIGN = "sign"
    """警示: the warning sign."""
    DURING = "during"
    AFTER = "after"
    CHECK = "check"
    """A photo of the joint check, by the patrol side."""


class Source(StrEnum):
    """Where a case comes from (四类来源)."""

    PATROL = "patrol"
    """日常巡护: an officer of the patrol brigade."""
    COMPANY = "company"
    """公司巡查: the repair company's own patrol."""
    INSPECTION = "inspection"
    """重点督查: a supervisor or leader."""
    OFFICE = "office"
    """交办: the office entered it."""
    CITIZEN = "citizen"
    """市民反馈: a citizen's report."""


THREE_DAYS = Span(kind=TimeKind.DAYS, amount=3)
"""The usual limit."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case. People are keys of the roster; moments are aware, in UTC.

    Without slots, so that a changed copy costs little (`casework.changing`).
    """

    id: int
    number: str
    """`XC-YYYYMMDD-NNNN`: the city's day of the photo's message, and a serial of that day."""
    version: int = 1
    """Grows with every transition; guards against presses on what is gone."""
    status: Status = Status.WAITING
    tier: Tier = Tier.THREE_DAYS
    category: str
    words: str = ""
    """What the reporter wrote, as written."""
    place: str = ""
    grid: int | None = None
    company: str = ""
    """The responsible company; empty while the place is unknown."""
    chat: str
    thread: str = ""
    """The topic of the photo, where the group has topics."""
    photo_message: str
    """The message that opened the case: the card and the sheets reply to it."""
    reporter: str
    officer: str = ""
    """The officer of the grid; the patrol side of the case besides the reporter."""
    repairer: str = ""
    """Who is tagged: the paired repairer, or the stand-in of one who is away."""
    claimer: str = ""
    source: Source = Source.PATROL
    rules_version: int = 0
    """The version of the category file under which the case was opened; 0: the first."""
    reported_at: datetime
    """The time of the photo's message."""
    opened_at: datetime
    """When the bot handled it."""
    claimed_at: datetime | None = None
    deadline: datetime
    """When the running limit ends; while the repair clock stands, when it would have ended."""
    span: Span = THREE_DAYS
    """The running limit as it was set, without extensions."""
    budget: timedelta = timedelta(0)
    """The time of the limit from its start to its end, in the continuous measure of its kind;
    extensions are added. Reminders fall due at fractions of it."""
    left: timedelta | None = None
    """What was left of it when the repair clock was stopped (joint check, 挂账); None: it runs."""
    stage: str = ""
    """The running stage of a staged limit (`stages.StageName`); empty: the case has no stages."""
    stage_late: bool = False
    """An earlier stage was finished after its limit."""
    extensions: int = 0
    """How many extensions (延期) were approved."""
    extension_asked: bool = False
    """An extension waits for a supervisor."""
    extension_reason: str = ""
    extension_by: str = ""
    suspend_asked: date | None = None
    """The date of a suspension (挂账) that waits for a supervisor."""
    suspended_until: date | None = None
    """The repair clock stands until 00:00 of this day."""
    suspend_reason: str = ""
    suspend_by: str = ""
    suspensions: int = 0
    """How many suspensions were approved."""
    promised: date | None = None
    promise_asked: date | None = None
    """A promised date that waits for a supervisor."""
    promise_reason: str = ""
    promise_by: str = ""
    promises_withdrawn: int = 0
    not_today: datetime | None = None
    """When 今天修不完 was said."""
    hours_asked: bool = False
    """A danger that cannot be done today waits for a supervisor's hours."""
    sign_asked: datetime | None = None
    """When the warning sign of an unmended case of three days was asked for."""
    sign_at: datetime | None = None
    sign_missing: bool = False
    """未设警示: no warning sign by 24:00."""
    submitted_at: datetime | None = None
    """The time of this round's after-photo."""
    submitted_by: str = ""
    round: int = 0
    """How many times the check failed (返工 n)."""
    patrol_key: str = ""
    patrol_remote: bool = False
    repair_key: str = ""
    repair_remote: bool = False
    closed_at: datetime | None = None
    on_time: bool | None = None
    """Judged at the after-photo of the round that passed."""
    overdue: bool = False
    release: Release = Release.NO
    ended_by: str = ""
    """Who refused or withdrew it."""
    reason: str = ""
    """Why it was refused, withdrawn or sent back last."""
    duplicate_of: str = ""
    refusal_asked: str = ""
    """A manager's reason for a refusal that waits for a supervisor."""
    main: str = ""
    """并案: the number of the main case (主案) to which it is joined."""
    follows: bool = False
    """Its own claim ladder and reminders are silent while the main case is open."""
    leads: bool = False
    """Others were joined to it: it is a main case."""
    burst_asked: bool = False
    """The supervisors were asked once whether it and others have one cause."""
    stopgap: bool = False
    """临时处置: mended for now; when it is closed, a case for the cure opens."""
    cure: str = ""
    """The number of the case that is to cure what was mended here for now (根治)."""
    cures: str = ""
    """The number of the case that was mended for now, where this one is its cure."""
    company_patrol: bool = False
    forwarded: bool = False
    late_entry: bool = False
    """补录: handled after its limit because the bot was away."""
    unreadable: bool = False
    """照片打不开: a photo of the report could not be read or fetched."""
    before: int = 0
    during: int = 0
    after: int = 0
    ladder: int = 0
    """The last step of the claim ladder that was told."""
    ladder_at: datetime | None = None
    delivered_at: datetime | None = None
    """When the first card reached the group; the claim ladder counts from it."""
    rung: int = 0
    """The last rung of the supervision ladder (督查) that was reached; 1 is 提醒."""
    rung_asked: bool = False
    """A draft of that rung waits for a supervisor."""
    rung_declined: bool = False
    """A supervisor did not issue it: under this limit nothing more is drafted."""
    rung_at: datetime | None = None
    """When that rung was reached or decided."""
    rung_limit: datetime | None = None
    """The limit under which it was; under another one the ladder begins anew."""
    card: str = ""
    """The newest card's message."""
    anonymous_asked: bool = False
    """An anonymous admin was asked once to press instead."""
    history_seq: int = 0
    history_hash: str = ""
    """The head of the case's history chain."""

    @property
    def open(self) -> bool:
        """Whether the case still needs somebody."""
        return self.status in OPEN

    @property
    def unmended(self) -> bool:
        """Whether the repair itself is still owed."""
        return self.status in UNMENDED

    @property
    def suspended(self) -> bool:
        """Whether the repair is put off to a later day (挂账)."""
        return self.unmended and self.suspended_until is not None

    @property
    def danger(self) -> bool:
        """Whether the case is one of today's."""
        return self.tier is Tier.TODAY


def unasked(case: Case) -> Case:
    """The case with nothing left to answer for a supervisor, as an ended one must be."""
    return replace(
        case,
        hours_asked=False,
        promise_asked=None,
        extension_asked=False,
        suspend_asked=None,
        refusal_asked="",
        rung_asked=False,
    )
