"""A line to a PostgreSQL that breaks in the middle of its work, as when the server dies."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

SOCKET = ".s.PGSQL.5432"
"""How PostgreSQL names its socket in a folder."""
PIECE = 65536
PATIENCE = 0.05
"""Seconds between two looks whether the test is over."""


@contextmanager
def cut_off(url: str, folder: Path, *, at: bytes) -> Iterator[str]:
    """The address of a PostgreSQL that hangs up once it is told the given words, and for good.

    Args:
        url: The server, on a socket of this machine.
        folder: Where the line begins.
        at: The words, as they stand in what is sent.
    """
    there = make_url(url)
    line = _Line(str(Path(str(there.query["host"])) / SOCKET), at)
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(folder / SOCKET))
        ear.listen()
        ear.settimeout(PATIENCE)
        thread = Thread(target=line.serve, args=(ear,), daemon=True)
        thread.start()
        here = there.set(query={**there.query, "host": str(folder)})
        yield here.render_as_string(hide_password=False)
        line.over.set()
        thread.join()


class _Line:
    """All connections to one server."""

    def __init__(self, server: str, at: bytes) -> None:
        self.over = Event()
        self._server = server
        self._at = at
        self._dead = Event()

    def serve(self, ear: socket.socket) -> None:
        """Take connections until the test is over."""
        while not self.over.is_set():
            with suppress(TimeoutError):
                here, _ = ear.accept()
                self._connect(here)

    def _connect(self, here: socket.socket) -> None:
        if self._dead.is_set():
            here.close()
            return
        there = socket.socket(socket.AF_UNIX)
        there.connect(self._server)
        for one, other in ((here, there), (there, here)):
            Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with one, other, suppress(OSError):
            while data := one.recv(PIECE):
                if self._at in data:
                    self._dead.set()
                    break
                other.sendall(data)
            for end in (one, other):
                end.shutdown(socket.SHUT_RDWR)
