"""Plain groups that became supergroups unheard: Telegram keeps what tells of it for a day only.

The new id is then a stranger's, and a group of strangers is left. Before that every plain group of
the bot is asked whether it has moved: Telegram says so to a call that writes, and `typing` is the
one that leaves nothing behind.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from aiogram import exceptions as aio
from aiogram.methods import SendChatAction

from usecases.inputs import SUPERGROUPS, GroupMigrated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aiogram import Bot

    from usecases.desk import Desk

log = logging.getLogger(__name__)

MOST_REMEMBERED = 1000
"""Strangers for whom nobody is asked again."""
WITHIN = 10
"""Seconds that the answer may take."""
REFUSALS = (aio.TelegramBadRequest, aio.TelegramForbiddenError, aio.TelegramNotFound)
"""Answers that say: it has not moved."""


class NotAskedError(Exception):
    """Whether a group has moved cannot be found out now; what came of it must wait."""


class Moves:
    """Finds out where groups have gone before anything of a stranger is handled."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._strangers: set[int] = set()

    async def look(self, desk: Desk, updates: Sequence[dict[str, Any]]) -> None:
        """Ask, if a supergroup speaks that nobody knows, and note what has moved.

        Raises:
            NotAskedError: Telegram does not answer.
            StorageError: What has moved could not be noted.
        """
        chats = {chat for raw in updates for chat in _supergroups(raw)}
        strangers = {chat for chat in chats if not desk.homes.holds(str(chat))} - self._strangers
        # What these updates themselves tell of is known in time, and not before what came earlier.
        strangers -= {chat for raw in updates for chat in _told(raw)}
        if not strangers:
            return
        for old in desk.homes.plain:
            new = await self._moved(old)
            if new:
                log.warning("a group has moved unheard", extra={"action": "receiver.moved"})
                await desk.group_migrated(GroupMigrated(update_id=0, old=old, new=new))
        if len(self._strangers) > MOST_REMEMBERED:
            self._strangers.clear()
        self._strangers |= strangers

    async def _moved(self, old: str) -> str:
        method = SendChatAction(chat_id=int(old), action="typing")
        try:
            await self._bot(method, request_timeout=WITHIN)
        except aio.TelegramMigrateToChat as error:
            return str(error.migrate_to_chat_id)
        except REFUSALS:
            return ""
        except Exception as error:
            raise NotAskedError(type(error).__name__) from error
        return ""


def _supergroups(raw: dict[str, Any]) -> Iterator[int]:
    """Where an update comes from, if that is a supergroup."""
    for part in raw.values():
        if isinstance(part, dict):
            message = part.get("message")
            chat = part.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
            number = chat.get("id") if isinstance(chat, dict) else None
            if isinstance(number, int) and number <= SUPERGROUPS:
                yield number


def _told(raw: dict[str, Any]) -> Iterator[int]:
    """The new id that an update tells of."""
    message = raw.get("message")
    if isinstance(message, dict) and "migrate_from_chat_id" in message:
        yield from _supergroups(raw)
    if isinstance(message, dict) and isinstance(message.get("migrate_to_chat_id"), int):
        yield message["migrate_to_chat_id"]
