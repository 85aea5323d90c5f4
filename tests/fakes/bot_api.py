"""A Bot API server on loopback that answers exactly what a test puts down, faults included."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "7000000001:CANARY-xunchaqun-demo-token-00000001"  # gitleaks:allow - opens nothing


@dataclass(frozen=True)
class Reply:
    """One answer: a status and a body, or a misbehaviour."""

    status: int = 200
    body: str | bytes = ""
    length: int | None = None
    """A Content-Length that promises more than the body."""
    reset: bool = False
    """Drop the connection without an answer."""
    location: str = ""
    """Where a redirect leads."""
    waits: float = 0.0
    """Seconds before the answer."""


def ok(result: object) -> Reply:
    """A success."""
    return Reply(body=json.dumps({"ok": True, "result": result}))


def error(status: int, description: str, **parameters: object) -> Reply:
    """A refusal in Telegram's form."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Reply(status, json.dumps(body))


def message(number: int = 11, **fields: object) -> dict[str, object]:
    """A message as Telegram gives it back."""
    return {"message_id": number, "date": 1, "chat": {"id": -4000001, "type": "group"}, **fields}


@dataclass
class BotApi:
    """The answers to come and the calls that came."""

    base: str = ""
    replies: deque[Reply] = field(default_factory=deque)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def answer(self, *replies: Reply) -> None:
        """Put answers down, in order."""
        self.replies.extend(replies)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer any call with the next reply."""
        form = await request.post()
        place = request.path.removeprefix(f"/bot{TOKEN}/").replace(TOKEN, "…")
        said = {name: _plain(value) for name, value in form.items()}
        self.calls.append((place, said))
        reply = self.replies.popleft()
        if reply.waits:
            await asyncio.sleep(reply.waits)
        if reply.reset:
            return self._drop(request)
        if reply.length is not None:
            return await self._half(request, reply)
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        headers = {"Location": reply.location} if reply.location else {}
        return web.Response(status=reply.status, body=body, headers=headers)

    def _drop(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def _half(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(status=reply.status)
        response.content_length = reply.length
        await response.prepare(request)
        await response.write(reply.body.encode() if isinstance(reply.body, str) else reply.body)
        return self._drop(request)


def _plain(value: object) -> object:
    return value.file.read() if isinstance(value, web.FileField) else value


@asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """The server, on a free port."""
    api = BotApi()
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app.router.add_route("*", "/{tail:.*}", api.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.base = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await runner.cleanup()
