"""Writes a backup beside a running bot: whole under its name, or not at all.

First the database's moment, then the photos that its rows name. This order is right because a
photo is on the shelf before the row that names it is committed, and is never changed or removed
afterwards: what the moment names is there, however much later it is copied. The other way round a
photo that came in between would be named and missing.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from sqlalchemy import make_url

from bot.backup import manifest as names
from bot.backup.errors import BackupBusyError, FileThereError
from bot.backup.manifest import Manifest, Member
from bot.backup.portable import portable
from bot.config.texts import text_of
from storage import migrate
from storage.digests import TableDigest, count, digests, lines, tables_of
from storage.engines import is_sqlite
from storage.errors import DatabaseEmptyError
from storage.snapshots import photos_of, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from bot.config import Settings
    from bot.progress import Progress

CHUNK: Final = 1024 * 1024
PART: Final = ".part"
SCRATCH: Final = ".part.sqlite"
"""The copy of the database while it is packed."""
MINE: Final = 0o600
"""A backup holds names and photos: only its owner reads it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What is backed up.

    Attributes:
        settings: The city.
        config: Its configuration file; None: only the database goes into the backup.
        photos: The folder of the shelf.
        program: The version of this program.
        now: The present moment, aware.
    """

    settings: Settings
    config: Path | None
    photos: Path
    program: str
    now: datetime


def pack(source: Source, target: Path, progress: Progress) -> Manifest:
    """Write the backup to a file that is not there yet; what it holds.

    Raises:
        FileThereError: The file is there already.
        BackupBusyError: Another process is writing it.
        SecretStaysError: The configuration cannot be cleaned of a secret.
        StorageError: The database cannot be read.
        OSError: The disk is full, or a folder cannot be written to.
    """
    if target.exists():
        raise FileThereError(str(target))
    with _part(target) as part, snapshot(source.settings.database_url, _scratch(target)) as moment:
        with zipfile.ZipFile(part, "w", compresslevel=1) as archive:
            manifest = _Packer(archive, source, progress).pack(moment, _scratch(target))
        part.flush()
        os.fsync(part.fileno())
        _finish(target)
    return manifest


def _scratch(target: Path) -> Path:
    return target.with_name(target.name + SCRATCH)


def sweep(folder: Path, names: str) -> None:
    """Take away what killed backups have left in a folder; what another process writes stays.

    Args:
        folder: Where backups go.
        names: What they are called, as a glob; by names of the date nobody would come again.
    """
    for part in folder.glob(f"{names}{PART}"):
        with suppress(OSError), part.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in folder.glob(f"{part.name}*"):
                left.unlink()


@contextmanager
def _part(target: Path) -> Iterator[IO[bytes]]:
    """The unfinished file; what a killed run left is taken over, a running one is left alone."""
    part = target.with_name(target.name + PART)
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, MINE)
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupBusyError(str(target)) from None
        if not part.exists() or not os.path.samestat(os.fstat(file.fileno()), part.stat()):
            raise BackupBusyError(str(target))  # the other one has just finished
        try:
            file.truncate()
            _scratch(target).unlink(missing_ok=True)
            yield file
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        finally:
            _scratch(target).unlink(missing_ok=True)


def _finish(target: Path) -> None:
    """Give the file its name, unless somebody else has meanwhile taken it."""
    if target.exists():
        raise FileThereError(str(target))
    target.with_name(target.name + PART).rename(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """See that names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Packer:
    """Puts one member after another into the archive, and notes what each is."""

    def __init__(self, archive: zipfile.ZipFile, source: Source, progress: Progress) -> None:
        self._archive = archive
        self._source = source
        self._progress = progress
        self._stamp = source.now.timetuple()[:6]
        self._members: dict[str, Member] = {}

    def pack(self, moment: Connection, scratch: Path) -> Manifest:
        """Everything, the manifest last."""
        revision = migrate.revision(moment)
        if revision is None:
            raise DatabaseEmptyError(make_url(self._source.settings.database_url).database)
        if self._source.config is not None:
            # What a restore keeps aside may be newer: it is the way back to the newer program.
            migrate.look_up(revision)
        tables = self._database(moment, scratch)
        left_out = self._configuration()
        missing, altered = self._photos(photos_of(moment))
        manifest = Manifest(
            program=self._source.program,
            created_at=self._source.now,
            city=self._source.settings.city.name,
            revision=revision,
            tables=tables,
            members=self._members,
            left_out=left_out,
            missing=missing,
            altered=altered,
        )
        self._add(names.NAME, [names.written(manifest)])
        return manifest

    def _add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> Member:
        info = zipfile.ZipInfo(name, self._stamp)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = MINE << 16
        sum_, size = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                sum_.update(chunk)
                size += len(chunk)
        member = Member(size, sum_.hexdigest())
        if name != names.NAME:
            self._members[name] = member
        return member

    def _database(self, moment: Connection, scratch: Path) -> dict[str, TableDigest]:
        with self._progress.part("backup_rows", count(moment)) as advance:
            if not is_sqlite(self._source.settings.database_url):
                return {one.name: self._rows(moment, one, advance) for one in tables_of(moment)}
            found = digests(moment, advance)
        size = scratch.stat().st_size
        with self._progress.part("backup_database", size) as advance:
            self._add(names.SQLITE, _chunks(scratch, advance))
        return found

    def _rows(
        self, moment: Connection, table: Table, advance: Callable[[int], None]
    ) -> TableDigest:
        """A table as its canonical bytes, so that the member's digest is the table's."""
        rows = -1  # the first line is no row

        def counted() -> Iterator[bytes]:
            nonlocal rows
            for line in lines(moment, table, advance):
                rows += 1
                yield line

        member = self._add(names.table_name(table.name), counted())
        return TableDigest(table.name, rows, member.sha256)

    def _configuration(self) -> tuple[str, ...]:
        if self._source.config is None:
            return ()
        found = portable(text_of(self._source.config), self._source.settings)
        self._add(names.CONFIG_FILE, [found.text.encode()])
        for name, file in found.files:
            self._add(name, [file.read_bytes()])
        return found.left_out

    def _photos(self, digests: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Copy what is on the shelf; what is missing there, and what is no longer what it was."""
        missing, altered = [], []
        if self._source.config is None:
            return (), ()
        with self._progress.part("backup_photos", len(digests)) as advance:
            for digest in digests:
                name = names.photo_name(digest)
                file = self._source.photos / name.removeprefix(names.PHOTOS)
                try:
                    data = file.read_bytes()
                except FileNotFoundError:
                    missing.append(digest)
                else:
                    if hashlib.sha256(data).hexdigest() == digest:
                        self._add(name, [data], packed=False)
                    else:
                        altered.append(digest)
                advance(1)
        return tuple(missing), tuple(altered)


def _chunks(file: Path, advance: Callable[[int], None]) -> Iterator[bytes]:
    with file.open("rb") as source:
        for chunk in iter(partial(source.read, CHUNK), b""):
            yield chunk
            advance(len(chunk))
