"""A Bot API that hands out the updates it was given, until confirmed, and says ok to all."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

POLL = 0.05
"""Seconds a poll without updates takes."""
PATIENCE = 20
"""Seconds a busy machine may need."""


@dataclass
class OddTelegram:
    """The updates not confirmed yet, and the methods called so far."""

    base: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    confirmed: int = 0
    """The highest offset asked for."""
    on_poll: Callable[[int], object] = lambda _offset: None
    """Hears the offset of each poll."""

    async def until(self, method: str) -> None:
        """Return once a method was called."""
        async with asyncio.timeout(PATIENCE):
            while method not in self.calls:  # noqa: ASYNC110 - it happens in other tasks
                await asyncio.sleep(POLL)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer any call."""
        method = request.path.rsplit("/", 1)[-1]
        form = {**request.query, **await request.post()}
        self.calls.append(method)
        if method == "getUpdates":
            return await self._updates(int(str(form.get("offset") or 0)))
        sent = {"message_id": 1000 + len(self.calls), "date": 1, "chat": CHAT}
        result: object = sent if method.startswith("send") else True
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, offset: int) -> web.Response:
        self.on_poll(offset)
        self.confirmed = max(self.confirmed, offset)
        waiting = [update for update in self.updates if update["update_id"] >= offset]
        if not waiting:
            await asyncio.sleep(POLL)
        return web.Response(text=json.dumps({"ok": True, "result": waiting}))


CHAT = {"id": -4000001, "type": "group", "title": "巡查群"}


def from_officer(update_id: int, **content: object) -> dict[str, Any]:
    """An update with a message of officer01 in the patrol group."""
    officer = {"id": 1001, "is_bot": False, "first_name": "王建国", "username": "officer01"}
    message = {"message_id": update_id, "date": 1773108000, "chat": CHAT, "from": officer}
    return {"update_id": update_id, "message": {**message, **content}}


def photo(update_id: int, caption: str) -> dict[str, Any]:
    """An update with a photo of officer01."""
    size = {"file_id": f"f{update_id}", "file_unique_id": f"u{update_id}", "width": 9, "height": 9}
    return from_officer(update_id, photo=[size], caption=caption)


@asynccontextmanager
async def odd_telegram(*updates: dict[str, Any]) -> AsyncIterator[OddTelegram]:
    """The server, on a free port."""
    telegram = OddTelegram(updates=list(updates))
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", telegram.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    telegram.base = f"http://{host}:{port}"
    try:
        yield telegram
    finally:
        await runner.cleanup()
