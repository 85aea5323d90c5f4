"""Commit, then confirm: updates are confirmed only after everything they caused is committed.

A batch is fed through the dispatcher in its order over one transaction; `bot/poller.py` and
`bot/webhook.py` bring the batches, and confirm them after the commit. If one update fails, the
batch is rolled back and its updates are fed again one by one; the failing one goes to the
quarantine, the rest goes on.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiogram.types import Update

from bot.logs import Mask
from bot.moves import Moves, NotAskedError
from bot.storable import storable
from handlers.dispatcher import ALLOWED_UPDATES
from handlers.replies import LeaveReply, ToastReply
from storage.errors import (
    BatchFailed,
    DatabaseDisturbedError,
    DatabaseFailedError,
    WriterStoppedError,
)
from usecases.records import Quarantined
from web.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from aiogram import Bot, Dispatcher

    from handlers.replies import Reply
    from storage.writer import Writer
    from usecases.desk import Desk
    from usecases.ports import UnitOfWork

log = logging.getLogger(__name__)

BATCH = 100
"""Updates of one transaction at most; a poll brings no more."""
TROUBLES = (DatabaseFailedError, DatabaseDisturbedError, WriterStoppedError, NotAskedError)
"""Failures that say nothing against the update they met: of the database, or of a question."""
RawUpdate = dict[str, Any]


@dataclass(kw_only=True, slots=True)
class Receiver:
    """What long poll and webhook share: updates are taken in, and then may be confirmed."""

    bot: Bot
    dispatcher: Dispatcher
    writer: Writer
    desk: Desk
    committed: Callable[[Sequence[Reply]], None]
    """Hears what is to be done after each commit."""
    totals: Totals = field(default_factory=Totals)
    _moves: Moves = field(init=False)

    def __post_init__(self) -> None:
        self._moves = Moves(self.bot)

    @property
    def at_once(self) -> Desk:
        """The desk that fails with the database: whoever brings updates must hear it soon."""
        return self.desk.through(self.writer.run)

    async def take_in(self, updates: Sequence[RawUpdate]) -> list[Reply]:
        """Handle a batch in one transaction, or if that fails, one update after another.

        Raises:
            StorageError: One of `TROUBLES`: the database failed, not an update.
            NotAskedError: Likewise: a group may have moved, and Telegram does not answer.
        """
        await self._moves.look(self.at_once, updates)
        try:
            async with self.writer.batch() as batch:
                replies = await self._feed_all(self.desk.through(batch.call), updates)
        except Exception:  # noqa: BLE001 - the one that failed is found by feeding them singly
            await self.at_once.relearn()
            return [reply for raw in updates for reply in await self._single(raw)]
        self._count(len(updates))
        return replies

    def _count(self, updates: int) -> None:
        self.totals.updates += updates
        self.totals.batches += 1

    async def replay(self, raw: RawUpdate) -> bool:
        """Feed an update from the quarantine once more; whether it went through."""
        try:
            async with self.writer.batch() as batch:
                replies = await self._feed(self.desk.through(batch.call), raw)
                await batch.call(_replayed, int(raw["update_id"]), self.desk.clock.now())
        except Exception as error:  # noqa: BLE001 - it stays in quarantine
            await self._quarantine(raw, error)
            return False
        self.committed(replies)
        return True

    async def _single(self, raw: RawUpdate) -> list[Reply]:
        raw = storable(raw)
        try:
            async with self.writer.batch() as batch:
                replies = await self._feed(self.desk.through(batch.call), raw)
        except Exception as error:  # noqa: BLE001 - a failing update neither blocks nor is lost
            if isinstance(_reason(error), TROUBLES):
                raise _reason(error) from None
            await self._quarantine(raw, error)
            return []
        self._count(1)
        return replies

    async def _feed_all(self, desk: Desk, updates: Sequence[RawUpdate]) -> list[Reply]:
        """Feed a batch without waiting for one update's result before the next is begun.

        A handler waits for nothing before its one call of the desk, so the writer has the calls
        in the order of the updates; but what a migrated group's new id brings must be known
        before anything of the new group is looked at.
        """
        if any(map(_migrates, updates)):
            return [reply for raw in updates for reply in await self._feed(desk, raw)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._feed(desk, raw)) for raw in updates]
        return [reply for task in tasks for reply in task.result()]

    async def _feed(self, desk: Desk, raw: RawUpdate) -> list[Reply]:
        if not _asked_for(raw):
            # Telegram may bring what was asked for once; aiogram would put all of it into the log.
            log.info(
                "update %s is of no kind that was asked for",
                int(raw["update_id"]),
                extra={"action": "receiver.passed_over"},
            )
            return []
        update = Update.model_validate(raw, context={"bot": self.bot})
        result = await self.dispatcher.feed_update(self.bot, update, desk=desk)
        return [result] if isinstance(result, (ToastReply, LeaveReply)) else []

    async def _quarantine(self, raw: RawUpdate, error: Exception) -> None:
        update_id = int(raw["update_id"])
        log.error(
            "update %s failed and is in quarantine",
            update_id,
            extra={"action": "receiver.quarantined"},
        )
        trace = "".join(traceback.format_exception(_reason(error)))
        entry = Quarantined(
            update_id=update_id,
            raw=json.dumps(raw, ensure_ascii=False),
            traceback=Mask((self.bot.token,))(trace),
            at=self.desk.clock.now(),
        )
        await self.writer.run(_keep, entry)
        self.totals.quarantined += 1


def _reason(error: BaseException) -> BaseException:
    """Of a batch that was rolled back only the reason tells anything."""
    return (error.__cause__ or error) if isinstance(error, BatchFailed) else error


def _keep(uow: UnitOfWork, entry: Quarantined) -> None:
    uow.quarantine.add(entry)


def _replayed(uow: UnitOfWork, update_id: int, at: datetime) -> None:
    uow.quarantine.replayed(update_id, at)


def _asked_for(raw: RawUpdate) -> bool:
    return any(raw.get(kind) is not None for kind in ALLOWED_UPDATES)


def _migrates(raw: RawUpdate) -> bool:
    message = raw.get("message")
    return isinstance(message, dict) and not _MIGRATION.isdisjoint(message)


_MIGRATION = frozenset({"migrate_to_chat_id", "migrate_from_chat_id"})
