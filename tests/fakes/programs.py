"""The product's programs as processes, forked by a parent that has imported them already.

To import everything takes seconds of a processor; the tests start dozens of programs.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from functools import cache
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import IO, TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
PATIENCE = 100
"""Seconds for the parent to import everything on a busy machine."""


@cache
def _parent() -> socket.socket:
    """The line to this process's parent of programs, who goes when the line is closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            (sys.executable, "-m", "tests.fakes.program_parent", str(theirs.fileno())),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )

    def end() -> None:
        ours.close()
        process.wait(PATIENCE)

    atexit.register(end)
    return ours


def fork(words: Sequence[str], files: Sequence[int], env: Mapping[str, str]) -> int:
    """Start `xunchaqun WORDS` with this stdout and stderr; a pipe that tells its id and its end."""
    ours, theirs = os.pipe()
    request = {"words": words, "env": {**env}, "folder": str(ROOT)}
    socket.send_fds(_parent(), [json.dumps(request).encode()], [*files, theirs])
    os.close(theirs)
    return ours


class Program(Process):
    """A program as asyncio knows processes; nobody writes to its stdin."""

    def __init__(
        self,
        pid: int,
        ends: asyncio.StreamReader,
        out: asyncio.StreamReader,
        err: asyncio.StreamReader | None,
    ) -> None:
        self.pid = pid
        self.stdin, self.stdout, self.stderr = None, out, err
        self._ends = ends
        self._code: int | None = None

    @property
    @override
    def returncode(self) -> int | None:
        """The exit code, minus the signal that ended it; None until somebody waited."""
        return self._code

    @override
    async def wait(self) -> int:
        if self._code is None:
            self._code = int(await self._ends.readline())
            await self._ends.read()
        return self._code

    @override
    def send_signal(self, signal: int) -> None:
        os.kill(self.pid, signal)

    @override
    def terminate(self) -> None:
        self.send_signal(SIGTERM)

    @override
    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.send_signal(SIGKILL)

    @override
    async def communicate(
        self, input: bytes | bytearray | memoryview | None = None
    ) -> tuple[bytes, bytes]:
        assert input is None
        assert self.stdout is not None
        out, err = await asyncio.gather(
            self.stdout.read(), self.stderr.read() if self.stderr else _nothing()
        )
        await self.wait()
        return out, err


async def _nothing() -> bytes:
    return b""


async def _heard(file: int) -> asyncio.StreamReader:
    """The reader of a pipe, which closes it at its end."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(file, "rb", 0)
    )
    return reader


async def start(*words: str, errors: IO[bytes] | None = None) -> Program:
    """Start `xunchaqun WORDS`; its errors go to a file if one is given."""
    out, its_out = os.pipe()
    err, its_err = os.pipe()
    told = errors.fileno() if errors else its_err
    end = fork(words, (its_out, told), os.environ)
    os.close(its_out)
    os.close(its_err)
    ends = await _heard(end)
    pid = int(await asyncio.wait_for(ends.readline(), PATIENCE))
    if errors:
        os.close(err)
    return Program(pid, ends, await _heard(out), None if errors else await _heard(err))
