"""`xunchaqun run`: the real thing, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import aiohttp

from bot import collector
from bot.assembly import running
from bot.clocks import ClockUnreachableError, SimulatorWatch
from bot.notify import READY, STOPPING, Notifier
from bot.nursery import Nursery
from bot.signals import Signals
from bot.whose_city import NOTHING, TakeOver
from scheduler.clock import FollowingClock, SystemClock

if TYPE_CHECKING:
    from bot.config import Settings
    from usecases.ports import Clock


def run_bot(settings: Settings, over: TakeOver = NOTHING) -> int:
    """Run until a signal comes; returns the exit code.

    Args:
        settings: The city.
        over: What it may take over from others.

    Raises:
        ClockUnreachableError: the clock to follow does not answer.
        OtherBotError, StorageError, ConfigError, TaskFailedError: see `bot.assembly.running`.
    """
    collector.settle()
    asyncio.run(_run(settings, over))
    return 0


async def _run(settings: Settings, over: TakeOver) -> None:
    signals = Signals()
    async with AsyncExitStack() as stack:
        stack.enter_context(signals.heard())
        with signals.starting():
            clock = await _clock(settings, stack)
            notifier = Notifier(os.environ, os.getpid())
            product = running(settings, clock, notifier=notifier, over=over)
            await stack.enter_async_context(product)
        notifier.tell(READY)
        await signals.wait()
        notifier.tell(STOPPING)


async def _clock(settings: Settings, stack: AsyncExitStack) -> Clock:
    """The machine's clock, or one that follows a simulator's."""
    if not settings.follow_clock:
        return SystemClock()
    session = await stack.enter_async_context(aiohttp.ClientSession())
    clock = FollowingClock(SimulatorWatch(session, settings.follow_clock))
    try:
        await clock.look()
    except ConnectionError as error:
        raise ClockUnreachableError(settings.follow_clock) from error
    nursery = await stack.enter_async_context(Nursery())
    nursery.start("clock", clock.run(_pause))
    return clock


async def _pause() -> None:
    await asyncio.sleep(1)
