"""Which updates a handler is for; coroutines, as aiogram runs plain functions, and `F`, in threads.

The receiver counts on it that an update reaches its desk call without waiting for anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiogram.types import Message


async def in_group(message: Message) -> bool:
    """Said in a group."""
    return message.chat.type != "private"


async def in_private(message: Message) -> bool:
    """Said in a private chat."""
    return message.chat.type == "private"


async def with_file(message: Message) -> bool:
    """A photo, a video, or a file."""
    return bool(message.photo or message.video or message.document)


async def with_words(message: Message) -> bool:
    """Words, typed or spoken."""
    return bool(message.text or message.voice)


async def migrates(message: Message) -> bool:
    """A group became a supergroup."""
    return bool(message.migrate_to_chat_id or message.migrate_from_chat_id)
