"""The people's side: what persons do, as JSON; also the outside of every acceptance test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from simulator.errors import SimError
from simulator.sim_api import control, messages, page, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application) -> None:
    """Put all addresses of the people's side into the application."""
    for family in (people, messages, control, page):
        family.add_routes(app)


@web.middleware
async def tell_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer refusals of the people's side as `{"error": words}`."""
    try:
        return await handler(request)
    except SimError as error:
        return web.json_response({"error": error.words}, status=error.status)
    except web.HTTPException as error:
        if request.path.startswith(("/bot", "/file")):
            words = {"ok": False, "error_code": error.status, "description": error.reason}
            return web.json_response(words, status=error.status)
        return web.json_response({"error": error.reason}, status=error.status)
