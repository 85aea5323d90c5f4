"""What is kept for the sake of time: orders, hushes, boards, digests. Records and their shelves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casework.ledger import LedgerRow
    from usecases.records import Json


class OrderState(StrEnum):
    """Where a paper of the supervision ladder stands."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    DECLINED = "declined"
    DROPPED = "dropped"
    """The case was mended before anybody decided."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A paper of the supervision ladder (督办单 …): the bot drafts it, a person issues it."""

    case_id: int
    rung: int
    """2: 督办单, 3: 报主要负责人, 4: 提请党组."""
    attempt: int = 1
    """A rung that is reached again, after a rework, is another paper."""
    state: OrderState = OrderState.DRAFTED
    number: str = ""
    """Given when it is issued, without gaps within a year."""
    drafted_at: datetime
    decided_at: datetime | None = None
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hush:
    """A person who wants no reminder of a case for a while (🔕)."""

    case_id: int
    person: str
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """The pinned board (今日看板) of a group."""

    origin: str
    """The group's id in the configuration."""
    chat: str
    """The id that was in use when it was posted."""
    message: str = ""
    shown: str = ""
    """A digest of what it shows, so that nothing is edited that is the same."""
    pinned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptDigest:
    """The figures of one window, as they were sent (or drafted)."""

    kind: str
    since: datetime
    until: datetime
    fact: Json = field(default_factory=dict)
    state: str = "sent"
    """`draft` or `sent`."""
    remark: str = ""
    remark_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rulebook:
    """One version of the category file, as it was read."""

    version: int
    """From 1; a file put back to what it once was is a new version all the same."""
    at: datetime
    sha256: str
    text: str
    names: Json
    """Chinese and English name of every code that ever was, by code."""


class ClockLedger(Protocol):
    """The clock ledger of all cases."""

    def append(self, rows: Iterable[LedgerRow]) -> None:
        """Add rows."""
        ...

    def of(self, case_id: int) -> Sequence[LedgerRow]:
        """The rows of a case, oldest first."""
        ...

    def last_seq(self, case_id: int) -> int:
        """The number of the last row of a case; 0: there is none."""
        ...

    def between(self, since: datetime, until: datetime) -> Sequence[LedgerRow]:
        """All rows later than `since`, up to and with `until`, by time."""
        ...


class Orders(Protocol):
    """The papers of the supervision ladder."""

    def save(self, order: Order) -> None:
        """Keep or replace a paper.

        Raises:
            StorageError: its number is another paper's.
        """
        ...

    def of(self, case_id: int) -> Sequence[Order]:
        """The papers of a case, by rung and attempt."""
        ...

    def next_serial(self, year: int) -> int:
        """The next serial of a year, from 1, without gaps."""
        ...


class Hushes(Protocol):
    """Who wants no reminder of which case."""

    def put(self, hush: Hush) -> None:
        """Keep or replace one."""
        ...

    def until(self, case_id: int, person: str) -> datetime | None:
        """Until when a person hears nothing of a case."""
        ...

    def prune(self, before: datetime) -> None:
        """Forget those that ended before."""
        ...


class Boards(Protocol):
    """The boards of the groups."""

    def get(self, origin: str) -> Board | None:
        """The board of a group."""
        ...

    def save(self, board: Board) -> None:
        """Keep or replace a board."""
        ...


class Digests(Protocol):
    """The digests as they were sent."""

    def get(self, kind: str, until: datetime) -> KeptDigest | None:
        """The digest of a window."""
        ...

    def last(self, kind: str, before: datetime) -> Sequence[KeptDigest]:
        """Those whose window ended earlier than a moment, newest first, at most 60."""
        ...

    def sent_until(self, kind: str, before: datetime) -> datetime | None:
        """Where the last window ended that was sent and ended earlier than a moment."""
        ...

    def save(self, digest: KeptDigest) -> None:
        """Keep or replace one."""
        ...


class Mutes(Protocol):
    """Who wants which digest no more."""

    def of(self, person: str) -> frozenset[str]:
        """The kinds a person has muted."""
        ...

    def put(self, person: str, kind: str) -> None:
        """Mute a kind for a person."""
        ...

    def drop(self, person: str, kind: str) -> None:
        """Let a person have a kind again."""
        ...


class Rulebooks(Protocol):
    """The versions of the category file."""

    def newest(self) -> Rulebook | None:
        """The version in force."""
        ...

    def add(self, rulebook: Rulebook) -> None:
        """Keep a new version."""
        ...

    def of_open_cases(self, besides: int) -> Sequence[Rulebook]:
        """The versions, besides one, that open cases keep."""
        ...
