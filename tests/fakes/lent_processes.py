"""The processes that decode pictures, lent from test to test: each start reads a whole font."""

from __future__ import annotations

import asyncio
import atexit
import socket
import subprocess

from pictures.child import READY
from pictures.worker import COMMAND, PictureWorker, environment

_WAIT = 10
"""Seconds for a process to end when nobody talks to it any more."""


class _Kept:
    """A process, and our end of the line to it."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                COMMAND,
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )
        self.used = False

    def end(self) -> None:
        """Hang up, and see it go."""
        self.line.close()
        self.process.wait(_WAIT)


class Lent:
    """A process as the worker knows it: seen from there, it begins and ends with the loan."""

    def __init__(
        self, kept: _Kept, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._kept = kept
        self._over = False
        self.stdin: asyncio.StreamWriter | None = writer
        self.stdout: asyncio.StreamReader | None = reader

    @property
    def pid(self) -> int:
        """The process's own."""
        return self._kept.process.pid

    @property
    def returncode(self) -> int | None:
        """0 when it was given back."""
        code = self._kept.process.poll()
        return 0 if code is None and self._over else code

    def kill(self) -> None:
        """End it in earnest: nobody gets it again."""
        self._kept.process.kill()
        self._kept.process.wait(_WAIT)

    async def communicate(self) -> object:
        """End the loan; only a process that owes no answer is lent again."""
        if self._over:
            return None
        self._over = True
        if self.stdin is not None:
            self.stdin.close()
        if self._kept.process.poll() is None:
            _idle.append(self._kept)
        else:
            self._kept.end()
        return None


_idle: list[_Kept] = []


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()


async def lent() -> Lent:
    """A process that nobody uses, or a new one."""
    while _idle and _idle[-1].process.poll() is not None:
        _idle.pop().end()
    kept = _idle.pop() if _idle else _Kept()
    reader, writer = await asyncio.open_connection(sock=kept.line.dup())
    if kept.used:
        reader.feed_data(READY)
    kept.used = True
    return Lent(kept, reader, writer)


def lent_worker() -> PictureWorker:
    """The worker of a bot in this process."""
    return PictureWorker(start=lent)
