"""The one writer of a process, as the event loop sees it.

The functions run in a thread that owns the connection, one after another, over a unit of work.
A Refusal is their result and never an exception; an exception is a failure and rolls back.
"""

from __future__ import annotations

import asyncio
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Self, TypeVar, TypeVarTuple

from storage.engines import writer_engine
from storage.errors import BatchFailed, WriterStoppedError
from storage.jobs import Call, Calls, End, Job, Mailbox, Open, Turn
from storage.transactions import Ledger
from storage.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from sqlalchemy import URL

    from storage.unit import Unit

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


def _unheard(_news: frozenset[str]) -> None:
    """Nobody waits for anything."""


class Writer:
    """The only way into the database: `await writer.run(fn, …)`, or a batch of calls.

    Writers of several processes on one PostgreSQL have names. `changed` hears in the event loop
    which topics (`storage.topics`) each commit has changed.
    """

    def __init__(
        self, url: str | URL, name: str = "", changed: Callable[[frozenset[str]], None] = _unheard
    ) -> None:
        self._url = url
        self.name = name
        self._changed = changed
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._ledger: Ledger | None = None

    async def start(self) -> None:
        """Open the database and start the thread.

        Raises:
            StorageError: The database cannot be used.
        """
        mailbox = Mailbox(asyncio.get_running_loop(), self._changed)
        ledger = self._ledger = Ledger(writer_engine(self._url), self.name, mailbox.tell)
        worker = Worker(ledger, self._queue, mailbox)
        self._thread = Thread(target=worker.work, name="storage writer", daemon=True)
        self._thread.start()
        await self.run(_nothing)

    async def stop(self) -> None:
        """Do what was asked so far, close the database, end the thread; an open batch is lost."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    @property
    def running(self) -> bool:
        """Whether calls are taken."""
        return self._thread is not None

    @property
    def commits(self) -> int:
        """Transactions committed since the start."""
        return self._ledger.commits if self._ledger is not None else 0

    async def run(self, function: Callable[[Unit, *Ts], T], *arguments: *Ts) -> T:
        """The result of a function, committed. Never wait for it inside a batch's block.

        The function may run more than once: if it shared a transaction with one that failed, or
        another process was in the way, all it did is rolled back and it runs again.

        Raises:
            WriterStoppedError: The writer is not running.
            DatabaseInDoubtError: The commit failed; it may stand.
            StorageError: The database refused a row or failed.
            Exception: Whatever the function raised; nothing of it stays.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.put(Call(future, function, arguments))
        return await future

    def batch(self) -> Batch:
        """A transaction of several calls; batches have their turns in order of arrival."""
        return Batch(self)

    def put(self, job: Job) -> None:
        """Hand a job to the thread.

        Raises:
            WriterStoppedError: There is none.
        """
        if self._thread is None:
            raise WriterStoppedError("the writer is not running")
        self._queue.put(job)


class Batch:
    """Calls that share one transaction: `async with writer.batch() as batch: …`.

    The transaction begins with the first call. Leaving the block commits it; it is rolled back
    if the block or one of its calls raised. Calls that are made in one round of the event loop
    go to the thread together: while it works on them, the loop does not fight it for the CPU.

    Raises:
        BatchFailed: At the end of the block: a call or the commit failed; nothing of it stays.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._turn = Turn()
        self._made: list[Call] = []
        """The calls of this round of the event loop."""
        self._over = False

    async def __aenter__(self) -> Self:
        self._writer.put(Open(self._turn))
        return self

    async def call(self, function: Callable[[Unit, *Ts], T], *arguments: *Ts) -> T:
        """The provisional result of a function: it stands once the block was left.

        Raises:
            BatchFailed: An earlier call of the batch failed, or its block was left.
            WriterStoppedError: The writer was stopped meanwhile.
            Exception: Whatever the function raised; the batch has failed.
        """
        if self._over:
            raise BatchFailed("the batch is over")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._made:
            loop.call_soon(self._hand_over)
        self._made.append(Call(future, function, arguments))
        return await future

    def _hand_over(self) -> None:
        made, self._made = self._made, []
        if not made:
            return
        try:
            self._writer.put(Calls(self._turn, made))
        except WriterStoppedError as error:
            for call in made:
                if not call.future.done():
                    call.future.set_exception(error)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        self._hand_over()
        if error is not None and not self._writer.running:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writer.put(End(self._turn, future, commit=error is None))
        try:
            await future
        except BatchFailed:
            # A cancelled block stays cancelled, and a failed one tells its failure once.
            if error is None or (isinstance(error, Exception) and error is self._turn.error):
                raise


def _nothing(_unit: Unit) -> None:
    """Begin and commit: the database can be used."""
