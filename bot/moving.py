"""`xunchaqun migrate`: brings the database up to date, or moves the city to another one."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.alone import CityTakenError, alone
from bot.backup.before import upgrade
from bot.belongings import give_database
from bot.moved import note_move
from bot.progress import Progress
from bot.tools import look_for_database
from storage import migrate, moving
from storage.engines import is_sqlite
from storage.moving import CityInUseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.cli_texts import Language
    from bot.config import Settings


def bring_up_to_date(settings: Settings, tell: Callable[..., None]) -> int:
    """Change the tables of the configured database to those of this program, after a copy.

    Args:
        settings: The city.
        tell: Takes the name of each text of the command line and what it names.

    Raises:
        CityInUseError: The bot runs on it.
        NoDatabaseError, StorageError: It cannot be done; nothing has changed.
    """
    look_for_database(settings)
    with _only_here(settings):
        if migrate.is_newest(settings.database_url):
            tell("database_current")
            return 0
        moving.see_that_nobody_runs(settings.database_url)
        copy = upgrade(settings)
    tell("database_upgraded")
    if copy is not None:
        tell("database_copied", file=copy)
    return 0


def move(settings: Settings, target: str, language: Language, tell: Callable[..., None]) -> int:
    """Copy the configured database to an empty one, and tell the digest of each table.

    Raises:
        CityInUseError: The bot runs on it.
        NoDatabaseError, CityMovedError: The city is not, or no longer, in this database.
        StorageError: It cannot be done; both are as they were.
    """
    look_for_database(settings)
    with _only_here(settings):
        total = 2 * moving.rows_in(settings.database_url)
        with Progress(language).part("moving", total) as advanced:
            sums = moving.move(settings.database_url, target, advanced)
    give_database(target)
    note_move(settings, target)
    for one in sums.values():
        tell("moved_table", table=one.name, rows=one.rows, sha256=one.sha256)
    address = make_url(target).render_as_string(hide_password=True)
    tell("moved", rows=sum(one.rows for one in sums.values()), address=address)
    return 0


def _only_here(settings: Settings) -> ExitStack:
    """Keep the bot from being started meanwhile."""
    with ExitStack() as stack:
        if is_sqlite(settings.database_url):
            try:
                stack.enter_context(alone(settings.database_url))
            except CityTakenError as error:
                raise CityInUseError(str(error)) from error
        return stack.pop_all()
