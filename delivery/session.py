"""aiogram's HTTP session with a bound on connecting, so that "never sent" is told from "maybe"."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import ClientTimeout
from typing_extensions import override

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType

CONNECT_WITHIN = 10.0
"""Seconds to look up the name and connect; after that the call surely did not happen."""


class Session(AiohttpSession):
    """The session every bot of this product uses."""

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Call a method; `timeout` bounds the whole call, in seconds."""
        total = self.timeout if timeout is None else timeout
        bound = ClientTimeout(total=total, connect=CONNECT_WITHIN)
        # aiogram hands its time-out to aiohttp as it is, which takes an object as well as seconds.
        return await super().make_request(bot, method, timeout=cast("int", bound))
