"""The clock that a configuration asks for: the machine's, or a simulator's that is followed."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

import aiohttp

from scheduler.clock import FollowingClock, SystemClock

if TYPE_CHECKING:
    from bot.config import Settings
    from usecases.ports import Clock

CLOCK = "/sim/clock"
"""Where a simulator tells its time."""
WAIT = 25
"""Seconds one look at a simulator's clock may wait for its next change."""


class ClockUnreachableError(Exception):
    """No simulator tells the time at the address of `follow_clock`."""


class SimulatorWatch:
    """Asks a simulator where its clock stands (`scheduler.clock.Watch`)."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._url = address.rstrip("/") + CLOCK

    async def __call__(self, newer_than: int) -> tuple[datetime, int]:
        """The clock's moment and version; a first look does not wait.

        Raises:
            ConnectionError: Nobody answers.
        """
        asked = {"newer_than": str(newer_than), "wait": str(WAIT)} if newer_than else {}
        try:
            async with self._session.get(self._url, params=asked) as answer:
                answer.raise_for_status()
                told = await answer.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ConnectionError(str(error)) from error
        return datetime.fromisoformat(told["now"]), int(told["version"])


def tool_clock(settings: Settings) -> Clock:
    """The clock of a tool beside the bot; a simulator that is gone leaves the machine's."""
    return followed(settings) or SystemClock()


def followed(settings: Settings) -> Clock | None:
    """A simulator's clock that the city follows; None: it follows none, or nobody answers."""
    return asyncio.run(_looked(settings.follow_clock)) if settings.follow_clock else None


async def _looked(address: str) -> Clock | None:
    async with aiohttp.ClientSession() as session:
        clock = FollowingClock(SimulatorWatch(session, address))
        try:
            await clock.look()
        except ConnectionError:
            return None
        return clock
