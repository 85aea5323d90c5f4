"""What the auditor reads and keeps: ports over one transaction, and their plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from casework.case import Case
    from casework.ledger import LedgerRow
    from usecases.records import Binding, DueRow, HistoryRow, Json, Link, Outgoing, Photo, Undo


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that is not as it must be; kept until it is so again."""

    kind: str
    """The check that found it (`usecases.auditing`)."""
    subject: str
    """Which one it is, for the check itself; with the kind it is unique."""
    name: str
    """Which one it is, for people: a case number, a row, a file."""
    data: Json = field(default_factory=dict)
    """What the repair must know."""
    found_at: datetime
    tried_at: datetime | None = None
    """When its repair was tried."""
    told_at: datetime | None = None
    """When the supervisors were told of it."""

    @property
    def id(self) -> tuple[str, str]:
        """Kind and subject."""
        return self.kind, self.subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A moment, and how far something has come; one a name."""

    name: str
    at: datetime
    value: int = 0


class Stray(NamedTuple):
    """A row that names a case which does not exist."""

    table: str
    id: int
    case_id: int


class Inspection(Protocol):
    """What the auditor reads; every answer is bounded by what was asked for."""

    def late_dues(self, before: datetime, limit: int) -> Sequence[DueRow]:
        """Pending rows that fell due before a moment, earliest first."""
        ...

    def failed_dues(self, since: datetime, limit: int) -> Sequence[DueRow]:
        """Rows due since then that were dropped because the program failed."""
        ...

    def waiting_long(self, before: datetime, limit: int) -> Sequence[Outgoing]:
        """Queued rows whose time came before a moment, earliest first."""
        ...

    def tried_again(self, chat: str, since: datetime) -> bool:
        """Whether a queued row of a chat was tried, and is to be tried again since then."""
        ...

    def quarantined(self, limit: int) -> Sequence[int]:
        """The updates that wait in quarantine, newest first."""
        ...

    def put_off(self, after: datetime, limit: int) -> Sequence[Outgoing]:
        """Queued rows whose time comes after a moment."""
        ...

    def dead(self, since: datetime, limit: int) -> Sequence[Outgoing]:
        """Rows queued since then that asked somebody to act and were refused for good."""
        ...

    def wanted_long(self, before: datetime, limit: int) -> Sequence[Photo]:
        """Photos whose fetching was due before a moment."""
        ...

    def open_since(self, since: datetime, limit: int) -> Sequence[Case]:
        """Open cases reported at a moment or later, oldest first."""
        ...

    def closed_last(self, limit: int) -> Sequence[Case]:
        """The cases that ended last."""
        ...

    def cases(self, ids: Collection[int]) -> Sequence[Case]:
        """These cases, as far as they exist, by id."""
        ...

    def histories(self, ids: Collection[int]) -> Mapping[int, Sequence[HistoryRow]]:
        """The events of these cases, oldest first."""
        ...

    def ledgers(self, ids: Collection[int]) -> Mapping[int, Sequence[LedgerRow]]:
        """The rows of these cases in the clock ledger, oldest first."""
        ...

    def dues_of(self, ids: Collection[int]) -> Mapping[int, Sequence[DueRow]]:
        """All due rows of these cases."""
        ...

    def shown_of(self, ids: Collection[int]) -> Mapping[int, Sequence[Outgoing]]:
        """Outbox rows of these cases that are cards, edits and sheets, oldest first."""
        ...

    def undos_of(self, ids: Collection[int]) -> Mapping[int, Undo]:
        """What may be undone of these cases."""
        ...

    def card_links(self, ids: Collection[int]) -> Mapping[int, Link]:
        """The link of the message that each of these cases names as its card."""
        ...

    def photos_of(self, ids: Collection[int]) -> Sequence[Photo]:
        """The photos of these cases."""
        ...

    def photo_counts(self, ids: Collection[int]) -> Mapping[int, int]:
        """How many photos each of these cases has, where it has any."""
        ...

    def unlinked(self, ids: Collection[int]) -> Sequence[Photo]:
        """The photos of these cases whose message leads to no case."""
        ...

    def photos_after(self, after: int, limit: int) -> Sequence[Photo]:
        """Photos with an id above `after`, by id."""
        ...

    def newest_photos(self, limit: int) -> Sequence[Photo]:
        """The photos that came last."""
        ...

    def photos_of_file(self, digest: str) -> Sequence[Photo]:
        """The photos whose original is this file."""
        ...

    def named(self, digests: Collection[str]) -> frozenset[str]:
        """Those of these digests that photos name."""
        ...

    def strays(self, table: str, low: int, high: int) -> Sequence[Stray]:
        """Rows of photos, dues or outbox with low < id <= high whose case does not exist."""
        ...

    def last_id(self, table: str) -> int:
        """The highest id of photos, dues, outbox or cases; 0: there is none."""
        ...

    def last_question(self) -> int:
        """The highest number of a question that photos name."""
        ...

    def has_order(self, number: str) -> bool:
        """Whether a paper has this number."""
        ...

    def counter(self, name: str) -> int:
        """The last number given under a name."""
        ...

    def serial(self, day: date) -> int:
        """The last case serial given on a day of the city."""
        ...

    def raise_counter(self, name: str, value: int) -> None:
        """Let a counter go on behind a number that is in use."""
        ...

    def bindings(self) -> Sequence[Binding]:
        """Everybody's account, by person."""
        ...


class Findings(Protocol):
    """What was found and is not right again yet."""

    def all(self, limit: int) -> Sequence[Finding]:
        """The findings, by kind and subject."""
        ...

    def save(self, finding: Finding) -> None:
        """Keep or replace one."""
        ...

    def drop(self, finding: Finding) -> None:
        """It is right again."""
        ...


class Marks(Protocol):
    """Moments and positions to go on from."""

    def get(self, name: str) -> Mark | None:
        """The mark of a name."""
        ...

    def put(self, mark: Mark) -> None:
        """Keep or replace one."""
        ...
