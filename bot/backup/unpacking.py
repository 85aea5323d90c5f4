"""Puts a backup back: whole or not at all, and never over a city that somebody works on.

Everything but the last step only adds: photos (whose names are their digests, so that none can
take the place of another), then the files of the configuration that are not there yet. The last
step decides: the database's file is put in its place by one renaming, or PostgreSQL commits.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.alone import CityTakenError, alone
from bot.backup import manifest as names
from bot.backup.errors import BotRunningError
from bot.backup.packing import Source, pack, sync_folder
from bot.belongings import (
    backups_in,
    give,
    give_in_place_of,
    make_folder,
    make_open_folder,
    shelf_in,
)
from storage import migrate, restoring
from storage.digests import lines, tables_of
from storage.engines import migration_engine
from storage.errors import DatabaseBusyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.backup.checking import Backup
    from bot.backup.planning import Place, Plan
    from bot.progress import Progress

UNFINISHED: Final = ".restoring-"
PRIVATE: Final = 0o600
PUBLIC: Final = 0o644
ASIDE: Final = "before-restore"


def carry_out(backup: Backup, plan: Plan, progress: Progress, source: Source) -> Path | None:
    """Do it; where the database of before is kept, if there was one.

    Args:
        backup: Verified.
        plan: What is to be done with it.
        progress: Told how far it is.
        source: The city of before, should it have to be kept as rows.

    Raises:
        BackupError, StorageError, OSError: It failed; the city is as it was before.
    """
    place = plan.place
    make_folder(place.settings.data)
    _sweep(place.settings.data)
    with ExitStack() as stack:
        stack.enter_context(_nobody_starts(place))
        scratch = Path(stack.enter_context(_scratch(place.settings.data)))
        _photos(backup, plan, progress)
        if place.sqlite is None:
            aside = _kept_rows(plan, source, progress)
            with _configured(backup, plan):
                _into_postgresql(backup, plan, scratch, progress)
            return aside
        new = _database(backup, scratch, progress)
        with _configured(backup, plan):
            return _put_in_place(new, place.sqlite, place.settings.data)


@contextmanager
def _nobody_starts(place: Place) -> Iterator[None]:
    """Keep a bot from being started on an SQLite file meanwhile; PostgreSQL has its own ways."""
    if place.sqlite is None:
        yield
        return
    make_folder(place.sqlite.parent)
    try:
        with alone(place.url):
            yield
    except CityTakenError as error:
        raise BotRunningError(place.shown) from error


def _photos(backup: Backup, plan: Plan, progress: Progress) -> None:
    shelf = shelf_in(plan.place.settings.data)
    shelf.sweep()  # of a restore that was killed; nobody else writes here now
    with progress.part("restore_photos", len(plan.photos)) as advance:
        for digest in plan.photos:
            shelf.put(backup.data(names.photo_name(digest)))
            advance(1)


@contextmanager
def _configured(backup: Backup, plan: Plan) -> Iterator[None]:
    """The files of the configuration are there; they go again if what follows fails."""
    written: list[Path] = []
    try:
        for name, target in plan.files:
            make_open_folder(target.parent)
            part = target.with_name(f"{target.name}{UNFINISHED}")
            written += [part, target]
            part.write_bytes(backup.data(name))
            # The other files hold no secret, and the user that runs the bot may be a third one.
            part.chmod(PRIVATE if name == names.CONFIG_FILE else PUBLIC)
            give(part.parent, part)
            part.rename(target)
        yield
    except BaseException:
        for target in written:
            target.unlink(missing_ok=True)
        raise


def _database(backup: Backup, scratch: Path, progress: Progress) -> Path:
    """The database as a file of its own, with the tables of this program."""
    new, manifest = scratch / "city.sqlite3", backup.manifest
    if names.SQLITE in manifest.members:
        _unpack(backup, new, progress)
    else:
        rows = {name: backup.lines(names.table_name(name)) for name in manifest.tables}
        with progress.part("restore_rows", _count(backup)) as advance:
            restoring.into_sqlite(new, manifest.revision, rows, manifest.tables, advance)
    migrate.upgrade(f"sqlite:///{new}", backup_folder=None)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    return new


def _unpack(backup: Backup, target: Path, progress: Progress) -> None:
    size = backup.manifest.members[names.SQLITE].size
    with progress.part("restore_database", size) as advance, target.open("wb") as out:
        for chunk in backup.chunks(names.SQLITE):
            out.write(chunk)
            advance(len(chunk))


def _put_in_place(new: Path, target: Path, data: Path) -> Path | None:
    """The one step that decides; the file of before stays under another name."""
    give_in_place_of(target, new)
    if not target.exists():
        new.rename(target)
        sync_folder(target.parent)
        return None
    try:
        with restoring.seized(target):
            aside = _aside(backups_in(data), ".sqlite")
            for ending in ("-wal", "-shm"):  # only beside what is no database any more
                journal = target.with_name(target.name + ending)
                if journal.exists():
                    journal.rename(aside.with_name(aside.name + ending))
            os.link(target, aside)
            new.replace(target)
            sync_folder(target.parent)
    except DatabaseBusyError as error:
        raise BotRunningError(str(target)) from error
    return aside


def _aside(folder: Path, ending: str) -> Path:
    count = 1
    while (target := folder / f"{ASIDE}-{count}{ending}").exists():
        count += 1
    return target


def _kept_rows(plan: Plan, source: Source, progress: Progress) -> Path | None:
    if not plan.there:
        return None
    data = plan.place.settings.data
    aside = _aside(backups_in(data), ".zip")
    pack(source, aside, progress)
    give(data, aside)
    return aside


def _into_postgresql(backup: Backup, plan: Plan, scratch: Path, progress: Progress) -> None:
    manifest = backup.manifest
    with ExitStack() as stack:
        rows: Mapping[str, Iterable[bytes]]
        if names.SQLITE in manifest.members:
            old = scratch / "city.sqlite3"
            _unpack(backup, old, progress)
            engine = migration_engine(f"sqlite:///{old}")
            stack.callback(engine.dispose)
            connection = stack.enter_context(engine.begin())
            rows = {one.name: lines(connection, one) for one in tables_of(connection)}
        else:
            rows = {name: backup.lines(names.table_name(name)) for name in manifest.tables}
        advance = stack.enter_context(progress.part("restore_rows", _count(backup)))
        try:
            restoring.into_postgresql(
                plan.place.url, manifest.revision, rows, manifest.tables, advance
            )
        except DatabaseBusyError as error:
            raise BotRunningError(plan.place.shown) from error


def _count(backup: Backup) -> int:
    return sum(one.rows for one in backup.manifest.tables.values())


@contextmanager
def _scratch(data: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=data) as folder:
        yield folder


def _sweep(data: Path) -> None:
    """Remove what a killed restore left."""
    for leftover in data.glob(f"{UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
