"""aiogram's HTTP session with a bound on connecting, so that "never sent" is told from "maybe".

It calls the Bot API and nobody else: a redirect is a failure, wherever it leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response
from aiohttp import ClientError, ClientSession, ClientTimeout, TraceConfig
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogram import Bot
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType
    from aiohttp import TraceRequestEndParams, TraceRequestRedirectParams

CONNECT_WITHIN = 10.0
"""Seconds to look up the name and connect; after that the call surely did not happen."""


class RedirectedError(ClientError):
    """The server sent the call elsewhere; nobody else is called."""


class Session(AiohttpSession):
    """The session every bot of this product uses."""

    def __init__(
        self,
        *,
        api: TelegramAPIServer,
        proxy: str | None = None,
        answered: Callable[[int, str, str], None] | None = None,
    ) -> None:
        """`api` is the address of the Bot API.

        `answered` hears each answer's status, its date, and the last part of what was asked for.
        """
        super().__init__(api=api, proxy=proxy)
        self._answered = answered
        self._shapes: dict[type[object], object] = {}
        """Pydantic forgets a generic model that nobody holds, and builds it anew at each call."""

    @override
    async def create_session(self) -> ClientSession:
        """The session, as aiogram makes it, with an ear for its answers."""
        session = await super().create_session()
        if not session.trace_configs:
            ear = TraceConfig()
            ear.on_request_end.append(self._hear)
            ear.on_request_redirect.append(_refuse)
            ear.freeze()
            session.trace_configs.append(ear)
        return session

    async def _hear(self, _session: object, _context: object, end: TraceRequestEndParams) -> None:
        if self._answered is not None:
            date = end.response.headers.get("Date", "")
            self._answered(end.response.status, date, end.url.name)

    @override
    async def close(self) -> None:
        """Close the connections; only encrypted ones need the wait that aiogram adds."""
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()

    def keep_shape(self, method: TelegramMethod[TelegramType]) -> None:
        """Hold the model of a method's answer."""
        if type(method) not in self._shapes:
            self._shapes[type(method)] = Response[method.__returning__]  # type: ignore[name-defined]

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Call a method; `timeout` bounds the whole call, in seconds."""
        self.keep_shape(method)
        total = self.timeout if timeout is None else timeout
        bound = ClientTimeout(total=total, connect=CONNECT_WITHIN)
        # aiogram hands its time-out to aiohttp as it is, which takes an object as well as seconds.
        return await super().make_request(bot, method, timeout=cast("int", bound))


async def _refuse(_session: object, _context: object, led: TraceRequestRedirectParams) -> None:
    led.response.close()
    raise RedirectedError
