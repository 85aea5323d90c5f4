"""What the chat page needs besides the rest: itself, live events, pictures and files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from simulator.errors import SimError
from simulator.sim_api.body import path_integer, world_of

if TYPE_CHECKING:
    from types import ModuleType

PAGE = Path(__file__).parent.parent / "page"
HEARTBEAT = 15.0
"""Real seconds between two signs of life on a silent event stream."""


async def index(_request: web.Request) -> web.StreamResponse:
    """The chat page."""
    path = PAGE / "index.html"
    if not path.is_file():
        raise SimError("the chat page is not installed", 404)
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


async def asset(request: web.Request) -> web.StreamResponse:
    """A script, style or picture of the page."""
    path = (PAGE / request.match_info["path"]).resolve()
    if not path.is_relative_to(PAGE) or not path.is_file():
        raise SimError("there is no such file", 404)
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: what changed, from now on."""
    hub = world_of(request).hub
    stream = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
    )
    await stream.prepare(request)
    queue = hub.listen()
    try:
        await stream.write(b": hello\n\n")
        while True:
            await stream.write(await _next_note(queue))
    except ConnectionError:
        return stream
    finally:
        hub.leave(queue)


async def _next_note(queue: asyncio.Queue[dict[str, object]]) -> bytes:
    try:
        async with asyncio.timeout(HEARTBEAT):
            note = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(note)}\n\n".encode()


async def file(request: web.Request) -> web.StreamResponse:
    """A file of a message, for people."""
    found = world_of(request).files.by_key(path_integer(request, "key"))
    if found is None:
        raise SimError("there is no such file", 404)
    # Documents come from strangers: the browser must never take one for a page of ours.
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    kind = "image/jpeg" if found.kind == "photo" else "application/octet-stream"
    return web.Response(body=found.data, content_type=kind, headers=headers)


async def list_samples(_request: web.Request) -> web.Response:
    """The sample pictures."""
    catalogue = await asyncio.to_thread(lambda: _samples().catalogue())
    entries = [
        {
            "name": sample.name,
            "title_zh": sample.title_zh,
            "title_en": sample.title_en,
            "phase": sample.phase,
            "url": f"/sim/samples/{sample.name}.jpg",
        }
        for sample in catalogue
    ]
    return web.json_response(entries)


async def sample(request: web.Request) -> web.Response:
    """One sample picture."""
    name = request.match_info["name"]
    names = {one.name for one in _samples().catalogue()}
    if name not in names:
        raise SimError("there is no such sample picture", 404)
    picture = await asyncio.to_thread(_samples().draw, name)
    return web.Response(body=picture, content_type="image/jpeg")


def _samples() -> ModuleType:
    from simulator import samples  # noqa: PLC0415 - drawing is loaded when first asked for

    return samples


def add_routes(app: web.Application) -> None:
    """Put the addresses of this file into the application."""
    app.router.add_get("/", index)
    app.router.add_get("/page/{path:.+}", asset)
    app.router.add_get("/sim/events", events)
    app.router.add_get("/sim/files/{key}", file)
    app.router.add_get("/sim/samples", list_samples)
    app.router.add_get("/sim/samples/{name}.jpg", sample)
