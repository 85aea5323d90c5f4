"""Databases for the tests: an SQLite file and a PostgreSQL database, both migrated and empty."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from storage import migrate
from tests.integration.postgres import Server, postgres_server
from tests.integration.storage.cast import Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["postgres_server"]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file; copying it is faster than migrating one for each test."""
    folder = tmp_path_factory.mktemp("template")
    migrate.upgrade(f"sqlite:///{folder / 'town.sqlite'}", backup_folder=folder)
    return folder / "town.sqlite"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "town.sqlite")
    return f"sqlite:///{tmp_path / 'town.sqlite'}"


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """An empty PostgreSQL database."""
    url = postgres_server.clone()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture(params=["sqlite", "postgres"])
def unmigrated(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'town.sqlite'}"
    server: Server = request.getfixturevalue("postgres_server")
    return server.create(f"town-{uuid4().hex}")


@pytest.fixture
def book(url: str) -> Iterator[Book]:
    """The database, to work in."""
    book = Book(url)
    yield book
    book.close()


@pytest.fixture
def other(url: str) -> Iterator[Book]:
    """The same database, as another process sees it."""
    book = Book(url)
    yield book
    book.close()
