"""What a digest is made of: plain data, read at the moment of telling. `messages/` words it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from casework.case import Status
    from usecases.records import Json
    from usecases.views import Button, CaseLine, Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """All figures of a window, of all cases or of some; medians in seconds, None of nothing."""

    reported: int
    filed: int
    dispatched: int
    own: int
    claimed: int
    claim: int | None
    closed: int
    mend: int | None
    owed: int
    on_time: int
    extended: int
    reworked: int
    open: int
    overdue: int
    overnight: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any((self.reported, self.claimed, self.owed, self.open, self.overnight))

    def pack(self) -> Json:
        """The figures as JSON can hold them."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The figures of one grid, company, category, source or tier."""

    key: str
    """Empty: the place is unknown."""
    name: str = ""
    """A company's name."""
    names: Label | None = None
    """A category's names."""
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """The figures of an earlier window."""

    since: datetime
    until: datetime
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """Why something happened, as people wrote it down: each reason and how often."""

    kind: str
    """`rework`, `refusal`, `promise`, `extension` or `suspension`."""
    reasons: tuple[tuple[str, int], ...]
    """The reason's code or words, most frequent first; empty: none was written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promises:
    """The promises of a company whose day came in the window, or that were mended in it."""

    company: str
    kept: int
    broken: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What a review of a week or month says beyond the figures."""

    past: tuple[Past, ...] = ()
    """The windows it is compared with, the nearest first."""
    places: tuple[tuple[str, int], ...] = ()
    """Streets and landmarks by cases reported, most first."""
    causes: tuple[Cause, ...] = ()
    promises: tuple[Promises, ...] = ()
    """By company, in the order of the rows."""
    slowest: tuple[tuple[CaseLine, int], ...] = ()
    """Closed cases, and the seconds from report to the close."""
    fastest: tuple[tuple[CaseLine, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestView:
    """One of the four digests, a draft, or the same figures now (`/today`)."""

    kind: str
    """A `DigestKind`, `draft`, or `today`."""
    zone: ZoneInfo
    since: datetime
    until: datetime
    total: Tally
    ended: int = 0
    """Refused or withdrawn in the window."""
    states: Mapping[Status, int] = field(default_factory=dict)
    """The open cases by state."""
    overdue: tuple[CaseLine, ...] = ()
    due: tuple[CaseLine, ...] = ()
    """What ends by 24:00 and is not mended."""
    overnight: tuple[CaseLine, ...] = ()
    """Of those counted as 过夜, the ones that are still open."""
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """By `grid`, `company`, `category`, `source` and `tier`."""
    findings: Findings = field(default_factory=Findings)
    remark: str = ""
    remark_by: str = ""
    late: bool = False
    """Told late: 补发."""
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartView:
    """The picture that goes along with a review: the same figures as bars."""

    digest: DigestView

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return self.digest.zone
