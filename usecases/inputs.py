"""What comes in from a chat platform, in the product's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.views import Action


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """The account behind a message or press."""

    account: str
    username: str = ""
    language: str = ""
    """The language of the app, as the platform tells it."""
    anonymous: bool = False
    """An anonymous admin: nobody knows who."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where and when something was said."""

    update_id: int
    chat: str
    message: str
    thread: str = ""
    sender: Sender
    at: datetime
    """The message's own time, aware, in UTC."""
    private: bool = False
    reply_to: str = ""
    """The message it answers, in the same chat."""
    forwarded: bool = False
    via_bot: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A photo as the platform offers it."""

    file: str
    unique: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoPosted:
    """A photo, a video (its thumbnail) or an image file; one item of an album, or alone."""

    source: Source
    file: File
    caption: str = ""
    album: str = ""
    order: int = 0
    """Sorts the items of an album."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsSaid:
    """A text message, or a voice message (no text)."""

    source: Source
    text: str = ""
    voice: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageEdited:
    """An edited text or caption, or a replaced photo. It never acts."""

    source: Source
    text: str = ""
    file: File | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ButtonPressed:
    """A press on an inline button."""

    update_id: int
    sender: Sender
    chat: str
    message: str
    at: datetime
    """The receiver's clock."""
    action: Action
    case_id: int
    arg: str = ""
    round: int = 0
    private: bool = False
    only: str = ""
    """The ephemeral message it stood on, if it did."""
    answers: str = ""
    """The message that the pressed one replies to."""
    thread: str = ""
    """The topic of the pressed message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandGiven:
    """A slash command to this bot."""

    source: Source
    name: str
    argument: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BotMoved:
    """The bot's own standing in a chat changed."""

    update_id: int
    chat: str
    private: bool
    account: str
    """In a private chat: whose."""
    state: str
    """`here`, `muted` (may not send, or is no admin any more) or `gone`."""


SUPERGROUPS = -1_000_000_000_000
"""The ids of supergroups lie below; those of plain groups above."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupMigrated:
    """A group became a supergroup with another id."""

    update_id: int
    old: str
    new: str
