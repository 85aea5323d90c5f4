"""The doctor and the owners: what the user that runs the bot cannot use is told with the remedy."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.checkup import ownership
from bot.checkup.doctor import doctor
from pictures.shelf import Shelf
from scheduler.clock import SystemClock
from storage import migrate
from tests.harness.users import common_user, give_all, root_only, seen_by_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.cli_texts import Language

BOT = Path(__file__).parents[3] / "bot/data"


class Town:
    """The sample town in a folder of the common user's."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config.toml"
        self.data = folder / "data"
        self.database = self.data / "xunchaqun.sqlite3"
        shutil.copy(BOT / "sample_town.toml", self.config)
        shutil.copytree(BOT / "calendar", folder / "calendar")
        (self.data / "backups").mkdir(parents=True)
        migrate.upgrade(f"sqlite:///{self.database}", backup_folder=None)
        shelf = Shelf(self.data / "photos")
        self.photo = shelf.path(shelf.put(b"a photo"))
        give_all(folder)

    def look(self, language: Language = "en", mark: str = "✗") -> list[str]:
        """What the doctor says must be mended, or what he says with another mark."""
        lines: list[str] = []
        now = SystemClock().now
        code = doctor(self.config, {}, now, language, lines.append, online=False)
        assert code == int(any(line.startswith("✗") for line in lines))
        return [line for line in lines if line.startswith(mark)]


@pytest.fixture
def town() -> Iterator[Town]:
    """A city in order."""
    with seen_by_all() as folder:
        found = Town(folder)
        assert found.look() == []
        with common_user():
            assert found.look() == []
        yield found


def _photos_shut(town: Town) -> Path:
    (town.data / "photos").chmod(0o555)
    return town.data / "photos"


def _backups_shut(town: Town) -> Path:
    (town.data / "backups").chmod(0o555)
    return town.data / "backups"


def _database_shut(town: Town) -> Path:
    town.database.chmod(0o444)
    return town.database


def _journal_shut(town: Town) -> Path:
    journal = Path(f"{town.database}-wal")
    journal.write_bytes(b"")
    journal.chmod(0o444)
    return journal


def _photo_shut(town: Town) -> Path:
    town.photo.chmod(0o000)
    return town.photo


def _folder_of_a_photo_shut(town: Town) -> Path:
    town.photo.parent.chmod(0o555)
    return town.photo.parent


SHUT = (
    _photos_shut,
    _backups_shut,
    _database_shut,
    _journal_shut,
    _photo_shut,
    _folder_of_a_photo_shut,
)


@pytest.mark.parametrize("shut", SHUT)
def test_what_the_present_user_cannot_use_is_told(town: Town, shut: Callable[[Town], Path]) -> None:
    """With its owner, who this is, and the command that mends it; in both languages."""
    place = shut(town)
    with common_user():
        [line] = town.look()
        [chinese] = town.look("zh")
    assert line.startswith(f"✗ {place} belongs to {place.owner()}, and this runs as ")
    assert "sudo chown " in line
    assert chinese.startswith(f"✗ {place} 属于 {place.owner()}，当前用户 ")
    assert line.rpartition(": ")[2] in chinese


def _given(path: Path) -> Path:
    os.chown(path, 0, 0)
    return path


OF_ROOT = (
    ("data/backups", "-R {0}/data/backups"),
    ("data/photos", "-R {0}/data/photos"),
    ("data/xunchaqun.sqlite3", "{0}/data/xunchaqun.sqlite3"),
)


@pytest.mark.parametrize(("name", "given"), OF_ROOT)
def test_root_is_told_what_is_not_the_folders_owners(town: Town, name: str, given: str) -> None:
    """He may use everything himself; the command gives it to the owner, with what is in it."""
    root_only()
    folder = town.config.parent
    place = _given(folder / name)
    user, group = town.data.owner(), town.data.group()
    [line] = town.look()
    assert line.startswith(f"✗ {place} belongs to root, the folder to {user}: ")
    *options, path = given.format(folder).split()
    assert line.endswith(f": sudo chown {' '.join([*options, f'{user}:{group}', path])}")


def test_a_single_photo_of_roots_is_found_and_all_photos_given(town: Town) -> None:
    """As a restore by an earlier version has left them."""
    root_only()
    photo = _given(town.photo)
    [line] = town.look()
    assert line.startswith(f"✗ {photo} belongs to root, ")
    assert line.endswith(f" {town.data / 'photos'}")


@pytest.mark.parametrize("root", [True, False])
def test_that_not_all_photos_were_looked_at_is_told(
    root: bool,  # noqa: FBT001 - the parameter of a test
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a photo among those left out nobody knows; a command finds it."""
    if root:
        root_only()
    with nullcontext() if root else common_user():
        monkeypatch.setattr(ownership, "MOST", 3)  # two folders, and a photo in them
        assert "photos and folders" not in " ".join(town.look(mark="!"))
        monkeypatch.setattr(ownership, "MOST", 2)
        [told] = [line for line in town.look(mark="!") if "photos and folders" in line]
        [chinese] = [line for line in town.look("zh", mark="!") if "照片和文件夹" in line]
    assert told.startswith(f"! there are more than 2 photos and folders in {town.data}/photos: ")
    assert told.endswith(f": find {town.data}/photos ! -user {town.data.owner()}")
    assert chinese.endswith(told.rpartition(": ")[2])


def test_in_a_folder_of_roots_nobody_knows_who_else_works(town: Town) -> None:
    """Its files may be those of a group that may write there."""
    root_only()
    _given(town.data)
    assert town.look() == []


def test_a_folder_behind_a_link_is_given_by_its_own_name(town: Town) -> None:
    """As systemd keeps the folder of a user that it makes up: chown -R stops at a link."""
    root_only()
    private = town.data.rename(town.data.with_name("private"))
    town.data.symlink_to(private)
    _given(private / "backups")
    [line] = town.look()
    assert line.endswith(f" {private}/backups")


def test_a_data_folder_that_cannot_be_looked_into_is_told(town: Town) -> None:
    """It is not taken for one in which the bot has never run."""
    town.data.chmod(0o000)
    with common_user():
        database, folder = town.look()
    town.data.chmod(0o755)
    assert database.startswith(f"✗ no access to {town.data}/")
    assert folder.startswith(f"✗ {town.data} belongs to ")


def test_a_disk_that_refuses_is_no_question_of_owners(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full, or mounted read-only: nothing is to be given to anybody."""

    def full(original: Callable[..., object], *, dir: Path) -> object:  # noqa: A002 - as it is called
        if dir.name == "photos":
            raise OSError(28, "No space left on device")
        return original(dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", partial(full, tempfile.TemporaryFile))
    [line] = town.look()
    assert line.startswith(f"✗ nothing can be written to {town.data}/photos, though ")
