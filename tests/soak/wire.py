"""The bot's calls without a network: the same parameters, the same answers, no sockets."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aiogram.exceptions import TelegramNetworkError
from aiohttp import ClientResponseError, RequestInfo, ServerDisconnectedError
from multidict import CIMultiDict, CIMultiDictProxy
from typing_extensions import override
from yarl import URL

from delivery.session import Session
from simulator.faults import Target
from simulator.gateway import Gateway
from simulator.parameters import Parameters
from simulator.requests import Fields, Upload

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine

    from aiogram import Bot
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType
    from aiogram.types import InputFile

    from simulator import Simulator

T = TypeVar("T")


class Wire(Session):
    """Hands each call to the simulator in this process.

    A month is tens of thousands of calls; sockets would take half of its time and prove nothing
    that the other tests do not.
    """

    def __init__(
        self,
        simulator: Simulator,
        *,
        api: TelegramAPIServer,
        proxy: str | None = None,
        answered: Callable[[int, str, str], None] | None = None,
    ) -> None:
        super().__init__(api=api, proxy=proxy, answered=answered)
        self._world = simulator.world
        self._clock = simulator.clock
        self._gateway = Gateway(simulator.world)

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        caller = self._world.bots[bot.token]
        parameters = Parameters(await self._fields(bot, method))
        caller.working += 1
        try:
            await asyncio.sleep(0)
            work = self._gateway._run(  # noqa: SLF001 - what stands behind the server
                caller, method.__api_method__.lower(), parameters
            )
            outcome = await self._within(method, timeout, work)
        finally:
            caller.working -= 1
        if outcome.dropped:
            raise TelegramNetworkError(method, "dropped") from ServerDisconnectedError()
        self.keep_shape(method)
        told = self.check_response(bot, method, outcome.status, outcome.text)
        return cast("TelegramType", told.result)

    async def _within(
        self, method: TelegramMethod[Any], seconds: float | None, work: Coroutine[Any, Any, T]
    ) -> T:
        """The result, unless it takes longer than so many simulated seconds."""
        if not self._world.faults.orders or not seconds:
            return await work
        task = asyncio.get_running_loop().create_task(work)
        bound = self._clock.now() + timedelta(seconds=seconds)
        alarm = self._clock.call_at(bound, lambda: _end(task), soft=True)
        try:
            return await task
        except asyncio.CancelledError:
            if alarm.live:
                task.cancel()
                raise
            raise TelegramNetworkError(method, "timed out") from TimeoutError()
        finally:
            alarm.cancel()

    async def _fields(self, bot: Bot, method: TelegramMethod[Any]) -> Fields:
        files: dict[str, InputFile] = {}
        values: dict[str, Any] = {}
        for name, given in method.model_dump(warnings=False).items():
            value = self.prepare_value(given, bot=bot, files=files)
            if value is not None:
                values[name] = value
        uploads = [
            Upload(key, file.filename or key, "", b"".join([part async for part in file.read(bot)]))
            for key, file in files.items()
        ]
        return Fields(values, uploads)

    @override
    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        file = self._world.files.by_path(url.partition(self._token_of(url))[2].lstrip("/"))
        gone = self._world.faults.strike({"file_gone"}, Target("file"))
        if file is None or gone:
            request = RequestInfo(URL(url), "GET", CIMultiDictProxy(CIMultiDict()))
            raise ClientResponseError(request, (), status=HTTPStatus.NOT_FOUND)
        yield file.data

    @staticmethod
    def _token_of(url: str) -> str:
        """The part of the address before the file's path."""
        return url.partition("/file/bot")[2].partition("/")[0]


def _end(task: asyncio.Task[Any]) -> None:
    task.cancel()
