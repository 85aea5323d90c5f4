"""The product's writer and desk at work on raw updates, without loops and network."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.assembly import build, prepare
from bot.config import sample
from handlers.replies import LeaveReply, ToastReply
from messages.letters import Letters
from pictures.worker import PictureWorker
from tests import databases
from tests.fakes.clock import ManualClock
from tests.fakes.settled import SettledSession

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.assembly import Product
    from bot.config import Settings
    from tests.attacks.updates import Raw

NOW = datetime(2026, 3, 10, 2, 0, 30, tzinfo=UTC)
"""Half a minute after the messages of `updates`."""
STATE = (
    "SELECT id, status, tier, category, place, grid, claimer, repairer, deadline, version,"
    " patrol_key, repair_key, suspended_until, promise_asked, reason FROM cases ORDER BY id"
)
"""What an attack must not change."""


def as_it_is(settings: Settings) -> Settings:
    """The sample town."""
    return settings


@asynccontextmanager
async def office(
    folder: Path, change: Callable[[Settings], Settings] = as_it_is
) -> AsyncIterator[Office]:
    """The town's office over the database of a folder."""
    settings = change(databases.housed(replace(sample({}), data=folder)))
    prepare(settings)
    product = build(settings, ManualClock(NOW), PictureWorker())
    product.bot.session = SettledSession()
    await product.writer.start()
    try:
        await product.desk.start()
        yield Office(product, folder)
    finally:
        await product.writer.stop()


class Office:
    """Takes updates in, and tells what was answered."""

    def __init__(self, product: Product, folder: Path) -> None:
        self.product = product
        self._folder = folder
        self._letters = Letters(product.catalogue)

    async def take(self, *updates: Raw) -> list[str]:
        """The toasts of these updates in Chinese; `leave` for a group that is left."""
        replies = await self.product.receiver.take_in(updates)
        return [self._words(reply) for reply in replies]

    def _words(self, reply: ToastReply | LeaveReply) -> str:
        if isinstance(reply, LeaveReply):
            return "leave"
        if reply.answer is None:
            return ""
        if isinstance(reply.answer, Exception):
            return self._letters.refusal(reply.answer, "zh")
        return self._letters.toast(reply.answer, "zh")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        return databases.rows(self._folder, query)

    def state(self) -> list[tuple[object, ...]]:
        """The cases, as far as an attack may not touch them."""
        return self.rows(STATE)

    def untroubled(self) -> bool:
        """Whether nothing went to the quarantine."""
        return self.rows("SELECT count(*) FROM quarantine") == [(0,)]
