"""The product's threads and timers on one thread and one clock: cheap, and the same each time.

The writer's own work runs unchanged, as a greenlet instead of a thread: where it would wait for its
queue, the event loop goes on. What the product hands to other threads is done at once, and what the
loop itself should do later is done when the simulated clock has got there.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import deque
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime, timedelta
from functools import partial
from queue import Empty
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from greenlet import getcurrent, greenlet
from typing_extensions import override

from simulator.clock import SimulatedClock
from storage.jobs import Mailbox
from storage.worker import Worker
from storage.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from contextvars import Context

    from sqlalchemy import URL

    from storage.jobs import Job
    from storage.transactions import Ledger

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE = 20_000
"""Turns of the loop at one moment; more are a loop that spins."""
OWNER: ContextVar[list[asyncio.Task[Any]] | None] = ContextVar("OWNER", default=None)
"""Where the tasks of one life of the product are noted, so that it can be cut off."""


class _NoFiles(selectors.SelectSelector):
    """Nothing comes from outside: the kernel need not be asked at each turn of the loop."""

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return []


class InlineLoop(asyncio.SelectorEventLoop):
    """Knows no other time than the simulated one, and no other thread."""

    def __init__(self) -> None:
        super().__init__(_NoFiles())
        self.clock: SimulatedClock | None = None
        self.set_task_factory(_note)

    @override
    def time(self) -> float:
        if self.clock is None:
            return super().time()
        return (self.clock.now() - EPOCH).total_seconds()

    @override
    def call_at(
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        if self.clock is None:
            return super().call_at(when, callback, *args, context=context)
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        run = partial(_run_timer, self, handle)
        self.clock.call_at(EPOCH + timedelta(seconds=when), run)
        return handle

    @override
    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it is the caller's
            future.set_exception(error)
        return future

    @property
    def calm(self) -> bool:
        """Whether nothing can run but the one who asks: all others wait for time."""
        return not self._ready  # type: ignore[attr-defined]


def _run_timer(loop: asyncio.AbstractEventLoop, handle: asyncio.TimerHandle) -> None:
    if not handle.cancelled():
        loop.call_soon(handle._run)  # noqa: SLF001 - as the loop does


def _note(
    loop: asyncio.AbstractEventLoop, coro: Any, *, context: Context | None = None, **more: Any
) -> asyncio.Task[Any]:
    task: asyncio.Task[Any] = asyncio.Task(coro, loop=loop, context=context, **more)
    owner = (context or copy_context()).get(OWNER)
    if owner is not None:
        owner.append(task)
    return task


class TurnClock(SimulatedClock):
    """Moves on when nothing can run any more: nobody need be asked whether he is idle."""

    @override
    async def _calm(self) -> None:
        loop = asyncio.get_running_loop()
        if not isinstance(loop, InlineLoop):
            raise TypeError("this clock belongs to an InlineLoop")
        for _ in range(PATIENCE):
            if loop.calm:
                return
            await asyncio.sleep(0)
        raise AssertionError("somebody spins although time stands still")

    @override
    def _arm(self) -> None:
        """Nothing waits for real time here; what is due already is done in the next turn."""
        if self._alarms and self._alarms[0][0] <= self.now():
            asyncio.get_running_loop().call_soon(self._ring)


class _Queue:
    """Stands in for the queue between loop and thread."""

    def __init__(self) -> None:
        self._jobs: deque[Job | None] = deque()

    def put(self, job: Job | None) -> None:
        self._jobs.append(job)

    def get(self) -> Job | None:
        while not self._jobs:
            _parent().switch()
        return self._jobs.popleft()

    def get_nowait(self) -> Job | None:
        if not self._jobs:
            raise Empty
        return self._jobs.popleft()


def _parent() -> greenlet:
    parent = getcurrent().parent
    if parent is None:
        raise RuntimeError("the writer's work runs in a greenlet of its own")
    return parent


def pause() -> None:
    """Let the event loop have a turn, from within the writer's work."""
    asyncio.get_running_loop().call_soon(getcurrent().switch)
    _parent().switch()


class _Mailbox(Mailbox):
    """Answers in the same thread: no wake-up goes through a socket."""

    @override
    def send(self) -> None:
        if not self._on_the_way:
            self._on_the_way = True
            self._loop.call_soon(self._deliver)


class Cut(BaseException):
    """The process ends here, as by SIGKILL."""


class InlineWriter(Writer):
    """The product's writer without its thread; it can be cut off within a transaction."""

    def __init__(
        self,
        url: str | URL,
        changed: Callable[[frozenset[str]], None],
        open_ledger: Callable[[str | URL, Callable[[frozenset[str]], None]], Ledger],
    ) -> None:
        super().__init__(url, changed=changed)
        self._open_ledger = open_ledger
        self._jobs = _Queue()
        self._work: greenlet | None = None
        self._woken = False
        self._cut = False

    @override
    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        mailbox = _Mailbox(loop, self._changed)
        ledger = self._open_ledger(self._url, mailbox.tell)
        worker = Worker(ledger, self._jobs, mailbox)  # type: ignore[arg-type]
        self._work = greenlet(worker.work)
        await self.run(_nothing)

    @override
    async def stop(self) -> None:
        if self._work is not None:
            self._jobs.put(None)
            self._go()
            self._work = None

    def cut(self) -> None:
        """Lose everything that is not committed; nothing is done any more."""
        self._cut = True
        work, self._work = self._work, None
        if work is not None and work is not getcurrent():
            work.throw()

    @property
    @override
    def running(self) -> bool:
        return self._work is not None

    @override
    def put(self, job: Job) -> None:
        if self._cut:
            return None  # who asked waits for ever, as a dead process does
        if self._work is None:
            return super().put(job)
        self._jobs.put(job)
        if not self._woken:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._go)
        return None

    def _go(self) -> None:
        self._woken = False
        if self._work is not None:
            try:
                self._work.switch()
            except Cut:
                self._work = None


def _nothing(_unit: object) -> None:
    """Begin and commit."""
