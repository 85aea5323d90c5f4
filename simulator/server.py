"""The simulator as one aiohttp server on one loopback port."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from aiohttp import web

from simulator import sim_api, town
from simulator.clock import SimulatedClock
from simulator.gateway import Gateway
from simulator.requests import UPLOAD_LIMIT
from simulator.sim_api.body import WORLD
from simulator.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType

    from simulator.bots import Bot

SHUTDOWN_SECONDS = 0.25
"""How long open requests, mostly long polls, may go on at the end."""


class Simulator:
    """A stand-in Telegram: `async with Simulator() as sim` serves `sim.base_url`.

    `port=0` takes any free one. With `clock` the caller shares its time, e.g. with a bot in the
    same process.
    """

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, clock: SimulatedClock | None = None
    ) -> None:
        self.host = host
        self.port = port
        self.clock = clock if clock is not None else SimulatedClock()
        self.world = World(self.clock)
        self.clock.add_probe(self._is_idle, distant=True)
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """The address of the chat page, and the base of all others; without a slash."""
        return f"http://{self.host}:{self.port}"

    @property
    def bot_token(self) -> str:
        """The token of the sample town's bot."""
        return town.BOT_TOKEN

    async def __aenter__(self) -> Self:
        app = build_app(self.world)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.world.webhooks.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _is_idle(self) -> bool:
        return all(self._bot_is_idle(bot) for bot in self.world.bots.values())

    def _bot_is_idle(self, bot: Bot) -> bool:
        if bot.working:
            return False
        pending = bot.queue.pending(self.clock.now())
        if bot.webhook is not None:
            return all(update.lane in bot.backing_off for update in pending)
        return not pending or not bot.is_polling(asyncio.get_running_loop().time())


def build_app(world: World) -> web.Application:
    """The application with all its addresses."""
    app = web.Application(client_max_size=2 * UPLOAD_LIMIT, middlewares=[sim_api.tell_errors])
    app[WORLD] = world
    gateway = Gateway(world)
    for method in ("GET", "POST"):
        app.router.add_route(method, "/bot{token:[^/]+}/{method}", gateway.handle)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", gateway.download)
    sim_api.add_routes(app)
    return app


async def serve(
    port: int = 0,
    clock_at: datetime | None = None,
    on_ready: Callable[[Simulator], None] | None = None,
) -> None:
    """Run the simulator alone until cancelled; `on_ready` hears once that it serves."""
    async with Simulator(port=port, clock=SimulatedClock(clock_at)) as simulator:
        if on_ready is not None:
            on_ready(simulator)
        await asyncio.Event().wait()
