"""A disk that can lose its power at any moment of its log of writes, syncs, cuts and deletions.

It comes back with none, all or torn pieces of what had not been synced.

Files are written by SQLite through a VFS over the machine's own, so its sizes and promises are
those of a real run. A directory is synced when a new journal or log is synced for the first time,
as SQLite's own VFS does, and when a deletion asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""
JOURNALS = ("-journal", "-wal")
VFS = "power"
Content = bytes | bytearray


@dataclass(frozen=True, slots=True)
class Io:
    """One operation on a file; for `cut` the offset is the new size."""

    what: str
    file: str
    offset: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Log:
    """All operations, in their order."""

    done: list[Io] = field(default_factory=list)


class _Write(NamedTuple):
    """A write on its way: to which file, and what of it each sector holds."""

    file: int
    io: Io
    sectors: tuple[tuple[int, bytes], ...]
    """Where each piece begins. They are torn again and again, but cut into pieces once."""


def _sectors(io: Io) -> tuple[tuple[int, bytes], ...]:
    begin, end = io.offset, io.offset + len(io.data)
    bounds = [begin, *range((begin // SECTOR + 1) * SECTOR, end, SECTOR), end]
    return tuple((at, io.data[at - begin : stop - begin]) for at, stop in pairwise(bounds))


class PowerVFS(apsw.VFS):
    """The machine's VFS, with everything that changes a file written down."""

    def __init__(self, log: Log) -> None:
        self._log = log
        super().__init__(VFS, "")

    @override
    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        if not Path(path).exists():
            self._log.done.append(Io("make", Path(path).name))
        return _File(self._log, name, flags)

    @override
    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._log.done.append(Io("delete", Path(filename).name))
        if syncdir:
            self._log.done.append(Io("sync folder", ""))
        super().xDelete(filename, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, log: Log, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._log, self._name = log, Path(path).name
        self._fresh = not Path(path).exists() and path.endswith(JOURNALS)
        super().__init__("", name, flags)

    @override
    def xWrite(self, data: bytes, offset: int) -> None:
        self._log.done.append(Io("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    @override
    def xTruncate(self, newsize: int) -> None:
        self._log.done.append(Io("cut", self._name, newsize))
        super().xTruncate(newsize)

    @override
    def xSync(self, flags: int) -> None:
        self._log.done.append(Io("sync", self._name))
        if self._fresh:
            self._log.done.append(Io("sync folder", ""))
            self._fresh = False
        super().xSync(flags)


class Disk:
    """The files as they surely are, and what is still on its way.

    A name points to a file as in a folder of Unix: a journal that is made again under its old
    name is another file, and names are kept in the order in which they were given.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._names = {name: number for number, name in enumerate(files)}
        self._sure = {self._names[name]: data for name, data in files.items()}
        self._sure_names = dict(self._names)
        self._count = len(files)
        self._written: list[_Write] = []
        self._named: list[tuple[str, int | None]] = []

    def do(self, io: Io) -> None:
        """Let one operation happen."""
        match io.what:
            case "make":
                self._count += 1
                self._name(io.file, self._count)
            case "delete":
                self._name(io.file, None)
            case "sync folder":
                _rename(self._sure_names, self._named)
                self._named.clear()
            case "sync":
                self._settle(self._names[io.file])
            case _:
                self._written.append(_Write(self._names[io.file], io, _sectors(io)))

    @property
    def waits(self) -> bool:
        """Whether anything is still on its way."""
        return bool(self._written or self._named)

    def _name(self, name: str, file: int | None) -> None:
        self._named.append((name, file))
        _rename(self._names, [(name, file)])

    def _settle(self, file: int) -> None:
        content = bytearray(self._sure.get(file, b""))
        for write in self._written:
            if write.file == file:
                _apply(content, write.io)
        self._sure[file] = bytes(content)
        self._written = [write for write in self._written if write.file != file]

    def after_a_cut(self, random: Random | None, *, kept: bool) -> dict[str, Content]:
        """The files when the power comes back; one that was surely on the disk is the same object.

        Without chance all that was on its way is kept, or none of it.
        """
        files: dict[int, Content] = dict(self._sure)
        for write in self._written if kept or random is not None else ():
            content = files.get(write.file, b"")
            if isinstance(content, bytes):
                content = files[write.file] = bytearray(content)
            if random is None:
                _apply(content, write.io)
            else:
                _apply_torn(content, write, random)
        names = dict(self._sure_names)
        most = len(self._named) if kept else 0
        _rename(names, self._named[: random.randint(0, len(self._named)) if random else most])
        return {name: files.get(file, b"") for name, file in names.items()}


def _rename(names: dict[str, int], changes: Iterable[tuple[str, int | None]]) -> None:
    for name, file in changes:
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _apply(file: bytearray, io: Io) -> None:
    if io.what == "cut":
        del file[io.offset :]
        file.extend(bytes(io.offset - len(file)))
        return
    file.extend(bytes(max(0, io.offset - len(file))))
    file[io.offset : io.offset + len(io.data)] = io.data


def _apply_torn(file: bytearray, write: _Write, random: Random) -> None:
    """Let some sectors of a write arrive; each whole, or not at all."""
    arrived = random.getrandbits(len(write.io.data) // SECTOR + 2)
    if write.io.what == "cut":
        if arrived & 1:
            _apply(file, write.io)
        return
    for begin, data in write.sectors:
        if arrived & 1:
            if len(file) < begin:
                file.extend(bytes(begin - len(file)))
            file[begin : begin + len(data)] = data
        arrived >>= 1
