"""One bot, several processes: hears what the others did, and takes over from those that died."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from delivery.team import TeamCourierOffice, TeamPhotoOffice
from storage.leasing import POLLER, Membership, News
from storage.topics import CHATS, RULES, WORK

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.category_keeper import CategoryKeeper
    from usecases.desk import Desk

log = logging.getLogger(__name__)

STAND_BY = 5.0
"""Seconds between two signs of life of a process that stands by."""


def name_of_process() -> str:
    """A name that no other process has, or had."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}".replace(" ", "-")


class Team:
    """This process among the others on one PostgreSQL. `bot/nursery.py` runs `run()`."""

    def __init__(
        self,
        url: str,
        name: str,
        desk: Desk,
        categories: CategoryKeeper,
        ring: Callable[[frozenset[str]], None],
    ) -> None:
        self._desk = desk
        self.well: Callable[[], None] = lambda: None
        """Hears that this process is well, though it only stands by."""
        self._categories = categories
        self._ring = ring
        self.courier_office = TeamCourierOffice(desk, name)
        self.photo_office = TeamPhotoOffice(desk, name)
        self._membership = Membership(url, name, self._heard)
        self._topics: set[str] = set()
        self._left_behind = False
        self._some_news = asyncio.Event()
        self._turned = asyncio.Event()

    async def start(self, *, polls: bool = True) -> None:
        """Be one of them; returns when the others know. `polls`: it would be the one that polls.

        Raises:
            DatabaseFailedError: PostgreSQL gives it no connection for that.
        """
        await self._membership.start((POLLER,) if polls else ())

    async def stop(self) -> None:
        """Let the others take over at once."""
        await self._membership.stop()

    def is_mine(self) -> bool:
        """Whether this process is the one that polls."""
        return self._membership.holds(POLLER)

    async def my_turn(self) -> None:
        """Return while this process is the one that polls; to stand by is to be well, too."""
        if self.is_mine():
            return
        log.info("another process polls, this one stands by", extra={"action": "team.stands_by"})
        while not self.is_mine():
            self._turned.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._turned.wait(), STAND_BY)
            self.well()
        log.info("this process polls from now on", extra={"action": "team.polls"})

    async def run(self) -> None:
        """Act on what is heard, for ever."""
        while True:
            await self._some_news.wait()
            self._some_news.clear()
            topics, self._topics = frozenset(self._topics), set()
            left_behind, self._left_behind = self._left_behind, False
            if CHATS in topics:
                await self._desk.relearn()
            if RULES in topics:
                await self._categories.follow()
            if left_behind:
                log.warning("a process has died", extra={"action": "team.took_over"})
                await self.courier_office.recover()
            self._ring(WORK if left_behind else topics)

    def _heard(self, news: News) -> None:
        self._topics |= news.topics
        self._left_behind |= news.left_behind
        self._turned.set()
        if news.topics or news.left_behind:
            self._some_news.set()
