"""A small city on disk, as the tests of backup and restore need it, and what can be asked of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli import main
from pictures.shelf import Shelf
from storage.digests import digests
from storage.engines import migration_engine
from tests.integration.storage.cast import Book, photo, pothole, row
from usecases.records import PhotoState

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from storage.digests import TableDigest

DATA = Path(__file__).parents[3] / "bot/data"
TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
PHOTOS = tuple(bytes([n]) * 5000 + bytes(range(256)) for n in range(3))


@dataclass(frozen=True)
class Town:
    """A city in a folder of its own.

    Attributes:
        folder: With `config.toml` in it.
        url: Of a PostgreSQL database; empty: the file in the data folder.
    """

    folder: Path
    url: str = ""

    @property
    def config(self) -> Path:
        """The configuration."""
        return self.folder / "config.toml"

    @property
    def database(self) -> str:
        """The database's address."""
        return self.url or f"sqlite:///{self.file}"

    @property
    def file(self) -> Path:
        """The database's file, on SQLite."""
        return self.folder / "data" / "xunchaqun.sqlite3"

    @property
    def env(self) -> Mapping[str, str]:
        """What names the database to the commands."""
        return {"XUNCHAQUN_DATABASE_URL": self.url} if self.url else {}

    def run(self, *words: object, lang: str = "en") -> int:
        """`xunchaqun WORDS` on this city."""
        argv = [str(word) for word in words]
        return main([*argv, "--lang", lang, "--config", str(self.config)], self.env)

    def ledger(self) -> dict[str, TableDigest]:
        """The digest of every table."""
        engine = migration_engine(self.database)
        with engine.begin() as connection:
            found = digests(connection)
        engine.dispose()
        return found

    def photos(self) -> dict[str, str]:
        """What is on the shelf: name and digest."""
        folder = self.folder / "data" / "photos"
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    def tree(self) -> dict[str, bytes]:
        """Every file of the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


def settle(folder: Path, template: Path, url: str = "") -> Town:
    """Three cases with a photo each."""
    town = Town(folder, url.replace("@/", "@localhost/"))
    folder.mkdir(exist_ok=True)
    shutil.copy(DATA / "sample_town.toml", town.config)
    shutil.copytree(DATA / "calendar", folder / "calendar")
    (folder / "data").mkdir()
    if not url:
        shutil.copy(template, town.file)
    shelf = Shelf(folder / "data" / "photos")
    book = Book(town.database)
    with book.work() as unit:
        for number, data in enumerate(PHOTOS, start=1):
            unit.cases.add(pothole(number))
            unit.outbox.add(row(f"card-{number}", number, fact={"words": "井盖"}))
            kept = photo(str(number), number, sha256=shelf.put(data), state=PhotoState.KEPT)
            unit.photos.add(kept)
            unit.cases.new_id()
    book.close()
    return town


def manifest(file: Path) -> dict[str, Any]:
    """What a backup says of itself."""
    with zipfile.ZipFile(file) as archive:
        told: dict[str, Any] = json.loads(archive.read("manifest.json"))
        return told


def members(file: Path) -> dict[str, bytes]:
    """What is in a backup."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def failure(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line of a command that failed."""
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.endswith(("…", "%"))]
    assert len(lines) == 1, lines
    return lines[0]
