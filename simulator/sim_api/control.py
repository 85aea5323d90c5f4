"""`/sim/log`, `/sim/clock`, `/sim/faults`, `/sim/reset`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from simulator import faults, membership
from simulator.errors import SimError
from simulator.sim_api.body import moment, read_body, world_of

if TYPE_CHECKING:
    from simulator.json_types import Json
    from simulator.sim_api.body import Body
    from simulator.world import World

LONGEST_WATCH = 60.0
FAULT_KEYS = {
    "kind": "text",
    "count": "integer",
    "method": "text",
    "chat": "integer",
    "retry_after": "integer",
    "seconds": "number",
    "probability": "number",
    "words": "text",
}


async def show_log(request: web.Request) -> web.Response:
    """Every Bot API call after a number."""
    body = await read_body(request, {"after": "integer"})
    records = world_of(request).log.after(body.get("after", 0))
    return web.json_response([record.as_json() for record in records])


async def show_clock(request: web.Request) -> web.Response:
    """The time; with `newer_than` only once the clock was put elsewhere, or `wait` is over."""
    world = world_of(request)
    body = await read_body(request, {"newer_than": "integer", "wait": "number"})
    if "newer_than" in body:
        wait = min(max(body.get("wait", 0.0), 0.0), LONGEST_WATCH)
        await world.clock.moved(body.get("newer_than"), wait)
    return web.json_response(_time(world))


async def move_clock(request: web.Request) -> web.Response:
    """Walk ahead by seconds, or jump."""
    world = world_of(request)
    body = await read_body(request, {"advance": "number", "set": "text"})
    if ("advance" in body) == ("set" in body):
        raise SimError("either 'advance' or 'set'")
    if "set" in body:
        world.clock.set(moment(body.get("set")))
    else:
        await _advance(world, body.get("advance"))
    world.hub.tell("clock")
    return web.json_response(_time(world))


async def _advance(world: World, seconds: float) -> None:
    if seconds < 0:
        raise SimError("the clock walks forward only; 'set' jumps")
    try:
        step = timedelta(seconds=seconds)
        _ = world.clock.now() + step
    except OverflowError:
        raise SimError("that is too far") from None
    await world.clock.advance(step)


def _time(world: World) -> Json:
    return {"now": world.clock.now().isoformat(), "version": world.clock.version}


async def list_faults(request: web.Request) -> web.Response:
    """The orders that stand."""
    return web.json_response([asdict(fault) for fault in world_of(request).faults.orders])


async def order_fault(request: web.Request) -> web.Response:
    """Let something go wrong."""
    world = world_of(request)
    body = await read_body(request, FAULT_KEYS)
    kind = body.need("kind")
    if kind not in faults.KINDS:
        raise SimError(f"unknown kind {kind!r}; there are {', '.join(sorted(faults.KINDS))}")
    if body.get("count", 1) < 1 or not 0 <= body.get("probability", 1.0) <= 1:
        raise SimError("'count' is at least 1, 'probability' from 0 to 1")
    if kind == "migrate" and "method" not in body:
        return web.json_response(_migrate(world, body))
    how = {key: value for key, value in body.given().items() if key != "kind"}
    return web.json_response(asdict(world.faults.order(kind, **how)))


def _migrate(world: World, body: Body) -> Json:
    """Migration without a method happens at once: the next call to the old id finds it so."""
    groups = (chat.id for chat in world.groups.values() if chat.type == "group")
    chat_id = body.get("chat", next(groups, 0))
    supergroup = membership.migrate(world, world.chat_for_people(chat_id))
    return {"kind": "migrate", "chat": chat_id, "migrate_to_chat_id": supergroup.id}


async def clear_faults(request: web.Request) -> web.Response:
    """Take all orders back."""
    await read_body(request, {})
    world_of(request).faults.clear()
    return web.json_response({})


async def reset(request: web.Request) -> web.Response:
    """Back to the sample town."""
    await read_body(request, {})
    world_of(request).reset()
    return web.json_response({})


def add_routes(app: web.Application) -> None:
    """Put the addresses of this file into the application."""
    app.router.add_get("/sim/log", show_log)
    app.router.add_get("/sim/clock", show_clock)
    app.router.add_post("/sim/clock", move_clock)
    app.router.add_get("/sim/faults", list_faults)
    app.router.add_post("/sim/faults", order_fault)
    app.router.add_delete("/sim/faults", clear_faults)
    app.router.add_post("/sim/reset", reset)
