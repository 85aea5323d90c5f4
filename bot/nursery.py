"""The one place that owns, names and awaits asyncio tasks; it stops them in order, within a bound.

A task that fails stops everything: a bot that runs on with a dead courier looks healthy and is not.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

from bot.cli_errors import is_explained

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType

log = logging.getLogger(__name__)

STOP_WITHIN = 5.0
"""Seconds that an orderly stop may take in all."""


class TaskFailedError(Exception):
    """A task ended with an error; the error itself is the cause.

    Attributes:
        name: The name the task was started under.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Nursery:
    """Owner of the tasks of one process: `async with Nursery() as nursery: nursery.start(…)`.

    Leaving the block stops all tasks, the last started first. If a task fails, the block is
    cancelled, the rest is stopped, and `TaskFailedError` is raised from the task's error.
    """

    def __init__(self, *, on_failure: Callable[[str, BaseException], None] | None = None) -> None:
        self._on_failure = on_failure
        self._tasks: dict[asyncio.Task[None], None] = {}
        self._parent: asyncio.Task[object] | None = None
        self._failed: TaskFailedError | None = None
        self._cancelled_parent = False
        self._stopping = False

    async def __aenter__(self) -> Self:
        self._parent = asyncio.current_task()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        await self._take_back_cancel(delivered=isinstance(error, asyncio.CancelledError))
        await self.stop()
        if self._failed is not None and (error is None or self._cancelled_parent):
            raise self._failed
        return False

    def start(self, name: str, coroutine: Coroutine[object, object, None]) -> None:
        """Run a coroutine as a task under this name.

        Raises:
            RuntimeError: The nursery is stopping.
        """
        if self._stopping:
            coroutine.close()
            raise RuntimeError(f"no task is started during the stop: {name}")
        task = asyncio.create_task(coroutine, name=name)  # noqa: TID251 - this is the one owner
        self._tasks[task] = None
        task.add_done_callback(self._ended)

    async def stop(self, within: float = STOP_WITHIN) -> None:
        """Cancel and await all tasks, the last started first; give up after `within` seconds."""
        self._stopping = True
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        waiting = list(reversed(self._tasks))
        try:
            for task in waiting:
                task.cancel()
                await asyncio.wait({task}, timeout=max(0.0, deadline - loop.time()))
        finally:
            for task in waiting:
                self._abandon(task)

    async def _take_back_cancel(self, *, delivered: bool) -> None:
        """Undo our own cancellation of the block, so that only a stranger's is passed on."""
        if not self._cancelled_parent or self._parent is None:
            return
        if not delivered:
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                delivered = True
        if delivered and self._parent.uncancel() > 0:
            self._cancelled_parent = False

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            log.debug("task ended", extra={"action": "task.ended", "task": task.get_name()})
            return
        self._report(task.get_name(), error)

    def _report(self, name: str, error: BaseException) -> None:
        # Of a taken port, a full disk, a refused token the place where it arose says nothing.
        known = isinstance(error, OSError) or is_explained(error)
        log.error(
            "task failed: %s",
            error,
            exc_info=None if known and not log.isEnabledFor(logging.DEBUG) else error,
            extra={"action": "task.failed", "task": name},
        )
        if self._on_failure is not None:
            self._on_failure(name, error)
        if self._failed is not None:
            return
        self._failed = TaskFailedError(name)
        self._failed.__cause__ = error
        if self._parent is not None and not self._stopping:
            self._cancelled_parent = True
            self._parent.cancel()

    def _abandon(self, task: asyncio.Task[None]) -> None:
        if not task.done():
            task.cancel()
            log.error(
                "task did not stop in time",
                extra={"action": "task.stuck", "task": task.get_name()},
            )
