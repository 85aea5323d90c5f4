"""`xunchaqun backup` and `xunchaqun restore`: what they find and do, told line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.backup import manifest as names
from bot.backup.checking import opened
from bot.backup.errors import NoBackupFileError, NoConfigurationError, NoFolderError
from bot.backup.packing import Source, pack, sweep
from bot.backup.planning import Place, plan
from bot.backup.stamp import note
from bot.backup.unpacking import carry_out
from bot.belongings import PHOTOS, give
from bot.cli_texts import say
from bot.config import load
from bot.config.loading import parse
from bot.moved import note_return
from bot.progress import Progress
from bot.tools import look_for_database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.backup.checking import Backup
    from bot.backup.manifest import Manifest
    from bot.backup.planning import Plan
    from bot.cli_texts import Language
    from bot.config import Settings

MEGABYTE = 10**6
TOKEN = "telegram.token"  # noqa: S105 - the name of the key
DATED = "xunchaqun-[0-9]*-[0-9]*.zip"
"""What `_dated` makes, as a glob."""
DATABASE = "database.url"
"""The key of the database's address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What both commands are given by the command line.

    Attributes:
        language: Of all that is told.
        program: The version of this program.
        now: The present moment, aware.
        tell: Takes each line.
    """

    language: Language
    program: str
    now: datetime
    tell: Callable[[str], None]

    def say(self, key: str, **fields: object) -> None:
        """Tell one text of the command line."""
        self.tell(say(key, self.language, **fields))


def photo_folder(settings: Settings) -> Path:
    """Where the originals of the photos lie."""
    return settings.data / PHOTOS


def back_up(settings: Settings, config: Path, file: Path, desk: Desk) -> int:
    """Write a backup; 0 if it holds everything, 1 if photos were missing or altered.

    Args:
        settings: The city.
        config: Its configuration file.
        file: Where it goes; in a folder it gets a name with the date. A name without a suffix is
            that of a folder.
        desk: What the command line gives.

    Raises:
        NoDatabaseError: The bot has never run.
        NoFolderError: The folder is not there.
        BackupError, StorageError, OSError: It cannot be made; nothing is left behind.
    """
    look_for_database(settings)
    target = file
    if file.is_dir():
        sweep(file, DATED)
        target = file / _dated(settings, desk.now)
    elif not file.suffix:
        # Who names `/backups` means a folder; as a file it would be in the way of the next night's.
        raise NoFolderError(str(file))
    if not target.parent.is_dir():
        raise NoFolderError(str(target.parent))
    source = Source(
        settings=settings,
        config=config,
        photos=photo_folder(settings),
        program=desk.program,
        now=desk.now,
    )
    made = pack(source, target, Progress(desk.language))
    if target.resolve().is_relative_to(settings.data.resolve()):
        give(settings.data, target)
    note(settings.data, target, desk.now)
    _tell_made(target, made, desk)
    return 1 if made.missing or made.altered else 0


def _dated(settings: Settings, now: datetime) -> str:
    return f"xunchaqun-{now.astimezone(ZoneInfo(settings.city.timezone)):%Y%m%d-%H%M%S}.zip"


def _tell_made(target: Path, made: Manifest, desk: Desk) -> None:
    size = f"{target.stat().st_size / MEGABYTE:.1f}"
    desk.say("backup_made", file=target, size=size, cases=made.cases, photos=len(made.photos))
    if made.left_out:
        desk.say("backup_left_out", keys=", ".join(made.left_out))
    for digest in made.missing:
        desk.say("backup_missing", photo=digest)
    for digest in made.altered:
        desk.say("backup_altered", photo=digest)


def restore(  # noqa: PLR0913 - each is one option of the command
    file: Path,
    config: Path,
    env: Mapping[str, str],
    desk: Desk,
    *,
    dry_run: bool,
    overwrite: bool,
) -> int:
    """Verify a backup and put it back; returns 0.

    Args:
        file: The backup.
        config: The configuration of the city that it becomes; restored, if it is not there.
        env: The environment.
        desk: What the command line gives.
        dry_run: Only tell what would be done.
        overwrite: Put it in the place of a city that is there; its database is kept aside.

    Raises:
        ConfigError: The configuration is wrong.
        BackupError, StorageError, OSError: It cannot be put back; all is as it was.
    """
    if not file.is_file():
        raise NoBackupFileError(str(file))
    progress = Progress(desk.language)
    with opened(file) as backup:
        made = backup.manifest
        with progress.part("restore_verifying", made.size) as advance:
            backup.verify(advance)
        place = _place(backup, config, env)
        at = made.created_at.astimezone(ZoneInfo(place.settings.city.timezone))
        desk.say("restore_good", file=file, city=made.city, at=f"{at:%Y-%m-%d %H:%M}")
        found = plan(backup, place, overwrite=overwrite)
        aside = None if dry_run else carry_out(backup, found, progress, _before(place, desk))
        if not dry_run:
            note_return(place.settings)
        desk.say("restore_would" if dry_run else "restore_done")
        _tell_plan(backup, found, aside, desk, done=not dry_run)
    return 0


def settled(config: Path, env: Mapping[str, str]) -> Settings:
    """The configuration that is there; it says where the city is, and needs no token for that.

    Raises:
        ConfigError: Something else is wrong with it.
    """
    return load(config, env, files=False, token=False)


def _place(backup: Backup, config: Path, env: Mapping[str, str]) -> Place:
    new = not config.exists()
    if new and names.CONFIG_FILE not in backup.manifest.members:
        raise NoConfigurationError(str(config))
    if new:
        text = backup.data(names.CONFIG_FILE).decode()
        folder = config.absolute().parent
        name = names.CONFIG_FILE
        settings = parse(text, env, source=name, base=folder, files=False, token=False)
    else:
        settings = settled(config, env)
    return Place(settings=settings, config=config, new=new, photos=photo_folder(settings))


def _before(place: Place, desk: Desk) -> Source:
    return Source(
        settings=place.settings,
        config=None,
        photos=place.photos,
        program=desk.program,
        now=desk.now,
    )


def _tell_plan(backup: Backup, found: Plan, aside: Path | None, desk: Desk, *, done: bool) -> None:
    made, place = backup.manifest, found.place
    desk.say("restore_to_database", place=place.shown, cases=made.cases, revision=made.revision)
    counts = {"new": len(found.photos), "photos": len(made.photos)}
    desk.say("restore_to_photos", folder=place.photos, **counts)
    for _, target in found.files:
        desk.say("restore_to_file", file=target)
    if not place.new:
        desk.say("restore_config_stays", file=place.config)
    _tell_before(found, aside, desk)
    if _leaves_postgresql(made, place):
        desk.say("restore_in_file", place=place.shown, config=place.config)
    if done:
        _tell_next(found, made, desk)


def _tell_before(found: Plan, aside: Path | None, desk: Desk) -> None:
    if aside is not None:
        desk.say("restore_aside", file=aside)
    elif found.there:
        desk.say("restore_would_keep", folder=found.place.settings.data / "backups")


def _tell_next(found: Plan, made: Manifest, desk: Desk) -> None:
    place = found.place
    lost = len(made.missing) + len(made.altered)
    if lost:
        desk.say("restore_photos_lost", count=lost)
    if place.new:
        # With the address of an empty PostgreSQL put in, the bot would begin a new city there.
        later = {DATABASE} if _leaves_postgresql(made, place) else set[str]()
        keys = [key for key in dict.fromkeys((TOKEN, *made.left_out)) if key not in later]
        desk.say("restore_secrets", keys=", ".join(keys), file=place.config)
    if not found.there:
        desk.say("restore_once")
    desk.say("restore_next", file=place.config)


def _leaves_postgresql(made: Manifest, place: Place) -> bool:
    """Whether a city of PostgreSQL goes into a file only because nothing names a database."""
    rows = any(name.startswith(names.ROWS) for name in made.members)
    return rows and place.new and place.sqlite is not None
