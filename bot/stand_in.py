"""The stand-in Telegram alone, for a bot in another process, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

from bot.nursery import Nursery
from simulator import Simulator, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


def run_simulator(
    *, port: int, clock: datetime | None, on_ready: Callable[[str, str], None]
) -> int:
    """Serve until a signal comes; `on_ready` hears the address and the bot's token once.

    Raises:
        TaskFailedError: The port is taken, or the simulator broke.
    """
    asyncio.run(_serve(port, clock, on_ready))
    return 0


async def _serve(port: int, clock: datetime | None, on_ready: Callable[[str, str], None]) -> None:
    def tell(simulator: Simulator) -> None:
        on_ready(simulator.base_url, simulator.bot_token)

    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with Nursery() as nursery:
        nursery.start("simulator", serve(port, clock, tell))
        await stopped.wait()
