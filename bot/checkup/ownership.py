"""What the doctor sees of who owns what: the user that runs the bot must be able to use all of it.

Called by that user he sees what it may not use. Called by root, who may use everything, he sees
what belongs to somebody else than the folder does.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.alone import lock_of
from bot.belongings import BACKUPS, PHOTOS, ROOT
from bot.checkup.findings import Finding, Mark
from bot.owners import chown, owner_of, pair_of, refusal
from storage.access import files_of, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config import Settings

MOST: Final = 100_000
"""Photos and their folders that are looked at; that there are more is told."""


def look(settings: Settings) -> Iterator[Finding]:
    """What is not the bot's to use of database, backups and photos: one finding for each."""
    if refused(settings.data):
        return  # nothing in it can be seen; that it is closed is told with the disk
    folders = [settings.data / BACKUPS, settings.data / PHOTOS]
    shut = [one for folder in folders if folder.is_dir() for one in closed(folder)]
    yield from shut
    photos = _Photos(settings.data / PHOTOS)
    if os.geteuid() == ROOT:
        yield from _others(settings, photos)
    else:
        yield from _forbidden(settings, photos, lost=not shut)
    if photos.left_out:
        folder = shlex.quote(str(photos.folder))
        fields = {"folder": folder, "user": owner_of(settings.data), "most": MOST}
        yield Finding(Mark.LOOK, "doctor_photos_left_out", fields)


class _Photos:
    """The photos and their folders, to be walked through once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.left_out = False
        """Whether the walk came to so many that it left out the rest."""

    def __iter__(self) -> Iterator[Path]:
        every = (
            Path(place, name)
            for place, folders, files in os.walk(self.folder)
            for name in (*folders, *files)
        )
        yield from islice(every, MOST)
        self.left_out = next(every, None) is not None


def closed(folder: Path) -> Iterator[Finding]:
    """Whether no file can be made in a folder: tried, for a full quota is no question of rights."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError:
        text = "doctor_forbidden"
        if not folder.is_dir():
            text = "doctor_no_folder"
        elif os.geteuid() == ROOT or not refused(folder):
            text = "doctor_disk_refuses"
        yield Finding(Mark.BAD, text, {"detail": folder, **refusal(folder)})


def _forbidden(settings: Settings, photos: _Photos, *, lost: bool) -> Iterator[Finding]:
    """What of the database this user may not use, and of the photos, if these are looked at."""
    files = _files(settings)
    wrong = [(one, files[0]) for one in files if refused(one)][:1]
    if lost:
        wrong += [(one, photos.folder) for one in islice(_lost(photos), 1)]
    for place, whole in wrong:
        yield Finding(Mark.BAD, "doctor_forbidden", {"detail": place, **refusal(place, whole)})


def _lost(photos: _Photos) -> Iterator[Path]:
    """Photos that cannot be read, folders that can take none."""
    for one in photos:
        if refused(one) if one.is_dir() else not os.access(one, os.R_OK, effective_ids=True):
            yield one


def _others(settings: Settings, photos: _Photos) -> Iterator[Finding]:
    """What belongs to somebody else than the folder; of a folder of root's nobody can say so."""
    data, files, backups = settings.data, _files(settings), settings.data / BACKUPS
    if files:
        yield from _other(files[0].parent, iter(files), files[0])
    yield from _other(data, iter([backups]), backups)
    yield from _other(data, chain([photos.folder], photos), photos.folder)


def _other(folder: Path, places: Iterator[Path], whole: Path) -> Iterator[Finding]:
    if not folder.is_dir() or folder.stat().st_uid == ROOT:
        return
    rightful = folder.stat().st_uid
    for place in places:
        if place.exists() and place.stat().st_uid != rightful:
            names = {"detail": place, "owner": owner_of(place), "user": owner_of(folder)}
            command = chown(pair_of(folder), whole)
            yield Finding(Mark.BAD, "doctor_not_owned", {**names, "command": command})
            return


def _files(settings: Settings) -> list[Path]:
    """The database's file, what SQLite keeps beside it, and its lock; none of PostgreSQL."""
    files = files_of(settings.database_url)
    return [*files, lock_of(settings.database_url)] if files else []
