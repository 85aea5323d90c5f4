"""One `run` on one SQLite file: a lock of the operating system, gone with whoever holds it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.belongings import give

if TYPE_CHECKING:
    from collections.abc import Iterator


class CityTakenError(Exception):
    """Another process runs the bot on this database; the text is its number, if it is known."""


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Be the only process that runs the bot on this SQLite file, for the time of the block.

    The lock belongs to the process: no child inherits it, and nothing of it survives a kill.

    Raises:
        CityTakenError: There is another one.
    """
    file = lock_of(url)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        give(file.parent, file)
        _lock(handle)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def is_taken(url: str) -> bool:
    """Whether a process runs the bot on this SQLite file."""
    try:
        handle = os.open(lock_of(url), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        _lock(handle)
    except CityTakenError:
        return True
    finally:
        os.close(handle)
    return False


def lock_of(url: str) -> Path:
    """The file that is locked: beside the database, never removed."""
    return Path(f"{make_url(url).database}.lock")


def _lock(handle: int) -> None:
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        process = ""
        with suppress(OSError):
            process = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        raise CityTakenError(process or "?") from error
