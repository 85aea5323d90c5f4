"""SIGINT and SIGTERM: a run ends in order, and a start is given up in its middle."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)


class Signals:
    """What the running task makes of them; to be made within it."""

    def __init__(self) -> None:
        self._came = asyncio.Event()
        self._starting: asyncio.Task[object] | None = None
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._come)

    def _come(self) -> None:
        self._came.set()
        if self._starting is not None:
            self._starting.cancel()

    async def wait(self) -> None:
        """Wait for one."""
        await self._came.wait()

    @contextmanager
    def starting(self) -> Iterator[None]:
        """A signal cancels what is done within; a migration that has begun comes to its end."""
        self._starting = asyncio.current_task()
        try:
            yield
        finally:
            self._starting = None

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Around start and run: that a signal has ended either is no error."""
        try:
            yield
        except asyncio.CancelledError:
            if not self._came.is_set():
                raise
            log.warning("stopped before it was ready", extra={"action": "bot.given_up"})
        else:
            log.info("stopped", extra={"action": "bot.stopped"})
