"""The two client libraries, each checking every answer it gets against the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest
from typing_extensions import override

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import Response, TelegramMethod
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

    from tests.contract.schema import Schema


class WitnessSession(AiohttpSession):
    """aiogram's session; what Telegram would never answer fails the test at once."""

    def __init__(self, base_url: str, schema: Schema) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base_url))
        self._schema = schema
        self.checked: list[str] = []

    @override
    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        body = _parsed(content)
        if body.get("ok"):
            self._schema.check_answer(method.__api_method__, body["result"])
            self.checked.append(method.__api_method__)
        return super().check_response(bot, method, status_code, content)

    @override
    async def close(self) -> None:
        """Without the quarter of a second that the library waits for encrypted connections."""
        if self._session is not None:
            await self._session.close()


class WitnessRequest(HTTPXRequest):
    """python-telegram-bot's network layer, with the same check."""

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema
        self.checked: list[str] = []

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = telegram.request.BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = telegram.request.BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = telegram.request.BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = telegram.request.BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        status, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        name = url.rsplit("/", 1)[-1]
        body = _parsed(payload.decode(errors="replace")) if "/file/" not in url else {}
        if body.get("ok"):
            self._schema.check_answer(name, body["result"])
            self.checked.append(name)
        return status, payload


def _parsed(content: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
