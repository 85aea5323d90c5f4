"""Where lives begin: an idle process that has everything imported, and forks one when asked.

A process that forks pays afterwards: what it touches is copied, page by page. The one that is
Telegram touches much; this one waits.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from tests.harness.crash import child
from tests.harness.crash.town import settings_in

if TYPE_CHECKING:
    from tests.harness.crash.life import Birth

LONGEST = 4096
"""Bytes of a request."""


class Cradle:
    """Forked from a process that has rehearsed; its lives find all as it was then."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if self._pid == 0:
            self._line.close()
            _attend(theirs)
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._line.close()
        os.waitpid(self._pid, 0)

    def bear(self, birth: Birth, end: socket.socket) -> int:
        """Begin a life that calls Telegram through this end; its process id."""
        told = {
            "folder": str(birth.folder),
            "begin": birth.begin.isoformat(),
            "aim": birth.aim,
        }
        socket.send_fds(self._line, [json.dumps(told).encode()], [end.fileno()])
        return self._answer()

    def was_killed(self, pid: int) -> bool:
        """Whether it was, of a life that is surely over."""
        self._line.send(json.dumps({"over": pid}).encode())
        return os.WTERMSIG(self._answer()) == signal.SIGKILL

    def _answer(self) -> int:
        return int(self._line.recv(LONGEST))


def _attend(line: socket.socket) -> NoReturn:
    """Fork and wait as asked, until nobody can ask any more."""
    while True:
        told, files, _, _ = socket.recv_fds(line, LONGEST, 1)
        if not told:
            os._exit(0)
        asked: dict[str, Any] = json.loads(told)
        if "over" in asked:
            answer = os.waitpid(asked["over"], 0)[1]
        else:
            answer = os.fork()
            end = socket.socket(fileno=files[0])
            if answer == 0:
                line.close()
                begin = datetime.fromisoformat(asked["begin"])
                settings = settings_in(Path(asked["folder"]))
                child.be_born(settings, end, begin, tuple(asked["aim"]))
            end.close()
        line.send(str(answer).encode())
