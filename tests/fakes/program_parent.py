"""A parent of the product's programs: it imports everything once, then forks one for each request.

`python -m tests.fakes.program_parent FD`; `tests.fakes.programs` talks to it through that socket.
A request is the JSON of the words, the environment and the folder, and three files: the program's
stdout and stderr, and one that hears its process id and in the end its exit code, a line each.
What is forked goes on as `python -m bot WORDS` does, down to how the interpreter ends.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from typing import NamedTuple

import bot.demo
import bot.run
import bot.stand_in
import bot.tools  # noqa: F401 - what commands import when they run, imported before
from bot.cli import main
from tests.fakes import drawn_samples

LONGEST = 256 * 1024
"""Bytes of a request."""


class Request(NamedTuple):
    """What one program is to do, and its files."""

    words: list[str]
    env: dict[str, str]
    folder: str
    files: list[int]


class Parent:
    """Forks, and tells how each child ended."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._ends: dict[int, int] = {}
        self._heard, self._bell = socket.socketpair()
        self._bell.settimeout(0)

    def next_life(self) -> Request | None:
        """In each child: what it is to do. In the parent, when nobody asks any more: None."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._bell.fileno())
        with selectors.DefaultSelector() as selector:
            selector.register(self._line, selectors.EVENT_READ)
            selector.register(self._heard, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self._heard in ready:
                    self._heard.recv(4096)
                    self._tell_ends()
                if self._line in ready:
                    request = self._request()
                    if request is None or self._fork(request):
                        return request

    def _request(self) -> Request | None:
        told, files, _, _ = socket.recv_fds(self._line, LONGEST, 3)
        return Request(**json.loads(told), files=files) if told else None

    def _fork(self, request: Request) -> bool:
        """Whether this is the child."""
        child = os.fork()
        ear = request.files[2]
        if child == 0:
            self._become_child()
            os.close(ear)
            return True
        for file in request.files[:2]:
            os.close(file)
        os.write(ear, f"{child}\n".encode())
        self._ends[child] = ear
        return False

    def _become_child(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for ear in self._ends.values():
            os.close(ear)
        for end in (self._line, self._heard, self._bell):
            end.close()

    def _tell_ends(self) -> None:
        for child in [*self._ends]:
            gone, status = os.waitpid(child, os.WNOHANG)
            if gone:
                with os.fdopen(self._ends.pop(child), "wb") as ear:
                    ear.write(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def begin(request: Request) -> int:
    """Put everything as a new process finds it, and run the command."""
    os.environ.clear()
    os.environ.update(request.env)
    os.chdir(request.folder)
    for number, file in enumerate(request.files[:2], start=1):
        os.dup2(file, number)
        os.close(file)
    return main(request.words)


if __name__ == "__main__":
    drawn_samples.share()
    gc.freeze()
    life = Parent(socket.socket(fileno=int(sys.argv[1]))).next_life()
    sys.exit(begin(life) if life else 0)
