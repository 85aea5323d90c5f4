"""The bot's calls over one socket to the process that keeps the simulated Telegram.

A line of JSON each way. What a killed bot had written is still read, as by a real server; what
it was not told is lost. A stack of HTTP on both sides would cost more than all else in a life.
"""

from __future__ import annotations

import asyncio
import base64
import json
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from typing_extensions import override

from tests.soak.wire import Wire as NearSession

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from datetime import datetime
    from socket import socket

    from aiogram import Bot
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType

LONGEST = 16 * 1024 * 1024
"""Bytes of a line: a picture is one."""

Told = dict[str, Any]


class Wire:
    """One end: questions are numbered and answered, all else is handed on."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._open: dict[int, asyncio.Future[Told]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._reader: asyncio.StreamReader | None = None

    async def connect(self, end: socket) -> None:
        """Take over an end of a pair of sockets."""
        self._open.clear()
        self._reader, self._writer = await asyncio.open_unix_connection(sock=end, limit=LONGEST)

    def put(self, told: Told) -> None:
        """Send something that needs no answer."""
        if self._writer is not None:
            self._writer.write(json.dumps(told).encode() + b"\n")

    async def ask(self, question: Told) -> Told:
        """Send a question and wait for the other end's answer."""
        number = next(self._numbers)
        answer: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._open[number] = answer
        self.put({"ask": number, **question})
        return await answer

    async def listen(self, hear: Callable[[Told], None]) -> None:
        """Hear the other end until it is gone."""
        reader = cast("asyncio.StreamReader", self._reader)
        while line := await reader.readline():
            told = json.loads(line)
            if "answer" not in told:
                hear(told)
            elif not (waiting := self._open.pop(told["answer"])).done():
                waiting.set_result(told)

    def close(self) -> None:
        """Let go of the socket."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


WIRE = Wire()
"""The bot's end."""


class FarSession(NearSession):
    """Hands each call to the other end of the wire."""

    def __init__(self, *, api: TelegramAPIServer, **_network: object) -> None:
        # Past aiohttp's own: it reads the machine's certificates, half of the start of a life.
        BaseSession.__init__(self, api=api)
        self._session = self._proxy = None
        self._shapes = {}

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        fields = await self._fields(bot, method)
        answer = await WIRE.ask(
            {
                "call": method.__api_method__.lower(),
                "values": fields.values,
                "uploads": [
                    (one.name, one.filename, base64.b64encode(one.data).decode())
                    for one in fields.uploads
                ],
            }
        )
        if answer["lost"]:
            raise TelegramNetworkError(method, "the answer was lost")
        self.keep_shape(method)
        content = json.dumps(answer["body"])
        told = self.check_response(bot, method, answer["status"], content)
        return cast("TelegramType", told.result)

    @override
    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        answer = await WIRE.ask({"file": url})
        yield base64.b64decode(answer["data"])


class ToldClock:
    """A clock that stands where the other end put it (`usecases.ports.Clock`)."""

    def __init__(self, at: datetime) -> None:
        self._now = at
        self._sleepers: dict[asyncio.Future[None], datetime] = {}

    @property
    def next(self) -> datetime | None:
        """The first moment that somebody waits for."""
        return min(self._sleepers.values(), default=None)

    def now(self) -> datetime:
        """The moment."""
        return self._now

    async def sleep_until(self, moment: datetime) -> None:
        """Return when the clock was put to this moment or later."""
        if moment <= self._now:
            await asyncio.sleep(0)
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers[sleeper] = moment
        try:
            await sleeper
        finally:
            del self._sleepers[sleeper]

    def put(self, moment: datetime) -> None:
        """Time has passed."""
        self._now = moment
        for sleeper, until in self._sleepers.items():
            if until <= moment and not sleeper.done():
                sleeper.set_result(None)
