"""`xunchaqun demo`: simulator, bot and SQLite in one process, on one clock, in the browser."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import webbrowser
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assembly import running
from bot.cli_parser import language_of
from bot.cli_texts import say
from bot.config import sample
from bot.place import HEARTBEAT
from bot.signals import Signals

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings

DATABASE = "xunchaqun.sqlite3"


def run_demo(*, port: int, data: Path | None, clock: datetime | None, open_browser: bool) -> int:
    """Run the demo until a signal comes; returns the exit code.

    The simulated Telegram begins anew at each start, so the database does too; an earlier one
    in `data` is kept beside it. Without `data` a temporary folder is used and removed.
    """
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory("-xunchaqun")))
        _set_aside(folder)
        asyncio.run(_demo(replace(sample(), data=folder.absolute()), port, clock, open_browser))
    return 0


def _set_aside(folder: Path) -> None:
    database = folder / DATABASE
    if not database.exists():
        return
    number = 1
    while (aside := folder / f"earlier-{number}").exists():
        number += 1
    aside.mkdir()
    for file in (database, *folder.glob(f"{DATABASE}-*"), *folder.glob(HEARTBEAT)):
        file.rename(aside / file.name)


async def _demo(
    settings: Settings,
    port: int,
    at: datetime | None,
    open_browser: bool,  # noqa: FBT001 - handed on as it came
) -> None:
    from simulator import Simulator  # noqa: PLC0415 - the product itself never needs it
    from simulator.clock import SimulatedClock  # noqa: PLC0415 - likewise

    signals = Signals()
    clock = SimulatedClock(at)
    async with AsyncExitStack() as stack:
        stack.enter_context(signals.heard())
        with signals.starting():
            simulator = await stack.enter_async_context(Simulator(port=port, clock=clock))
            telegram = replace(settings.telegram, api_base=simulator.base_url)
            city = running(replace(settings, telegram=telegram), clock)
            product = await stack.enter_async_context(city)
        clock.add_probe(lambda: product.idle)
        _say_ready(simulator.base_url, settings.data)
        if open_browser:
            await asyncio.to_thread(webbrowser.open, simulator.base_url)
        await signals.wait()


def _say_ready(address: str, data: Path) -> None:
    import os  # noqa: PLC0415 - only for the language of this line

    language = language_of(sys.argv[1:], os.environ)
    sys.stdout.write(f"{say('demo_ready', language, address=address, data=data)}\n")
    sys.stdout.flush()
