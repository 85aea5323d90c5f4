"""The writer's thread: the turns of batches in order of arrival, single calls grouped.

Calls that wait while a transaction commits share the next one. If one of them fails, that
transaction is rolled back and each of them runs again by itself; unless it is the commit that
failed, which may stand: what took a row would then find it taken.
"""

from __future__ import annotations

import logging
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from storage.errors import (
    BatchFailed,
    DatabaseDisturbedError,
    DatabaseInDoubtError,
    DatabaseRefusedError,
    WriterStoppedError,
)
from storage.jobs import Call, Calls, End, Job, Mailbox, Open, Turn
from usecases.ports import Conflict

if TYPE_CHECKING:
    from storage.transactions import Ledger, Transaction

log = logging.getLogger(__name__)

GROUP = 100
"""Single calls in one transaction at most."""
TRIES = 3
"""How often a single call is tried when another process was in the way."""
IN_THE_WAY = (Conflict, DatabaseDisturbedError, DatabaseRefusedError)


class Worker:
    """Runs the jobs of a queue, in one thread, until it is told to stop by a None."""

    def __init__(self, ledger: Ledger, queue: SimpleQueue[Job | None], mailbox: Mailbox) -> None:
        self._ledger = ledger
        self._queue = queue
        self._mailbox = mailbox
        self._waiting: deque[Job] = deque()
        """What came while somebody else had the turn."""
        self._stopping = False

    def work(self) -> None:
        """Run until stopped; what was asked before the stop is still done."""
        try:
            while (job := self._next(self._waiting)) is not None:
                if isinstance(job, Open):
                    self._serve(job.turn)
                elif isinstance(job, Call):
                    self._run(self._group(job))
        finally:
            self._ledger.close()

    def _next(self, waiting: deque[Job]) -> Job | None:
        """The next job; None when all is done after the stop."""
        if waiting:
            return waiting.popleft()
        if self._stopping:
            return None
        job = self._queue.get()
        if job is None:
            self._stopping = True
            return self._next(waiting)
        return job

    def _group(self, first: Call) -> list[Call]:
        group = [first]
        while len(group) < GROUP:
            job = self._peek()
            if not isinstance(job, Call):
                break
            group.append(job)
            self._waiting.popleft()
        return group

    def _peek(self) -> Job | None:
        """The next job if it is there already; it stays the next."""
        if not self._waiting:
            try:
                job = self._queue.get_nowait()
            except Empty:
                return None
            if job is None:
                self._stopping = True
                return None
            self._waiting.append(job)
        return self._waiting[0]

    def _run(self, group: list[Call]) -> None:
        try:
            results = self._together(group)
        except Exception as error:
            if _is_final(error, len(group)):
                for call in group:
                    self._mailbox.post(call.future, None, error)
            else:
                log.debug("group apart", exc_info=error, extra={"action": "storage.apart"})
                self._apart(group)
        else:
            for call, result in zip(group, results, strict=True):
                self._mailbox.post(call.future, result)
        self._mailbox.send()

    def _together(self, group: list[Call]) -> list[object]:
        transaction = self._ledger.begin()
        try:
            results = [call.function(transaction.unit, *call.arguments) for call in group]
            self._ledger.commit(transaction)
        except BaseException as error:
            self._ledger.rollback(transaction, error)
            raise
        return results

    def _apart(self, group: list[Call]) -> None:
        for call in group:
            try:
                self._mailbox.post(call.future, self._tried(call))
            except Exception as error:  # noqa: BLE001 - it is the caller's to handle
                self._mailbox.post(call.future, None, error)

    def _tried(self, call: Call) -> object:
        for _ in range(TRIES - 1):
            try:
                return self._together([call])[0]
            except IN_THE_WAY:
                log.info("tried again", exc_info=True, extra={"action": "storage.again"})
        return self._together([call])[0]

    def _serve(self, turn: Turn) -> None:
        """Give a batch its turn: its jobs run, the others wait, until it ends."""
        own: deque[Job] = deque(job for job in self._waiting if job.turn is turn)
        self._waiting = deque(job for job in self._waiting if job.turn is not turn)
        transaction: Transaction | None = None
        while (job := self._next(own)) is not None:
            if job.turn is not turn:
                self._waiting.append(job)
            elif isinstance(job, Calls):
                transaction = self._steps(job, transaction)
            elif isinstance(job, End):
                self._end(job, transaction)
                return
        if transaction is not None:
            self._ledger.rollback(transaction, WriterStoppedError())

    def _steps(self, job: Calls, transaction: Transaction | None) -> Transaction | None:
        """Run calls of a batch, and answer them all at once; the transaction it goes on in."""
        for call in job.calls:
            transaction = self._step(job.turn, call, transaction)
        self._mailbox.send()
        return transaction

    def _step(self, turn: Turn, job: Call, transaction: Transaction | None) -> Transaction | None:
        """Run one call of a batch; the transaction it goes on in."""
        if turn.error is not None:
            self._mailbox.post(job.future, None, _failed(turn))
            return None
        try:
            transaction = transaction or self._ledger.begin()
            result = job.function(transaction.unit, *job.arguments)
        except Exception as error:  # noqa: BLE001 - it is the caller's to handle
            turn.error = error
            self._mailbox.post(job.future, None, error)
            if transaction is not None:
                self._ledger.rollback(transaction, error)
            transaction = None
        else:
            self._mailbox.post(job.future, result)
        return transaction

    def _end(self, job: End, transaction: Transaction | None) -> None:
        if transaction is not None:
            self._close(job, transaction)
        self._mailbox.post(job.future, None, _failed(job.turn) if job.turn.error else None)
        self._mailbox.send()

    def _close(self, job: End, transaction: Transaction) -> None:
        try:
            if job.commit:
                self._ledger.commit(transaction)
            else:
                transaction.rollback()
        except Exception as error:  # noqa: BLE001 - told to the caller as the cause
            job.turn.error = error
            self._ledger.rollback(transaction, error)


def _is_final(error: Exception, calls: int) -> bool:
    """Whether none of so many calls may run again: it may be done, or would fail as it did."""
    if isinstance(error, DatabaseInDoubtError):
        return True
    return calls == 1 and not isinstance(error, IN_THE_WAY)


def _failed(turn: Turn) -> BatchFailed:
    failed = BatchFailed("the batch was rolled back")
    failed.__cause__ = turn.error
    return failed
