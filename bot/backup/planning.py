"""What putting a backup back would do, and whether it may be done; nothing is changed here."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from bot.alone import is_taken
from bot.backup import manifest as names
from bot.backup.errors import BotRunningError, CityThereError, NoRoomError
from pictures.shelf import Shelf
from storage import migrate, restoring
from storage.engines import is_sqlite
from storage.errors import DatabaseBusyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.backup.checking import Backup
    from bot.config import Settings

RESERVE: Final = 64 * 1024 * 1024
"""Bytes of the disk that a restored city needs to start at all."""
MEGABYTE: Final = 10**6


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a backup goes.

    Attributes:
        settings: Of the city that it becomes.
        config: Its configuration file.
        new: Whether that file is not there yet, and is restored too.
        photos: The folder of the shelf.
    """

    settings: Settings
    config: Path
    new: bool
    photos: Path

    @property
    def url(self) -> str:
        """The database."""
        return self.settings.database_url

    @property
    def sqlite(self) -> Path | None:
        """The database's file; None for PostgreSQL."""
        return Path(make_url(self.url).database or "") if is_sqlite(self.url) else None

    @property
    def shown(self) -> str:
        """The database, without any password."""
        return str(self.sqlite or make_url(self.url).render_as_string(hide_password=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What would be done.

    Attributes:
        place: Where.
        there: Whether there is a city already.
        photos: The photos that are not on the shelf yet.
        files: The files of the configuration that are to be written: member, place.
    """

    place: Place
    there: bool
    photos: tuple[str, ...]
    files: tuple[tuple[str, Path], ...]


def plan(backup: Backup, place: Place, *, overwrite: bool) -> Plan:
    """See what is to be done, and that it may be done.

    Raises:
        CityThereError: There is a city already, and it was not said to overwrite it.
        BotRunningError: Somebody works on it.
        NoRoomError: The disk is too small.
        DatabaseNewerError: The tables are of a newer program.
    """
    migrate.look_up(backup.manifest.revision)
    there = _there(place)
    if there and not overwrite:
        raise CityThereError(place.shown)
    if there:
        _see_unused(place)
    shelf = Shelf(place.photos)
    photos = tuple(one for one in backup.manifest.photos if not shelf.path(one).exists())
    found = Plan(place=place, there=there, photos=photos, files=tuple(_files(backup, place)))
    _see_room(backup, found)
    return found


def _there(place: Place) -> bool:
    if place.sqlite is not None:
        return place.sqlite.exists()
    return migrate.found_in(place.url) is not None


def _see_unused(place: Place) -> None:
    try:
        if place.sqlite is None:
            restoring.see_unused(place.url)
        elif is_taken(place.url):
            raise BotRunningError(place.shown)
        else:
            with restoring.seized(place.sqlite):
                pass
    except DatabaseBusyError as error:
        raise BotRunningError(place.shown) from error


def _see_room(backup: Backup, plan: Plan) -> None:
    members = backup.manifest.members
    photos = {names.photo_name(one) for one in plan.photos}
    wanted = sum(
        member.size
        for name, member in members.items()
        if not name.startswith(names.PHOTOS) or name in photos
    )
    folder = plan.place.settings.data.absolute()
    disk = next(one for one in (folder, *folder.parents) if one.exists())
    if wanted + RESERVE > shutil.disk_usage(disk).free:
        raise NoRoomError(str((wanted + RESERVE) // MEGABYTE))


def _files(backup: Backup, place: Place) -> Iterator[tuple[str, Path]]:
    """What of the configuration is to be written; a file that is there is never touched."""
    if not place.new:
        return
    for name in backup.manifest.members:
        if name.startswith(names.CONFIG) and name != names.CONFIG_FILE:
            target = place.config.parent.joinpath(*name.split("/")[1:])
            if not target.exists():
                yield name, target
    if names.CONFIG_FILE in backup.manifest.members:
        yield names.CONFIG_FILE, place.config
