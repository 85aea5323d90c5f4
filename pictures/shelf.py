"""Files kept as the bytes they came as, named by their SHA-256; no path ever comes from outside."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pictures.errors import Missing, NotADigest

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
UNFINISHED = ".part"
"""How the name of a file ends while it is being written."""


def _as_made(_path: Path) -> None:
    """Leave it to whoever has made it."""


class Shelf:
    """A folder of files under `ab/cd/<digest>`; each is there whole and on disk, or not at all.

    Safe for several processes on one folder.
    """

    def __init__(self, folder: Path, made: Callable[[Path], None] = _as_made) -> None:
        """`made` is told of each folder and file that is new, before the file has its name."""
        self._folder = folder
        self._made = made

    @property
    def folder(self) -> Path:
        """Where the files stand."""
        return self._folder

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their digest; a copy that is there is kept, or mended."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if not _holds(path, data):
            self._make_folder(path.parent)
            self._write(path, data)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes; raises NotADigest, or Missing if there is no such file."""
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise Missing(digest=digest) from error

    def path(self, digest: str) -> Path:
        """Where the file of this digest stands or would stand; raises NotADigest."""
        if not _DIGEST.fullmatch(digest):
            raise NotADigest
        return self._folder / digest[:2] / digest[2:4] / digest

    def sweep(self) -> int:
        """Remove what crashed writers left, and return how many; call it while nobody writes."""
        leftovers = list(self._folder.glob(f"??/??/*{UNFINISHED}"))
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        return len(leftovers)

    def _make_folder(self, folder: Path) -> None:
        """Make the folder so that its name survives a power cut: each parent is synced too.

        What the shelf stands in is not made: a data folder that is gone must not seem to be there.
        """
        if folder.is_dir():
            return
        if folder != self._folder:
            self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        self._made(folder)
        _sync_folder(folder.parent)

    def _write(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self._made(Path(name))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
