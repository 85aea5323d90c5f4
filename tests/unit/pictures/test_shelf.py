"""Original bytes are kept whole or not at all, and only under their own hash."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pictures.errors import Missing, NotADigest
from pictures.shelf import Shelf

PHOTO = b"the photo officer01 took of a broken manhole cover"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
ROOT = Path(__file__).parents[3]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Return an empty shelf, whose folder does not exist yet, in one that does."""
    (tmp_path / "data").mkdir()
    return Shelf(tmp_path / "data" / "photos")


def files(tmp_path: Path) -> list[Path]:
    """Return all files below the folder."""
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_put_can_be_read_again(shelf: Shelf) -> None:
    """The digest is all one needs to keep."""
    assert shelf.put(PHOTO) == DIGEST
    assert shelf.read(DIGEST) == PHOTO


def test_a_file_stands_under_the_first_letters_of_its_digest(shelf: Shelf, tmp_path: Path) -> None:
    """Two levels of folders keep each of them small."""
    shelf.put(PHOTO)
    assert files(tmp_path) == [tmp_path / "data/photos" / DIGEST[:2] / DIGEST[2:4] / DIGEST]
    assert shelf.path(DIGEST) == files(tmp_path)[0]


def test_putting_the_same_bytes_again_changes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    """A photo fetched twice is there once, and not even written again."""
    shelf.put(PHOTO)
    before = shelf.path(DIGEST).stat()
    assert shelf.put(PHOTO) == DIGEST
    assert shelf.path(DIGEST).stat().st_ino == before.st_ino
    assert len(files(tmp_path)) == 1


def test_a_data_folder_that_is_gone_is_not_made_again(shelf: Shelf, tmp_path: Path) -> None:
    """It was moved away with all that is in it: an empty one would seem to be it."""
    (tmp_path / "data").rmdir()
    with pytest.raises(FileNotFoundError):
        shelf.put(PHOTO)
    assert not list(tmp_path.iterdir())


def test_a_missing_file_is_told_with_its_digest(shelf: Shelf) -> None:
    """Nothing was ever put there."""
    with pytest.raises(Missing) as caught:
        shelf.read(DIGEST)
    assert caught.value.digest == DIGEST


@pytest.mark.parametrize("damage", [b"", PHOTO[:-1], PHOTO.replace(b"broken", b"intact")])
def test_altered_bytes_are_mended_by_the_next_put(shelf: Shelf, damage: bytes) -> None:
    """A copy that is there is compared, not trusted."""
    shelf.put(PHOTO)
    shelf.path(DIGEST).write_bytes(damage)
    shelf.put(PHOTO)
    assert shelf.read(DIGEST) == PHOTO


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "CON",
        "a\0.jpg",
        "a" * 300,
        DIGEST.upper(),
        DIGEST[:-1],
        DIGEST + "\n",
        DIGEST[:-1] + "/",
        "../" + DIGEST[3:],
        "１" * 64,
    ],
)
def test_no_name_from_outside_becomes_a_path(shelf: Shelf, name: str) -> None:
    """Only sixty-four lower-case hexadecimal digits name a file."""
    for use in (shelf.read, shelf.path):
        with pytest.raises(NotADigest):
            use(name)


def test_a_write_that_fails_leaves_nothing_behind(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told, and the next attempt starts from nothing."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    shelf.put(b"another photo")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            shelf.put(PHOTO)
    assert len(files(tmp_path)) == 1
    assert not shelf.path(DIGEST).exists()


DIES_AT = """
import os, pathlib, sys
from pictures.shelf import Shelf
def die(*_): os._exit(9)
if sys.argv[2] == "fsync": os.fsync = die
else: pathlib.Path.replace = die
folder = pathlib.Path(sys.argv[1])
Shelf(folder).put(sys.argv[3].encode())
"""


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_crash_while_writing_leaves_no_half_file_under_the_digest(
    tmp_path: Path, moment: str
) -> None:
    """The process dies at once, as under kill -9; the rest is swept up at the next start."""
    folder = tmp_path / "photos"
    shelf = Shelf(folder)
    shelf.path(DIGEST).parent.mkdir(parents=True)
    command = [sys.executable, "-c", DIES_AT, str(folder), moment, PHOTO.decode()]
    died = subprocess.run(command, cwd=ROOT, check=False)
    assert died.returncode == 9
    assert not shelf.path(DIGEST).exists()
    assert shelf.put(PHOTO) == DIGEST
    assert shelf.sweep() == 1
    assert files(tmp_path) == [shelf.path(DIGEST)]


def test_sweeping_counts_what_it_removes_and_keeps_what_is_whole(shelf: Shelf) -> None:
    """Only unfinished files go."""
    shelf.put(PHOTO)
    (shelf.path(DIGEST).parent / "tmp1234.part").write_bytes(PHOTO[:9])
    assert shelf.sweep() == 1
    assert shelf.sweep() == 0
    assert shelf.read(DIGEST) == PHOTO
