"""A bot as Telegram knows it: token, queue, limits, settings, and the poll that waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.limits import Limits
from simulator.updates import UpdateQueue

if TYPE_CHECKING:
    import asyncio
    from datetime import datetime

    from simulator.json_types import Json
    from simulator.people import Person

RECENT_POLL = 1.0
"""Real seconds after a poll during which its bot still counts as polling."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a bot wants its updates."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True)
class WebhookState:
    """What `getWebhookInfo` tells besides the settings."""

    last_error_date: int | None = None
    last_error_message: str | None = None
    gone_since: datetime | None = None
    """When the first of an unbroken row of 410 answers came."""


@dataclass(slots=True)
class ParkedPoll:
    """A getUpdates call that waits for something to happen."""

    conflict: asyncio.Future[str]
    """Resolved with the words of the conflict that ends it."""


@dataclass(slots=True)
class Bot:
    """One bot."""

    person: Person
    token: str
    queue: UpdateQueue
    limits: Limits = field(default_factory=Limits)
    webhook: Webhook | None = None
    webhook_state: WebhookState = field(default_factory=WebhookState)
    poll: ParkedPoll | None = None
    poll_offset: int | None = None
    polled_at: datetime | None = None
    polled_really: float = float("-inf")
    """The loop's own time of the last getUpdates."""
    working: int = 0
    """Calls being handled that wait for nothing but the simulator."""
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    backing_off: set[int] = field(default_factory=set)
    """Chats whose webhook deliveries wait for another try."""

    @property
    def id(self) -> int:
        """The bot's account."""
        return self.person.id

    def is_polling(self, really: float) -> bool:
        """Whether the bot polls now, or did a moment ago of the loop's own time."""
        return self.poll is not None or really - self.polled_really < RECENT_POLL

    def as_listed(self) -> Json:
        """The entry of `GET /sim/bots`."""
        return {"id": self.id, "token": self.token, "username": self.person.username}


def new_bot(person: Person, token: str) -> Bot:
    """A bot that nobody has written to yet."""
    return Bot(person, token, UpdateQueue(seed=person.id))
