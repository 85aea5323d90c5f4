"""Words and voice messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.filters import with_words
from handlers.reading import source_of
from usecases.inputs import WordsSaid

if TYPE_CHECKING:
    from aiogram import Router
    from aiogram.types import Message, Update

    from usecases.desk import Desk


async def words(message: Message, event_update: Update, desk: Desk) -> None:
    """Hand words to the desk."""
    said = WordsSaid(
        source=source_of(event_update, message),
        text=message.text or "",
        voice=message.voice is not None,
    )
    await desk.hear_words(said)


def register(routes: Router) -> None:
    """Register the handlers of words."""
    routes.message.register(words, with_words)
