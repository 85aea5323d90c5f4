"""What the unit of work keeps beside the cases: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.case import Phase

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Binding:
    """A person of the roster and the account that was first seen with the username."""

    person: str
    account: str
    bound_at: datetime
    language: str = ""
    """The language of the person's app, as last seen."""
    private: str = ""
    """The private chat, when the person has opened it and has not blocked the bot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat:
    """A group as the bot knows it. A group is in the configuration by its first id."""

    chat: str
    """The id now in use."""
    origin: str
    """The id in the configuration; differs after a migration."""
    state: str = "here"
    """`here`, `muted` (may not send, or is no admin any more) or `gone` (removed)."""


class Part(StrEnum):
    """What a message is to its case."""

    PHOTO = "photo"
    WORDS = "words"
    CARD = "card"
    SHEET = "sheet"
    NOTICE = "notice"
    """A ladder step, reminder or question that names exactly this case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A message that belongs to a case; a reply to it is a reply to the case."""

    chat: str
    message: str
    case_id: int
    part: Part
    person: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Album:
    """An album and what became of it; late items follow (case, phase), whatever they say."""

    chat: str
    album: str
    case_id: int = 0
    """0: nothing was opened (`#无关`, or a question is open)."""
    phase: str = ""
    person: str = ""
    at: datetime
    question: int = 0
    """The open question its photos wait for."""
    ignored: bool = False
    """`#无关` stood on one of its items."""


class PhotoState(StrEnum):
    """Where the fetching of a photo stands."""

    WANTED = "wanted"
    KEPT = "kept"
    BROKEN = "broken"
    """Fetched, but cannot be read as a picture."""
    LOST = "lost"
    """Cannot be fetched (gone, or too large)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """One photo of a case, or one that waits for the answer to a question."""

    id: int = 0
    """0 until it is stored."""
    case_id: int
    """0 while a question is open."""
    chat: str
    message: str
    album: str = ""
    """The album it came in; empty when it came alone."""
    order: int = 0
    """Sorts the photos of one album."""
    file: str
    """The chat platform's handle for fetching."""
    unique: str
    phase: Phase
    round: int = 0
    person: str
    at: datetime
    """The time of the message."""
    state: PhotoState = PhotoState.WANTED
    sha256: str = ""
    width: int = 0
    height: int = 0
    attempts: int = 0
    try_at: datetime
    question: int = 0
    caption: str = ""
    """The words it came with, kept while a question is open."""


class Wanted(NamedTuple):
    """What the fetcher finds at one moment."""

    photos: Sequence[Photo]
    """Those to fetch now, oldest first."""
    next_try: datetime | None
    """The earliest time a wanted photo is (or was) due."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The last words of a person in a chat, kept for minutes."""

    chat: str
    thread: str
    message: str
    person: str
    text: str
    at: datetime


class Priority(IntEnum):
    """The courier's order between cases; within a case and chat it is first in, first out."""

    DANGER_CARD = 0
    ANSWER = 1
    """An answer to a person's act that only that person sees."""
    CARD = 2
    LADDER = 3
    """Ladder steps and whatever else somebody must act on."""
    SHEET = 4
    CLOSE = 5
    EDIT = 6
    BOARD = 7


class Sent(StrEnum):
    """The states of an outbox row."""

    QUEUED = "queued"
    SENDING = "sending"
    """Marked before the call; found at a start, it may or may not have been sent."""
    SENT = "sent"
    DROPPED = "dropped"
    """Its reason had gone when it was about to be said."""
    DEAD = "dead"
    """Refused for good."""


EDIT = "edit"
"""The kind of a row that edits the card of a case."""
EDITS = "+"
"""Marks the lane of a card's edits."""
UNCHANGED = "unchanged"
"""The note of a row that was dropped because its message looks so already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """One outbox row: the fact and ids, never rendered text."""

    id: int = 0
    """0 until it is stored."""
    kind: str
    """A kind of `usecases.telling`."""
    key: str
    """Unique: the same fact is told once."""
    case_id: int = 0
    chat: str
    """Where it goes."""
    person: str = ""
    """Whom it is for: named by a mention in a group."""
    only: str = ""
    """The account that alone sees it (an ephemeral message), when set."""
    reply_to: str = ""
    thread: str = ""
    fact: Json = field(default_factory=dict)
    priority: Priority
    free: bool = False
    """Not counted by the pace: reactions and ephemeral messages."""
    loud: bool = False
    """It asks somebody to act: it sounds by the rule of the hours."""
    not_before: datetime
    created_at: datetime
    state: Sent = Sent.QUEUED
    attempts: int = 0
    sent_at: datetime | None = None
    message: str = ""
    """The message it became."""
    note: str = ""
    """Why it was dropped, or what refused it."""

    @property
    def lane(self) -> str:
        """Rows of one lane go out in order, one at a time.

        A card's edit shows what is true when it goes out, so nothing of the case waits for it.
        """
        subject = str(self.case_id) if self.case_id else self.kind
        return f"{subject}{EDITS if self.kind == EDIT else ''}@{self.chat}"


class Waiting(NamedTuple):
    """What the courier finds at one moment."""

    rows: Sequence[Outgoing]
    """The next sendable row of each lane, most urgent first."""
    later: datetime | None
    """When the next of those that may not go yet may go."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRow:
    """Something that falls due."""

    id: int = 0
    kind: str
    key: str
    """Unique: what was done once under this key is never done again."""
    case_id: int = 0
    at: datetime
    state: str = "pending"
    """`pending`, `done`, `dropped` (with the reason in `note`) or `cancelled`."""
    note: str = ""
    data: Json = field(default_factory=dict)


Outcome = tuple[str, str]
"""What became of a due row: its state from now on, and why it was dropped."""
DONE: Outcome = ("done", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo:
    """The state of a case before its last press; whoever pressed may go back to it."""

    case_id: int
    person: str
    version: int
    """The version the press made; any later one ends the undo."""
    until: datetime
    snapshot: Json


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldNudge:
    """A reminder that waits for the group's next batch."""

    id: int = 0
    chat: str
    person: str
    case_id: int
    kind: str
    at: datetime
    """When it fell due."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarantined:
    """An update that failed, kept with its traceback until it is replayed."""

    id: int = 0
    update_id: int
    raw: str
    """The update as JSON."""
    traceback: str
    at: datetime
    attempts: int = 1
    replayed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryRow:
    """One event of a case, chained to the one before by hash."""

    case_id: int
    seq: int
    at: datetime
    actor: str
    event: str
    """The event's class name."""
    data: Json
    previous: str
    hash: str
