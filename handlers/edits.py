"""Edited messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.filters import in_group
from handlers.reading import file_of, source_of
from usecases.inputs import MessageEdited

if TYPE_CHECKING:
    from aiogram import Router
    from aiogram.types import Message, Update

    from usecases.desk import Desk


async def edited(message: Message, event_update: Update, desk: Desk) -> None:
    """Hand an edit to the desk."""
    change = MessageEdited(
        source=source_of(event_update, message),
        text=message.caption or message.text or "",
        file=file_of(message),
    )
    await desk.edit_message(change)


def register(routes: Router) -> None:
    """Register the handlers of edits in groups."""
    routes.edited_message.register(edited, in_group)
