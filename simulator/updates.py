"""A bot's queue of updates: kept a day, confirmed only by a later, higher offset."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.json_types import Json

KEPT = timedelta(hours=24)
SILENCE = timedelta(days=7)
"""After so long a silence the next identifier is chosen at random."""

FUTURE_SLACK = 10
"""An offset further ahead than this is taken for a mistake and everything is handed out."""

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post",
        "business_connection", "business_message", "edited_business_message",
        "deleted_business_messages", "guest_message", "message_reaction",
        "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query",
        "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer",
        "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
        "removed_chat_boost", "managed_bot", "subscription", "stopped_message_generation",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `lane` is what its order is kept in (the chat)."""

    id: int
    kind: str
    payload: Json
    expires: datetime
    lane: int

    def as_json(self) -> Json:
        """The Bot API's `Update`."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """All that a bot has not confirmed yet."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - identifiers need no secrecy
        self._next_id = self._fresh_id()
        self._last_added: datetime | None = None
        self._waiting: list[Update] = []
        self._listeners: list[asyncio.Future[None]] = []
        self.allowed: frozenset[str] | None = None
        """The remembered `allowed_updates`; None means the default set."""

    def __len__(self) -> int:
        return len(self._waiting)

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        if self.allowed is None:
            return kind not in NOT_BY_DEFAULT
        return kind in self.allowed

    def allow(self, kinds: list[str]) -> None:
        """Remember the kinds asked for; an empty list means the default set."""
        known = frozenset(kind for kind in kinds if kind in KINDS)
        self.allowed = known or None

    def add(self, kind: str, payload: Json, now: datetime, lane: int) -> Update:
        """Queue one more update."""
        if self._last_added is not None and now - self._last_added > SILENCE:
            self._next_id = self._fresh_id()
        self._last_added = now
        update = Update(self._next_id, kind, payload, now + KEPT, lane)
        self._next_id += 1
        self.put(update)
        return update

    def put(self, update: Update) -> None:
        """Queue an update as it is, e.g. the same one again."""
        self._waiting.append(update)
        self.wake()

    def confirm(self, offset: int) -> None:
        """Forget all below `offset`; a negative one keeps only the newest -offset."""
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset <= self._next_id + FUTURE_SLACK:
            self._waiting = [update for update in self._waiting if update.id >= offset]

    def forget(self, update: Update) -> None:
        """Drop one update, as a webhook's 200 does."""
        self._waiting = [other for other in self._waiting if other is not update]

    def clear(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()

    def pending(self, now: datetime) -> list[Update]:
        """What waits and has not expired, oldest first."""
        if any(update.expires <= now for update in self._waiting):
            self._waiting = [update for update in self._waiting if update.expires > now]
        return self._waiting

    def next_arrival(self) -> asyncio.Future[None]:
        """Done as soon as something is queued, or somebody calls `wake`."""
        arrival: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listeners.append(arrival)
        return arrival

    def wake(self) -> None:
        """End the wait of all who listen for an arrival."""
        for listener in self._listeners:
            if not listener.done():
                listener.set_result(None)
        self._listeners.clear()

    def _fresh_id(self) -> int:
        return self._random.randrange(100_000_000, 900_000_000)
