"""What became of one call to the chat platform. No exception of the HTTP client leaves the gateway.

Notes are Telegram's own words or the name of an error class: never a URL, so never the token.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta


class Absence(StrEnum):
    """Why a chat cannot be written to."""

    BLOCKED = "blocked"
    """The person blocked the bot, never opened the chat, or the account is gone."""
    GONE = "gone"
    """The bot was removed from the group, or the group does not exist."""
    MUTED = "muted"
    """The bot is in the group but may not write."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It was sent, edited or set."""

    message: str
    """The id of the message; empty for a reaction."""


@dataclass(frozen=True, slots=True)
class Same:
    """The message already looks like this: as good as edited."""


@dataclass(frozen=True, slots=True)
class Later:
    """Refused for the pace (429): nothing happened, and the chat must rest."""

    rest: timedelta


@dataclass(frozen=True, slots=True)
class SurelyNot:
    """It surely did not happen and may be tried again freely."""

    note: str
    reached: bool
    """Whether the call reached the platform, which may have counted it."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """It may or may not have happened: ambiguous."""

    note: str


@dataclass(frozen=True, slots=True)
class NoChat:
    """The chat cannot be written to."""

    absence: Absence
    note: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has a new id."""

    chat: str


@dataclass(frozen=True, slots=True)
class NoMessage:
    """The message to edit or to react to does not exist any more."""

    note: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for good: the same call will never succeed."""

    note: str


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The bot's token is not (or no longer) valid: nothing at all can be sent."""


Outcome = (
    Sent | Same | Later | SurelyNot | Maybe | NoChat | Migrated | NoMessage | Refused | TokenRefused
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a file, as they were sent."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Unfetchable:
    """The file will never come: too large, or the handle is not one."""

    note: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The platform does not give the file now, and does not say whether it ever will."""

    note: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The network or the platform failed; the file itself may be well."""

    note: str


FetchOutcome = Fetched | Unfetchable | Doubtful | Trouble | Later | TokenRefused


class TokenRefusedError(Exception):
    """The platform does not accept the bot's token (HTTP 401): revoked, or mistyped."""

    def __init__(self) -> None:
        super().__init__("the chat platform refuses the bot's token")
