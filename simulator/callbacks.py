"""Presses of inline buttons: each is a query that the bot may answer once, for a short while."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.json_types import Json

ANSWERABLE = timedelta(seconds=30)
"""How long a query may be answered."""

EPHEMERAL_WINDOW = timedelta(seconds=15)
"""How long any bot may answer a press with a message for the presser alone."""


@dataclass(slots=True)
class CallbackQuery:
    """One press."""

    id: str
    bot: int
    user: int
    chat: int
    message: int
    asked: datetime
    answer: asyncio.Future[Json]
    ephemeral_message: bool = False


class CallbackQueries:
    """All presses that may still be answered."""

    def __init__(self) -> None:
        self._random = Random(3)  # noqa: S311 - identifiers need no secrecy
        self._queries: dict[str, CallbackQuery] = {}

    def ask(self, bot: int, user: int, place: tuple[int, int], now: datetime) -> CallbackQuery:
        """A fresh query about the message at `place` (chat, message)."""
        self._queries = {
            key: query for key, query in self._queries.items() if now - query.asked < ANSWERABLE
        }
        identifier = str(self._random.randrange(10**17, 10**18))
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        query = CallbackQuery(identifier, bot, user, *place, asked=now, answer=answer)
        self._queries[identifier] = query
        return query

    def find(self, identifier: str, bot: int, now: datetime) -> CallbackQuery | None:
        """The query, if it is this bot's and not too old."""
        query = self._queries.get(identifier)
        if query is None or query.bot != bot or now - query.asked >= ANSWERABLE:
            return None
        return query
