"""Which database a test works on: an SQLite file in its folder, or a PostgreSQL of its own.

`TEST_DATABASE_URL=postgresql` (or a server's address) lets every test work on PostgreSQL; the mark
`both_databases` lets a test run on both in any case.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from bot.config.settings import Database, Secret
from storage import migrate
from tests.integration import postgres

if TYPE_CHECKING:
    from bot.config import Settings

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_FILE = "xunchaqun.sqlite3"


class _Homes:
    """The databases of the test that runs."""

    def __init__(self) -> None:
        self.kind = usual()
        self.urls: dict[Path, str] = {}


def usual() -> str:
    """What tests work on that do not say."""
    return POSTGRESQL if os.environ.get("TEST_DATABASE_URL") else SQLITE


_homes = _Homes()


def begin(kind: str) -> None:
    """A test begins, on this kind of database."""
    _homes.kind = kind


def end() -> None:
    """A test is over: its databases go."""
    for url in _homes.urls.values():
        postgres.server().drop(url)
    _homes.urls.clear()


def url_for(folder: Path) -> str:
    """The address of the database of a folder, its tables ready; empty: a file, not yet made."""
    if _homes.kind == SQLITE:
        return ""
    place = folder.absolute()
    if place not in _homes.urls:
        _homes.urls[place] = postgres.server().clone()
    return _homes.urls[place]


def sample_text() -> str:
    """The sample town's configuration, as a file holds it."""
    return resources.files("bot").joinpath("data/sample_town.toml").read_text(encoding="utf-8")


def housed(settings: Settings) -> Settings:
    """The settings with the database of their folder, or the one they name; what is there stays."""
    if settings.database.url:
        return settings
    url = url_for(settings.data)
    if url:
        return replace(settings, database=Database(url=Secret(url)))
    _lay_file(settings.data)
    return settings


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What the database of a folder holds."""
    return _run(folder, query)


def change(folder: Path, *statements: str) -> None:
    """Do to the database of a folder what the product would not."""
    for statement in statements:
        _run(folder, statement)


def _run(folder: Path, words: str) -> list[tuple[Any, ...]]:
    url = _homes.urls.get(folder.absolute())
    if url is None:
        with closing(sqlite3.connect(folder / _FILE)) as database, database:
            return database.execute(words).fetchall()
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.exec_driver_sql(words.replace("%", "%%"))
        found = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return found


@cache
def _migrated() -> bytes:
    """An empty database; to write it is faster than to migrate one for each test."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite"
        migrate.upgrade(f"sqlite:///{file}", backup_folder=file.parent)
        return file.read_bytes()


def _lay_file(folder: Path) -> None:
    """Begin with tables, unless the folder has a database of an earlier run."""
    file = folder / _FILE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_migrated())
