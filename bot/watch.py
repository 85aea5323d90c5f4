"""The self-watch: looks at disk and writer, writes the heartbeat, and tells systemd how it is.

It goes by real time, whatever clock the bot follows: a hung process is hung on any clock.
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from typing import TYPE_CHECKING, Protocol

from bot.belongings import give
from bot.notify import WATCHDOG
from bot.place import HEARTBEAT
from storage.errors import StorageError
from web.health import Complaint, alive
from web.pages import as_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.notify import Notifier
    from bot.place import Place
    from usecases.ports import Clock, UnitOfWork
    from web.health import Reason
    from web.pulse import Pulse

log = logging.getLogger(__name__)

EVERY = 10.0
"""Seconds between two looks at most."""
MEGABYTE = 10**6
PHASES = frozenset({Complaint.STARTING, Complaint.STOPPING})
"""No news for the log."""


class Committing(Protocol):
    """What the watch needs of the writer."""

    async def run(self, function: Callable[[UnitOfWork], None], /) -> None:
        """Run a function, and commit."""
        ...


class Watch:
    """Looks at the bot now and then. `bot/nursery.py` runs `run()` and `ping()`."""

    def __init__(
        self, pulse: Pulse, writer: Committing, place: Place, clock: Clock, notifier: Notifier
    ) -> None:
        self._pulse = pulse
        self._writer = writer
        self._place = place
        self._clock = clock
        self._notifier = notifier
        self._told: tuple[Reason, ...] = ()
        third = pulse.limits.patience.total_seconds() / 3
        self._every = min(EVERY, third, notifier.watchdog / 3 or EVERY)

    async def run(self) -> None:
        """Look for ever.

        Raises:
            DatabaseMovedError: What is committed goes where nobody will find it.
        """
        while True:
            await self.look()
            await asyncio.sleep(self._every)

    async def ping(self) -> None:
        """See for ever that the writer commits; one that hangs leaves no more stamps."""
        while True:
            try:
                await self._writer.run(_nothing)
            except StorageError as error:
                log.debug("the writer failed", exc_info=error, extra={"action": "watch.writer"})
            else:
                self._pulse.wrote()
            await asyncio.sleep(self._every)

    async def look(self) -> None:
        """Look once, and tell.

        Raises:
            DatabaseMovedError: See `run`.
        """
        await asyncio.to_thread(self._place.look)
        self._pulse.disk_mb = await asyncio.to_thread(_free, self._place.folder)
        reasons = self._pulse.reasons()
        self._tell_log(reasons)
        if alive(reasons):
            self._notifier.tell(WATCHDOG)
        if not reasons:
            await asyncio.to_thread(self._beat)

    def _beat(self) -> None:
        file = self._place.folder / HEARTBEAT
        beside = file.with_suffix(".new")
        try:
            beside.write_text(json.dumps({"well_at": self._clock.now().isoformat()}) + "\n")
            give(self._place.folder, beside)
            beside.replace(file)
        except OSError as error:
            log.warning(
                "the heartbeat was not written (%s)",
                type(error).__name__,
                extra={"action": "watch.no_heartbeat"},
            )

    def _tell_log(self, reasons: tuple[Reason, ...]) -> None:
        """One line whenever something else is wrong than before."""
        reasons = tuple(one for one in reasons if one.what not in PHASES)
        before, self._told = {one.what for one in self._told}, reasons
        if {one.what for one in reasons} == before:
            return
        extra = {"action": "watch.ill", "reasons": [as_json(reason) for reason in reasons]}
        if reasons:
            log.warning("not well: %s", ", ".join(one.what for one in reasons), extra=extra)
        else:
            log.info("well again", extra={"action": "watch.well"})


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free // MEGABYTE
    except OSError:
        return 0


def _nothing(_uow: UnitOfWork) -> None:
    """Begin and commit."""
