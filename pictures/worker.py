"""Pictures are decoded in processes of their own: one that crashes or hangs costs one answer.

The processes start when first needed, so a bot that sees no picture pays for none; they inherit
neither environment nor files, and end by themselves when the bot is gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, TypeVar

from pictures.child import ANSWER, READY, REQUEST
from pictures.decoding import MAX_BYTES
from pictures.errors import NotStarted, PictureError, TimedOut, TooHeavy, WorkerDied
from pictures.headers import Format
from pictures.intake import Picture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from pictures.chart import ChartSpec
    from pictures.sheet import SheetSpec

COMMAND = (sys.executable, "-P", "-m", "pictures.child")

_OURS = str(Path(__file__).parents[1])  # where the rooms stand, wherever the bot was started
_START_SECONDS = 30.0  # a loaded machine may need seconds to start Python
_FAREWELL_SECONDS = 1.0
_LONGEST_FACTS, _LONGEST_MADE = 64 * 1024, 64 * 1024 * 1024  # bytes; no honest answer has more

_Result = TypeVar("_Result")


class Process(Protocol):
    """What is used of a process of asyncio's."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def returncode(self) -> int | None:
        """None while it runs."""

    @property
    def stdin(self) -> asyncio.StreamWriter | None:
        """Where requests go."""

    @property
    def stdout(self) -> asyncio.StreamReader | None:
        """Where READY and the answers come from."""

    def kill(self) -> None:
        """End it at once."""

    async def communicate(self) -> object:
        """Close its pipes and wait for its end."""


def environment() -> dict[str, str]:
    """What a process sees: where our code is, and nothing else of ours."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, [_OURS, *sys.path]))}


async def started() -> Process:
    """Start a process."""
    return await asyncio.create_subprocess_exec(
        *COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,  # Ctrl-C is for the bot, which ends it in order
    )


class PictureWorker:
    """Examines and draws in at most `processes` processes; a job has `seconds` before it is ended.

    Every failure is a PictureError; the next job finds a fresh process. `start` gives one that
    is about to say READY.
    """

    def __init__(
        self,
        *,
        processes: int = 2,
        seconds: float = 20.0,
        start: Callable[[], Awaitable[Process]] = started,
    ) -> None:
        self._seconds = seconds
        self._children = [_Child(start) for _ in range(processes)]
        # Last in, first out: while there is little to do, one process does it all.
        self._idle: asyncio.LifoQueue[_Child] = asyncio.LifoQueue()

    async def __aenter__(self) -> Self:
        for child in self._children:
            self._idle.put_nowait(child)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.dismiss()
        for child in self._children:
            await child.gone()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the processes that run."""
        return tuple(child.pid for child in self._children if child.pid is not None)

    async def examine(self, data: bytes) -> Picture:
        """Do what `intake.examine` does."""
        if len(data) > MAX_BYTES:  # refused here, so that it need not travel
            raise TooHeavy(size=len(data), limit=MAX_BYTES)
        facts = (await self._ask("examine", data)).facts
        try:
            width, height = int(facts["width"]), int(facts["height"])
            return Picture(format=Format(facts["format"]), width=width, height=height)
        except (LookupError, TypeError, ValueError) as error:
            raise WorkerDied from error

    async def sheet(self, spec: SheetSpec) -> bytes:
        """Do what `sheet.render` does."""
        return (await self._ask("sheet", spec)).made

    async def chart(self, spec: ChartSpec) -> bytes:
        """Do what `chart.render` does."""
        return (await self._ask("chart", spec)).made

    async def _ask(self, verb: str, subject: object) -> _Answer:
        child = await self._idle.get()
        try:
            answer = await child.ask(pickle.dumps((verb, subject)), self._seconds)
        finally:
            self._idle.put_nowait(child)
        if answer.error:
            raise answer.error
        return answer


class _Answer(NamedTuple):
    facts: dict[str, Any]
    made: bytes
    error: PictureError | None


class _Child:
    """One process, started at its first job and again after each that it did not survive."""

    def __init__(self, start: Callable[[], Awaitable[Process]]) -> None:
        self._start = start
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._dismissed = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    async def ask(self, request: bytes, seconds: float) -> _Answer:
        """Send one job and wait for its answer; whatever goes wrong, the process does not go on."""
        async with self._turn:
            try:
                process = await self._running()
                return await _within(seconds, _exchange(process, request))
            except BaseException:
                await self._end()
                raise

    def dismiss(self) -> None:
        """Ask an idle process to end, and end a busy one; no job is taken any more."""
        self._dismissed = True
        if self._process and self._process.returncode is None:
            if self._turn.locked():
                self._process.kill()
            elif self._process.stdin:
                self._process.stdin.close()

    async def gone(self) -> None:
        """Wait until the process has ended; after a second it is made to."""
        async with self._turn:
            if self._process:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_FAREWELL_SECONDS):
                        await self._process.communicate()
            await self._end()

    async def _running(self) -> Process:
        if self.pid is None and not self._dismissed:
            await self._end()
            try:
                self._process = await _within(_START_SECONDS, self._start())
                await _within(_START_SECONDS, _ready(self._process))
            except (TimedOut, WorkerDied) as error:
                raise NotStarted(why=str(error.__cause__ or "") or type(error).__name__) from error
        if self._dismissed:
            raise WorkerDied
        return _there(self._process)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.communicate()  # closes both pipes and reaps it


async def _ready(process: Process) -> None:
    if await _there(process.stdout).readexactly(len(READY)) != READY:
        raise WorkerDied


async def _exchange(process: Process, request: bytes) -> _Answer:
    stdin, stdout = _there(process.stdin), _there(process.stdout)
    stdin.write(REQUEST.pack(len(request)) + request)
    await stdin.drain()
    told, made = ANSWER.unpack(await stdout.readexactly(ANSWER.size))
    if told > _LONGEST_FACTS or made > _LONGEST_MADE:
        raise WorkerDied
    facts = json.loads(await stdout.readexactly(told))
    return _Answer(facts, await stdout.readexactly(made), _error(facts))


def _there(part: _Result | None) -> _Result:
    """Insist on a part that a running process has."""
    if part is None:
        raise WorkerDied
    return part


def _error(facts: dict[str, Any]) -> PictureError | None:
    """The error the child tells of."""
    if "error" not in facts:
        return None
    kinds = {kind.__name__: kind for kind in PictureError.__subclasses__()}
    return kinds[facts["error"]](**facts["facts"])


async def _within(seconds: float, work: Awaitable[_Result]) -> _Result:
    """Wait for work on a pipe; whatever goes wrong with it becomes an error of ours."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise TimedOut(seconds=seconds) from error
    except (OSError, EOFError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise WorkerDied from error
