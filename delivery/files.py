"""Fetching files from Telegram. The address of a file holds the token: errors end here, unread."""

from __future__ import annotations

import re
from contextlib import aclosing
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiogram import exceptions as aio
from aiogram.methods import GetFile
from aiohttp import ClientResponseError

from delivery.outcomes import (
    Doubtful,
    Fetched,
    FetchOutcome,
    Later,
    TokenRefused,
    Trouble,
    Unfetchable,
)

if TYPE_CHECKING:
    from aiogram import Bot

FILE_MOST = 20 * 1024 * 1024
"""Bytes of the largest file the Bot API hands out."""
FETCH_WITHIN = 60
"""Seconds a download may take."""

_CHUNK = 65536
_PATH = re.compile(r"(?!.*\.\.)[\w][\w ./-]*", re.ASCII)
_NEVER = ("file is too big", "invalid file_id", "invalid file id", "wrong remote file id")


class TelegramFiles:
    """The bot's way to files (`delivery.ports.Files`)."""

    def __init__(self, bot: Bot, *, most: int = FILE_MOST, within: int = FETCH_WITHIN) -> None:
        self._bot = bot
        self._most = most
        self._within = within

    async def fetch(self, file: str) -> FetchOutcome:
        """The bytes behind a handle."""
        try:
            found = await self._bot(GetFile(file_id=file), request_timeout=self._within)
        except Exception as error:  # noqa: BLE001 - its text may hold the token: it ends here
            return _meaning(error)
        if found.file_size and found.file_size > self._most:
            return Unfetchable("file is too big")
        if not found.file_path or not _PATH.fullmatch(found.file_path):
            return Doubtful("no usable path")
        return await self._download(found.file_path)

    async def _download(self, path: str) -> FetchOutcome:
        address = self._bot.session.api.file_url(self._bot.token, path)
        data = bytearray()
        try:
            stream = self._bot.session.stream_content(address, None, self._within, _CHUNK)
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    data += chunk
                    if len(data) > self._most:
                        return Unfetchable("file is too big")
        except Exception as error:  # noqa: BLE001 - its text may hold the token: it ends here
            return _interrupted(error)
        return Fetched(bytes(data))


def _meaning(error: Exception) -> FetchOutcome:
    match error:
        case aio.TelegramRetryAfter():
            return Later(timedelta(seconds=error.retry_after))
        case aio.TelegramUnauthorizedError():
            return TokenRefused()
        case aio.TelegramBadRequest() if any(word in error.message for word in _NEVER):
            return Unfetchable(error.message)
        case aio.TelegramBadRequest() | aio.TelegramNotFound() | aio.TelegramForbiddenError():
            return Doubtful(error.message)
        case _:
            return Trouble(type(error).__name__)


def _interrupted(error: Exception) -> FetchOutcome:
    gone = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.BAD_REQUEST)
    if isinstance(error, ClientResponseError) and error.status in gone:
        return Doubtful(f"HTTP {error.status}")
    return Trouble(type(error).__name__)
