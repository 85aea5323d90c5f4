"""Reads a backup that may have come from anywhere: all of it is verified before any of it is used.

Bounded in everything: names, counts and sizes must be those of the manifest, and no more bytes of
a member are unpacked than it names there, so that a small file cannot fill a disk.
"""

from __future__ import annotations

import errno
import hashlib
import struct
import zipfile
import zlib
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from bot.backup import manifest as names
from bot.backup.errors import BackupDamagedError, NotABackupError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.backup.manifest import Manifest

CHUNK: Final = 1024 * 1024
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the reading of a zip raises for bytes that are none.

RuntimeError: it asks for a password, or is packed in a way that `zipfile` lacks.
"""
_KINDS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Backup:
    """An open backup whose manifest makes sense; `verify` looks at all the rest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest: Manifest = names.read(_manifest(archive))
        self._see_list()

    def _see_list(self) -> None:
        """The list of the zip is the manifest's, name by name and size by size."""
        listed = [info for info in self._archive.infolist() if info.filename != names.NAME]
        members = self.manifest.members
        if len(listed) != len(members):
            raise NotABackupError("zip")
        for info in listed:
            member = members.get(info.filename)
            if member is None or info.compress_type not in _KINDS:
                raise NotABackupError(ascii(info.filename)[:120])
            if member.size != info.file_size:
                raise BackupDamagedError(info.filename)

    def verify(self, advanced: Callable[[int], None]) -> None:
        """Read every byte and compare the digests.

        Args:
            advanced: Told how many more bytes were read.

        Raises:
            BackupDamagedError: One does not fit; the member is named.
        """
        for name in self.manifest.members:
            for chunk in self.chunks(name):
                advanced(len(chunk))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one member; their digest is compared at the end.

        Raises:
            BackupDamagedError: They are not those that were packed.
        """
        wanted = self.manifest.members[name]
        sum_, size = hashlib.sha256(), 0
        with self._opened(name) as source:
            for chunk in iter(partial(source.read, CHUNK), b""):
                sum_.update(chunk)
                size += len(chunk)
                yield chunk
        if size != wanted.size or sum_.hexdigest() != wanted.sha256:
            raise BackupDamagedError(name)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one member, each with its end."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if rest:
            yield rest

    def data(self, name: str) -> bytes:
        """All bytes of one member that is small: a photo, a file of the configuration."""
        return b"".join(self.chunks(name))

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        with _damage_told(name), self._archive.open(name) as source:
            yield source


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Whatever the zip's reader says about bytes that are none of its own, in our words."""
    try:
        yield
    except _DAMAGED as error:
        raise BackupDamagedError(name) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it was sent to a place before the beginning
            raise BackupDamagedError(name) from error
        raise


def _manifest(archive: zipfile.ZipFile) -> bytes:
    """The manifest's bytes, if there is exactly one and it is of a bearable size."""
    found = [info for info in archive.infolist() if info.filename == names.NAME]
    if len(found) != 1 or found[0].file_size > names.LARGEST:
        raise NotABackupError(names.NAME)
    with _damage_told(names.NAME), archive.open(found[0]) as source:
        return source.read(names.LARGEST)


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """A backup, to be read.

    Raises:
        NotABackupError: It is no zip, or none that this program has made.
        BackupDamagedError: It is cut off, or was changed.
        BackupNewerError: A newer version of the program has made it.
        OSError: It cannot be opened.
    """
    with file.open("rb") as raw:
        if raw.read(4) != b"PK\x03\x04":
            raise NotABackupError(file.name)
        # It begins as a zip does; if it was cut off, the list at its end is not there.
        with _damage_told(file.name):
            archive = zipfile.ZipFile(raw)
        with archive:
            yield Backup(archive)
