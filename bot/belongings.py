"""Where the tools make something in the data folder, and to whom that belongs.

An office calls them with sudo or from root's crontab, on a folder of the user that runs the bot.
What root makes there is given to the folder's owner: else the bot could not write to it.
"""

from __future__ import annotations

import os
import stat
from functools import partial
from typing import TYPE_CHECKING, Final

from pictures.shelf import Shelf
from storage.access import files_of

if TYPE_CHECKING:
    from pathlib import Path

ROOT: Final = 0
BACKUPS: Final = "backups"
PHOTOS: Final = "photos"
OPEN: Final = 0o755


def give(like: Path, *made: Path) -> None:
    """Give what root has just made to the owner of `like`; any other user keeps what it makes.

    Only folders and files that are root's and have one name: whoever owns the folder around them
    could put a link to somebody else's file in their place.
    """
    if os.geteuid() != ROOT:
        return
    owner = like.stat()
    for path in made:
        found = path.lstat()
        plain = stat.S_ISREG(found.st_mode) and found.st_nlink == 1
        if found.st_uid == ROOT and (plain or stat.S_ISDIR(found.st_mode)):
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def make_folder(folder: Path) -> Path:
    """Make a folder and those above it, and return it; each belongs to whom that above it does."""
    whole = folder.absolute()
    missing = [one for one in (whole, *whole.parents) if not one.exists()]
    whole.mkdir(parents=True, exist_ok=True)
    for one in reversed(missing):
        give(one.parent, one)
    return folder


def make_open_folder(folder: Path) -> None:
    """Make a folder of files that are no secret: every user may look into it."""
    if not folder.exists():
        make_folder(folder).chmod(OPEN)


def backups_in(data: Path) -> Path:
    """The folder of the copies, made if need be."""
    folder = make_folder(data / BACKUPS)
    give(data, folder)  # one that an earlier version has left to root, too
    return folder


def shelf_in(data: Path) -> Shelf:
    """The originals of the photos."""
    return Shelf(data / PHOTOS, partial(give, data))


def give_in_place_of(old: Path, new: Path) -> None:
    """Let a file that takes another's place belong to whom that one did, if it was not root's."""
    theirs = old.exists() and old.stat().st_uid != ROOT
    give(old if theirs else old.parent, new)


def give_database(url: str) -> None:
    """Let an SQLite file that may be new belong to the owner of its folder."""
    for file in files_of(url)[:1]:
        give(file.parent, file)
