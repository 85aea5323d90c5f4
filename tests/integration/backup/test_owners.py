"""Tools that root calls on a folder of the user that runs the bot, and what that user may not."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.backup.before import upgrade
from bot.belongings import give, make_folder
from bot.config.loading import load
from storage import migrate
from storage.engines import migration_engine
from tests.harness.users import (
    NOBODY,
    common_user,
    give_all,
    owners,
    root_only,
    seen_by_all,
)
from tests.integration.backup.town import PHOTOS, Town, failure, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THEIRS = {(NOBODY, NOBODY)}
WHO = {"en": "this runs as ", "zh": "当前用户"}


@pytest.fixture
def place() -> Iterator[Path]:
    """Where every user may look."""
    with seen_by_all() as folder:
        yield folder


@pytest.fixture
def town(place: Path, sqlite_template: Path) -> Town:
    """A city that is the common user's."""
    found = settle(place / "town", sqlite_template)
    give_all(found.folder)
    return found


def _older(town: Town) -> None:
    """The city has the tables of an earlier version."""
    town.file.unlink(missing_ok=True)
    engine = migration_engine(town.database)
    with engine.begin() as connection:
        migrate.build(connection, "0001")
    engine.dispose()
    give_all(town.file)


def test_a_backup_by_root_leaves_nothing_that_is_not_the_folders_owners(
    town: Town, place: Path
) -> None:
    """The note of it, its folder, and the backup itself if it goes there; not elsewhere."""
    root_only()
    assert town.run("backup", place / "city.zip") == 0
    assert (town.folder / "data/backups/last-backup.json").exists()
    assert town.run("backup", town.folder / "data/backups/city.zip") == 0
    assert owners(town.folder / "data") == THEIRS
    assert (place / "city.zip").stat().st_uid == 0


def test_after_a_backup_by_root_the_bots_user_upgrades(town: Town, place: Path) -> None:
    """With the copy of before, as the night's backup and the next version come together."""
    root_only()
    _older(town)
    assert town.run("backup", place / "city.zip") == 0
    with common_user():
        assert town.run("migrate") == 0
    assert (town.folder / "data/backups/backup-0001-1.sqlite").exists()
    assert owners(town.folder / "data") == THEIRS


def test_a_folder_that_was_left_to_root_is_given_back(town: Town, place: Path) -> None:
    """By the next backup."""
    root_only()
    (town.folder / "data/backups").mkdir()
    assert town.run("backup", place / "city.zip") == 0
    assert owners(town.folder / "data") == THEIRS


@pytest.mark.parametrize("there", [False, True], ids=["a new place", "over a city"])
def test_what_root_restores_is_the_folders_owners(town: Town, place: Path, *, there: bool) -> None:
    """Database, lock, photos with their folders, the city of before; the bot's user goes on."""
    root_only()
    assert town.run("backup", place / "city.zip") == 0
    new = Town(place / "new")
    (new.folder / "data").mkdir(parents=True)
    new.config.write_bytes(town.config.read_bytes())
    if there:
        _older(new)
    give_all(new.folder)
    assert new.run("restore", place / "city.zip", *(["--overwrite"] if there else [])) == 0
    assert len(new.photos()) == len(PHOTOS)
    assert new.file.with_name(f"{new.file.name}.lock").exists()
    assert owners(new.folder / "data") == THEIRS
    with common_user():
        assert new.run("migrate") == 0


def test_what_is_restored_of_the_configuration_can_be_read_by_the_bots_user(
    town: Town, place: Path
) -> None:
    """But for the file with the secrets, which systemd hands over; all is the folder's owner's."""
    assert town.run("backup", place / "city.zip") == 0
    new = Town(place / "etc")
    new.folder.mkdir()
    new.folder.chmod(0o755)
    assert new.run("restore", place / "city.zip") == 0
    calendar = new.folder / "calendar/2026.toml"
    with common_user():
        assert calendar.read_bytes() == (town.folder / "calendar/2026.toml").read_bytes()
    assert new.config.stat().st_mode & 0o777 == 0o600
    assert calendar.stat().st_uid == place.stat().st_uid


def test_a_database_that_was_roots_is_restored_as_the_folders_owners(
    town: Town, place: Path
) -> None:
    """As an earlier version has left it."""
    root_only()
    assert town.run("backup", place / "city.zip") == 0
    os.chown(town.file, 0, 0)
    assert town.run("restore", place / "city.zip", "--overwrite") == 0
    assert town.file.stat().st_uid == NOBODY


def test_what_a_start_by_root_makes_is_the_folders_owners(town: Town) -> None:
    """The database of a new city, and the copy before an upgrade."""
    root_only()
    settings = load(town.config, town.env)
    town.file.unlink()
    upgrade(settings)
    assert owners(town.folder / "data") == THEIRS
    _older(town)
    assert upgrade(settings) is not None
    assert owners(town.folder / "data") == THEIRS


def test_a_link_into_somebody_elses_files_is_not_followed(place: Path) -> None:
    """Whoever owns the folder could otherwise be given any file of root's."""
    root_only()
    secret, folder = place / "secret", make_folder(place / "data")
    secret.write_text("root's own")
    os.chown(folder, NOBODY, NOBODY)
    (folder / "soft").symlink_to(secret)
    (folder / "hard").hardlink_to(secret)
    (folder / "own").write_text("")
    give(folder, folder / "soft", folder / "hard", folder / "own")
    assert secret.stat().st_uid == 0
    assert (folder / "own").stat().st_uid == NOBODY


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_copy_that_cannot_be_written_names_its_folder_and_the_remedy(
    town: Town, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """The database is as it was."""
    _older(town)
    backups = town.folder / "data/backups"
    backups.mkdir(mode=0o555)
    with common_user():
        assert town.run("migrate", lang=lang) == 1
    said = failure(capsys)
    assert f"{backups}" in said
    assert WHO[lang] in said
    assert "sudo chown -R " in said
    assert said.endswith(f" {backups}")
    assert migrate.found_in(town.database) == "0001"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("mode", [0o444, 0o000])
@pytest.mark.parametrize("words", [("migrate",), ("audit",), ("quarantine", "replay")])
def test_a_database_that_this_user_may_not_use_is_named_with_its_owner_and_the_remedy(
    town: Town, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], mode: int, lang: str
) -> None:
    """Whichever part of the program meets it first: the writer does in a replay, as in a run.

    What only reads may read.
    """
    before = town.run(*words, lang=lang)  # also so that the common user needs no import any more
    with closing(sqlite3.connect(town.file)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    town.file.chmod(mode)
    if os.geteuid() == 0:
        os.chown(town.file, 0, 0)
    capsys.readouterr()
    with common_user():
        code = town.run(*words, lang=lang)
    if mode and words != ("quarantine", "replay"):
        assert code == before
        return
    assert code == 1
    said = failure(capsys)
    assert str(town.file) in said
    assert WHO[lang] in said
    assert town.file.owner() in said
    assert "sudo chown " in said


def test_a_lock_of_somebody_elses_is_named_with_its_owner(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """It comes before the database."""
    lock = town.file.with_name(f"{town.file.name}.lock")
    lock.write_text("")
    lock.chmod(0o000)
    with common_user():
        assert town.run("migrate") == 1
    said = failure(capsys)
    assert f"no access to {lock}: this runs as " in said
    assert lock.owner() in said
