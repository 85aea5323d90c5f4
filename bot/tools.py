"""Tools of the command line that read or mend the database without running the bot."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from itertools import dropwhile, islice
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.cli_parser import language_of
from bot.cli_texts import say
from bot.moved import see_that_it_is_here
from bot.place import see_that_it_is_not_lost
from storage import condition, migrate
from storage.engines import is_sqlite
from storage.errors import DatabaseEmptyError, DatabaseOlderError
from storage.reader import Reader

if TYPE_CHECKING:
    from bot.assembly import Product
    from bot.config import Settings
    from usecases.records import Quarantined

CAUSE_LINES = 3
"""Lines of an error's own words that are shown: those of a wrong field name it in the second."""


def _print(key: str, **fields: object) -> None:
    sys.stdout.write(f"{say(key, language_of(sys.argv[1:], os.environ), **fields)}\n")
    sys.stdout.flush()


class NoDatabaseError(Exception):
    """There is no database yet where the configuration says."""


def look_for_database(settings: Settings) -> None:
    """See that there is a database to look into, and that the city is in it.

    Raises:
        CityMovedError: It was moved to another one.
        CityLostError: It is gone, though a bot has worked here.
        NoDatabaseError: The bot has never run.
    """
    see_that_it_is_here(settings)
    see_that_it_is_not_lost(settings)
    file = make_url(settings.database_url).database or ""
    if is_sqlite(settings.database_url) and not Path(file).exists():
        raise NoDatabaseError(file)


def look_for_city(settings: Settings) -> None:
    """See that there is a database with the tables of this program to look into.

    Raises:
        CityMovedError, CityLostError: The city was moved to another one, or is gone.
        NoDatabaseError: The bot has never run.
        DatabaseEmptyError, DatabaseOlderError, DatabaseNewerError: The tables are none or others.
        DatabaseFailedError: It cannot be used.
    """
    look_for_database(settings)
    url = settings.database_url
    found = condition.revision(url)
    if found is None and condition.is_empty(url):
        raise DatabaseEmptyError(make_url(url).database)
    if not migrate.is_head(found):
        raise DatabaseOlderError(found or "0")


def list_quarantine(settings: Settings) -> int:
    """Print the updates in quarantine; 0 when there are none, else 1.

    Raises:
        NoDatabaseError: The bot has never run.
        StorageError: The database cannot be used.
    """
    look_for_city(settings)
    waiting = asyncio.run(_waiting(settings))
    for entry in waiting:
        cause = _cause(entry.traceback)
        _print("quarantined", update=entry.update_id, at=entry.at.isoformat(), cause=cause)
    _print("quarantine_count", count=len(waiting))
    return 1 if waiting else 0


def _cause(trace: str) -> str:
    """The error that a traceback ends with, its first words on one line."""
    lines = trace.rpartition("Traceback (most recent call last):")[2].splitlines()
    told = dropwhile(lambda line: not line or line.startswith(" "), lines)
    return " ".join(line.strip() for line in islice(told, CAUSE_LINES))


async def _waiting(settings: Settings) -> list[Quarantined]:
    reader = Reader(settings.database_url)
    try:
        return await reader.read(lambda uow: list(uow.quarantine.waiting()))
    finally:
        await reader.stop()


def replay_quarantine(settings: Settings) -> int:
    """Feed the updates in quarantine again; 0 when all went through, else 1.

    Raises:
        NoDatabaseError: The bot has never run.
    """
    look_for_database(settings)
    left = asyncio.run(_replay(settings))
    return 1 if left else 0


async def _replay(settings: Settings) -> int:
    from bot.light_aiogram import importing  # noqa: PLC0415 - aiogram takes a second

    with importing():
        from bot.assembly import build, prepare  # noqa: PLC0415
    from pictures.worker import PictureWorker  # noqa: PLC0415 - likewise
    from scheduler.clock import SystemClock  # noqa: PLC0415 - likewise

    prepare(settings)
    async with PictureWorker() as worker:
        product = build(settings, SystemClock(), worker)
        await product.writer.start()
        try:
            await product.receiver.at_once.start()
            return await _feed(product)
        finally:
            await product.writer.stop()
            await product.bot.session.close()


async def _feed(product: Product) -> int:
    entries = await product.writer.run(lambda uow: list(uow.quarantine.waiting()))
    left = 0
    for entry in entries:
        good = await product.receiver.replay(json.loads(entry.raw))
        left += not good
        _print("replayed" if good else "failed_again", update=entry.update_id)
    _print("replay_count", count=len(entries) - left, left=left)
    return left
