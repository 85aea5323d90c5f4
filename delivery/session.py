"""aiogram's HTTP session with a bound on connecting, so that "never sent" is told from "maybe"."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response
from aiohttp import ClientTimeout
from typing_extensions import override

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType

CONNECT_WITHIN = 10.0
"""Seconds to look up the name and connect; after that the call surely did not happen."""


class Session(AiohttpSession):
    """The session every bot of this product uses."""

    def __init__(self, *, api: TelegramAPIServer, proxy: str | None = None) -> None:
        """`api` is the address of the Bot API."""
        super().__init__(api=api, proxy=proxy)
        self._shapes: dict[type[object], object] = {}
        """Pydantic forgets a generic model that nobody holds, and builds it anew at each call."""

    @override
    async def close(self) -> None:
        """Close the connections; only encrypted ones need the wait that aiogram adds."""
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Call a method; `timeout` bounds the whole call, in seconds."""
        if type(method) not in self._shapes:
            self._shapes[type(method)] = Response[method.__returning__]  # type: ignore[name-defined]
        total = self.timeout if timeout is None else timeout
        bound = ClientTimeout(total=total, connect=CONNECT_WITHIN)
        # aiogram hands its time-out to aiohttp as it is, which takes an object as well as seconds.
        return await super().make_request(bot, method, timeout=cast("int", bound))
