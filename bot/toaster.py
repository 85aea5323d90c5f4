"""What must be done at once after a commit, best effort: answers to presses, leaving a group."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiogram.methods import AnswerCallbackQuery, LeaveChat, SendMessage

from casework.refusals import Refusal
from handlers.replies import LeaveReply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiogram import Bot

    from handlers.replies import Reply, ToastReply
    from messages.catalogue import Catalogue
    from messages.letters import Letters

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Answers that are under way at the same time."""
WITHIN = 10
"""Seconds an answer may take; the press is handled either way."""


class Toaster:
    """Answers presses. `bot/nursery.py` runs `run()`."""

    def __init__(self, bot: Bot, letters: Letters, catalogue: Catalogue) -> None:
        self._bot = bot
        self._letters = letters
        self._catalogue = catalogue
        self._queue: asyncio.Queue[Reply] = asyncio.Queue()
        self._open = 0
        self._leaving: set[str] = set()
        """Groups the bot is about to leave: several updates may say so, it leaves once."""

    @property
    def idle(self) -> bool:
        """Whether every answer was given."""
        return self._open == 0

    def add(self, replies: Sequence[Reply]) -> None:
        """Take over what is to be done."""
        for reply in replies:
            if isinstance(reply, LeaveReply):
                if reply.chat in self._leaving:
                    continue
                self._leaving.add(reply.chat)
            self._open += 1
            self._queue.put_nowait(reply)

    async def run(self) -> None:
        """Answer for ever."""
        room = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            while True:
                reply = await self._queue.get()
                await room.acquire()
                task = group.create_task(self._answer(reply), name="toast")
                task.add_done_callback(lambda _: self._done(room))

    def _done(self, room: asyncio.Semaphore) -> None:
        self._open -= 1
        room.release()

    async def _answer(self, reply: Reply) -> None:
        try:
            if isinstance(reply, LeaveReply):
                await self._leave(reply)
            else:
                await self._toast(reply)
        except Exception as error:  # noqa: BLE001 - best effort: the act itself is committed
            log.info(
                "a press was not answered (%s)",
                type(error).__name__,
                extra={"action": "toaster.failed"},
            )

    async def _toast(self, reply: ToastReply) -> None:
        answer, text = reply.answer, None
        if isinstance(answer, Refusal):
            text = self._letters.refusal(answer, reply.language)
        elif answer is not None:
            text = self._letters.toast(answer, reply.language)
        method = AnswerCallbackQuery(callback_query_id=reply.query, text=text)
        await self._bot(method, request_timeout=WITHIN)

    async def _leave(self, reply: LeaveReply) -> None:
        chat = int(reply.chat)
        text = str(self._catalogue.text("zh", "notice-group-stranger"))
        try:
            line = SendMessage(chat_id=chat, text=text, disable_notification=True)
            await self._bot(line, request_timeout=WITHIN)
        finally:
            self._leaving.discard(reply.chat)
            await self._bot(LeaveChat(chat_id=chat), request_timeout=WITHIN)
