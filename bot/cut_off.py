"""Output that nobody reads any more: `xunchaqun doctor | head -1` ends after one line, quietly."""

from __future__ import annotations

import os
import select
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


def open_closed() -> None:
    """Send into the void what a program says that was started with a stream closed (`>&-`).

    Else the first file that it opens, a database perhaps, would take the stream's number.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "w" if number else "r", encoding="utf-8"))


def reader_gone() -> bool:
    """Whether the output or the errors of this program go to a pipe that nobody reads.

    A BrokenPipeError alone does not tell: a connection to Telegram or a database breaks like that.
    """
    return any(_unread(number) for number in _numbers())


def flush() -> None:
    """Write out what is still kept back, while it can be seen whether anybody reads it.

    Raises:
        BrokenPipeError: Nobody does. What else may go wrong the end of the program tells.
    """
    output: TextIO | None = sys.stdout
    try:
        if output is not None and not output.closed:
            output.flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise


def fall_silent() -> None:
    """Send into the void what nobody reads, so that the end of the program does not fail on it."""
    for number in _numbers():
        if _unread(number):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def _numbers() -> Iterator[int]:
    """The file descriptors of the two streams, unless something else stands in for them."""
    for stream in (sys.stdout, sys.stderr):
        try:
            yield stream.fileno()
        except (AttributeError, OSError, ValueError):
            continue


def _unread(number: int) -> bool:
    if not hasattr(select, "poll"):
        return False
    watch = select.poll()
    watch.register(number, 0)  # of errors and hang-ups it tells unasked
    return bool(watch.poll(0))
