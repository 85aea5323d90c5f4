"""The accounts of the simulated Telegram: people, and bots as others see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.json_types import Json

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""The account in whose name Telegram shows what an anonymous admin writes."""

PREMIUM_CAPTION = 4096
PLAIN_CAPTION = 1024


@dataclass(slots=True)
class Person:
    """An account; ids are Telegram's (> 0)."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    premium: bool = False
    is_bot: bool = False
    about: dict[str, str] | None = None
    blocked: set[int] = field(default_factory=set)
    """The bots that this person blocks."""

    def as_user(self) -> Json:
        """The Bot API's `User`."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code and not self.is_bot:
            user["language_code"] = self.language_code
        if self.premium:
            user["is_premium"] = True
        return user

    def as_listed(self) -> Json:
        """The entry of `GET /sim/people`."""
        listed = self.as_user()
        if self.about:
            listed["about"] = self.about
        return listed

    @property
    def caption_limit(self) -> int:
        """How long this person's captions may be, in UTF-16 units."""
        return PREMIUM_CAPTION if self.premium else PLAIN_CAPTION
