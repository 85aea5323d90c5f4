"""Stands in for aiogram's session where no group has moved, and nothing else is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.client.session.base import BaseSession
from aiogram.methods import SendChatAction
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from aiogram import Bot
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType


class SettledSession(BaseSession):
    """Each group is where it was."""

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        if not isinstance(method, SendChatAction):
            raise TypeError(f"{type(method).__name__} is not called here")
        return True  # type: ignore[return-value]  # what this method gives

    @override
    async def close(self) -> None:
        """There is nothing to close."""

    @override
    def stream_content(
        self,
        url: str,
        headers: dict[str, object] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        raise TypeError("nothing is downloaded here")
