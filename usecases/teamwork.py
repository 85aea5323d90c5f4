"""What several processes that serve one bot know of each other: calls, pauses, fetches.

Kept only where processes can be several (PostgreSQL); a process that is alone remembers it all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call to the chat platform for an outbox row."""

    id: int = 0
    row: int
    """The id of the outbox row."""
    owner: str
    """The process that makes it."""
    chat: str
    case_id: int = 0
    kind: str
    free: bool
    """Not counted by the pace."""
    started: datetime
    ended: datetime | None = None
    """None: it is under way, or its process died."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A chat that rests."""

    chat: str
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetch:
    """A photo that a process is fetching."""

    photo: int
    owner: str


class Team(Protocol):
    """Who does what. A process is alive while it has its lease."""

    def calls(self, since: datetime) -> Sequence[Call]:
        """The calls under way, and those that ended since a moment."""
        ...

    def began(self, call: Call) -> None:
        """A call begins."""
        ...

    def ended(self, row: int, owner: str, at: datetime) -> bool:
        """A call has ended; False when it was taken for lost and ended by another process."""
        ...

    def lost_calls(self) -> Sequence[int]:
        """The outbox rows being sent by no living process."""
        ...

    def end_lost_calls(self, at: datetime) -> None:
        """End the calls of processes that live no more."""
        ...

    def pauses(self, now: datetime) -> Sequence[Pause]:
        """The chats that rest at a moment."""
        ...

    def pause(self, pause: Pause) -> None:
        """Let a chat rest; a pause never shortens an earlier one."""
        ...

    def moved(self, old: str, new: str) -> None:
        """A group has a new id; what it used up stays used up."""
        ...

    def ban_moved(self, old: str, new: str) -> None:
        """A group has a new id; it rests there as long as it would have here."""
        ...

    def fetched_elsewhere(self, owner: str) -> frozenset[int]:
        """The photos that other living processes are fetching."""
        ...

    def fetches(self, fetches: Sequence[Fetch]) -> None:
        """These photos are being fetched."""
        ...

    def fetched(self, photo: int, owner: str) -> None:
        """A fetching is over."""
        ...

    def prune(self, before: datetime) -> None:
        """Forget the calls that ended, and the pauses that were over, before a moment."""
        ...
