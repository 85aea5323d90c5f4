"""A photo, album, video or image file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.filters import with_file
from handlers.reading import file_of, source_of
from usecases.inputs import PhotoPosted

if TYPE_CHECKING:
    from aiogram import Router
    from aiogram.types import Message, Update

    from usecases.desk import Desk


async def photo(message: Message, event_update: Update, desk: Desk) -> None:
    """Hand a photo to the desk; a file that is no picture is left alone."""
    file = file_of(message)
    if file is None:
        return
    posted = PhotoPosted(
        source=source_of(event_update, message),
        file=file,
        caption=message.caption or "",
        album=message.media_group_id or "",
        order=message.message_id,
    )
    await desk.receive_photo(posted)


def register(routes: Router) -> None:
    """Register the handlers of photos."""
    routes.message.register(photo, with_file)
