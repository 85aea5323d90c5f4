"""`xunchaqun demo` as its own process, as a newcomer starts it."""

from __future__ import annotations

import os
import re
import signal
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from tests.fakes import programs

if TYPE_CHECKING:
    from collections.abc import Iterator

STDERR = 2


@contextmanager
def demo(*options: str) -> Iterator[str]:
    """The address of a running demo; leaving the block stops it as Ctrl-C does."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("demo", "--port", "0", "--no-open", "--data", folder, *options)
        out, its_out = os.pipe()
        end = programs.fork(words, (its_out, STDERR), {**os.environ, "LANG": "C.UTF-8"})
        os.close(its_out)
        with os.fdopen(out, encoding="utf-8") as said, os.fdopen(end) as life:
            process = int(life.readline())
            try:
                yield _address(said)
            finally:
                os.kill(process, signal.SIGINT)
                said.read()
                life.readline()


def _address(said: TextIO) -> str:
    for line in said:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
    raise AssertionError("the demo said no address")
