"""Looks after the shelf: whether files are there as they were kept, and what else lies there.

A file that was found whole is read again only once it was touched (size, times, inode); the walk
over all reads every file in its turn, because a disk can lose bytes without a trace.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from pictures.shelf import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pictures.shelf import Shelf

GOOD, MISSING, ALTERED = "good", "missing", "altered"
REMEMBERED = 100_000
"""Files whose look is remembered; the oldest are forgotten, and read again."""
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CHUNK = 1 << 20

Stamp = tuple[int, int, int, int]


class Lying(NamedTuple):
    """What lies in a part of the folder, by paths within it."""

    originals: list[str]
    """Files with the name of a digest, in their place."""
    others: list[str]
    unfinished: list[str]
    """What writers have begun."""
    after: str
    """Where to go on; empty: the end was reached."""


class ShelfInspector:
    """Reads a shelf; not to be shared by threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._whole: dict[str, Stamp] = {}

    def state(self, digest: str, *, thorough: bool) -> str:
        """`good`, `missing` or `altered`; a name that is no digest is missing."""
        if not _DIGEST.fullmatch(digest):
            return MISSING
        path = self._shelf.path(digest)
        try:
            stamp = _stamp(path)
            if not thorough and self._whole.get(digest) == stamp:
                return GOOD
            found = _digest(path)
        except OSError:
            self._whole.pop(digest, None)
            return MISSING
        if found != digest:
            self._whole.pop(digest, None)
            return ALTERED
        self._remember(digest, stamp)
        return GOOD

    def _remember(self, digest: str, stamp: Stamp) -> None:
        self._whole[digest] = stamp
        if len(self._whole) > REMEMBERED:
            del self._whole[next(iter(self._whole))]

    def lying(self, after: str, most: int, again: Iterable[str]) -> Lying:
        """What lies in the folder behind `after`, until about so many names were read.

        `again` are paths that are looked at besides.
        """
        paths = {path for path in again if (self._shelf.folder / path).is_file()}
        seen, reached = 0, ""
        for place, folder in self._folders(after) if most else ():
            names = [entry.name for entry in os.scandir(folder)]
            paths |= {f"{place}/{name}" for name in names}
            seen += 1 + len(names)
            if seen >= most:
                reached = place
                break
        return _sorted(paths, reached)

    def remove_unfinished(self, name: str) -> None:
        """Remove what a writer has begun and left."""
        if name.endswith(UNFINISHED):
            (self._shelf.folder / name).unlink(missing_ok=True)

    def _folders(self, after: str) -> Iterator[tuple[str, Path]]:
        """The folders of files behind one of them, in order, as `ab/cd`."""
        root = self._shelf.folder
        firsts = (first for first in _subfolders(root) if first >= after[:2])
        places = (f"{first}/{second}" for first in firsts for second in _subfolders(root / first))
        yield from ((place, root / place) for place in places if place > after)


def _sorted(paths: Iterable[str], after: str) -> Lying:
    found = Lying([], [], [], after)
    for path in sorted(paths):
        name = path.rpartition("/")[2]
        if name.endswith(UNFINISHED):
            found.unfinished.append(path)
        elif _DIGEST.fullmatch(name) and path == f"{name[:2]}/{name[2:4]}/{name}":
            found.originals.append(path)
        else:
            found.others.append(path)
    return found


def _subfolders(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())
    except FileNotFoundError:
        return []


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            made.update(chunk)
    return made.hexdigest()
