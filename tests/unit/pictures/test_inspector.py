"""The shelf looked after: files that are gone, changed, unknown or half-written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pictures.inspector import ShelfInspector
from pictures.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(tmp_path / "photos")


def test_a_file_is_good_missing_or_altered(shelf: Shelf) -> None:
    """By its SHA-256, which is its name."""
    digest = shelf.put(b"photo")
    inspector = ShelfInspector(shelf)
    assert inspector.state(digest, thorough=False) == "good"
    assert inspector.state("0" * 64, thorough=False) == "missing"
    assert inspector.state("../../etc/passwd", thorough=True) == "missing"
    shelf.path(digest).write_bytes(b"phoot")
    assert inspector.state(digest, thorough=False) == "altered"
    shelf.path(digest).unlink()
    assert inspector.state(digest, thorough=False) == "missing"


def test_what_changed_without_a_trace_is_found_by_the_walk(shelf: Shelf) -> None:
    """A quick look trusts size and times; a thorough one reads."""
    digest = shelf.put(b"photo")
    inspector = ShelfInspector(shelf)
    assert inspector.state(digest, thorough=False) == "good"
    known = dict(inspector._whole)  # noqa: SLF001 - as if the disk had kept all times
    shelf.path(digest).write_bytes(b"phoot")
    found = shelf.path(digest).stat()
    stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    inspector._whole[digest] = stamp  # noqa: SLF001
    assert known[digest] != stamp
    assert inspector.state(digest, thorough=False) == "good"
    assert inspector.state(digest, thorough=True) == "altered"
    assert inspector.state(digest, thorough=False) == "altered"


def test_the_walk_sees_every_file_once_in_portions(shelf: Shelf) -> None:
    """It goes on where it was, and tells when it is through."""
    digests = sorted(shelf.put(bytes([n])) for n in range(20))
    inspector = ShelfInspector(shelf)
    seen: list[str] = []
    after, rounds = "", 0
    while after or not rounds:
        lying = inspector.lying(after, 5, ())
        seen += [path.rpartition("/")[2] for path in lying.originals]
        after, rounds = lying.after, rounds + 1
    assert seen == digests
    assert rounds > 4


def test_strangers_and_leftovers_are_told_apart(shelf: Shelf) -> None:
    """A writer's leftover may be removed, and nothing else."""
    digest = shelf.put(b"photo")
    folder = shelf.path(digest).parent
    (folder / "x.part").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"")
    (folder / ("0" * 64)).write_bytes(b"in the wrong place")
    inspector = ShelfInspector(shelf)
    lying = inspector.lying("", 100, ("gone/by/now",))
    place = os.fspath(folder.relative_to(shelf.folder))
    assert lying.unfinished == [f"{place}/x.part"]
    assert lying.others == sorted([f"{place}/{'0' * 64}", f"{place}/notes.txt"])
    for path in (*lying.unfinished, *lying.others):
        inspector.remove_unfinished(path)
    assert not (folder / "x.part").exists()
    assert (folder / "notes.txt").exists()


def test_an_empty_shelf_has_nothing(shelf: Shelf) -> None:
    """Not even a folder."""
    assert ShelfInspector(shelf).lying("", 100, ()) == ([], [], [], "")
