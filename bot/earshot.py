"""When the platform was last heard: at hand for whoever asks, written down once a minute.

Whoever hears it (the long poll, a delivery, a look at the webhook) says so here. A silence of more
than a day is told to the supervisors: the platform keeps nothing longer.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.errors import StorageError
from usecases import gaps

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from usecases.desk import Desk

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
"""How often it is written down, at most: each time is a commit."""


class Earshot:
    """Knows when the platform was last heard. `bot/nursery.py` runs `run()`."""

    def __init__(self, desk: Desk, heard: Callable[[], None]) -> None:
        """`heard` hears of it, too."""
        self._desk = desk
        self._also = heard
        self._written: datetime | None = None
        self._since: datetime | None = None
        """When it was heard before the time that is to be written down."""
        self._due = asyncio.Event()
        self._busy = False
        self.heard_at: datetime | None = None
        """The last time in this life of the bot; None: not yet."""

    @property
    def idle(self) -> bool:
        """Whether nothing is to be written down."""
        return not self._busy and not self._due.is_set()

    def heard(self) -> None:
        """The platform has answered, and what came is committed."""
        self._also()
        now, before = self._desk.clock.now(), self.heard_at
        self.heard_at = now
        if self._written is None or not timedelta(0) <= now - self._written < EVERY:
            self._since = self._since or before
            self._due.set()

    async def run(self) -> None:
        """Write it down, for ever."""
        while True:
            await self._due.wait()
            self._busy = True
            self._due.clear()
            try:
                await self._write()
            finally:
                self._busy = False

    async def _write(self) -> None:
        """A database that fails is asked again the next time: the silence is known until then."""
        now = self.heard_at or self._desk.clock.now()
        try:
            gap = await self._desk.do(gaps.heard, self._since, now)
        except StorageError:
            log.warning("a pulse was not written", extra={"action": "earshot.unwritten"})
            return
        self._written, self._since = now, None
        if gap:
            log.error("nothing was heard for more than a day", extra={"action": "earshot.gap"})

    async def stop(self) -> None:
        """Write down the last time, so that the next start knows how long the silence was."""
        if self.heard_at is not None and self.heard_at != self._written:
            await self._desk.do(gaps.note, self.heard_at)
