"""What becomes of a photo is said by why it could not be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from bot.darkroom import KeptPhotos
from delivery.ports import Broken, Unproved
from pictures.errors import NotAPicture, NotStarted, PictureError, TimedOut, WorkerDied
from pictures.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path
    from typing import NoReturn

    from pictures.worker import PictureWorker


class _Worker:
    """Ends each job in the same way."""

    def __init__(self, error: PictureError) -> None:
        self._error = error

    async def examine(self, _data: bytes) -> NoReturn:
        raise self._error


def _photos(folder: Path, error: PictureError) -> KeptPhotos:
    return KeptPhotos(cast("PictureWorker", _Worker(error)), Shelf(folder))


@pytest.mark.parametrize(
    ("error", "result"),
    [(NotAPicture(), Broken()), (WorkerDied(), Unproved()), (TimedOut(seconds=20), Unproved())],
)
async def test_only_a_picture_that_was_read_is_called_broken(
    tmp_path: Path, error: PictureError, result: Broken | Unproved
) -> None:
    """Whoever killed the reader: the photo may be good, and is looked at again."""
    assert await _photos(tmp_path, error).keep(b"a photo") == result


async def test_what_the_machine_lacks_is_told_as_its_own_failure(tmp_path: Path) -> None:
    """As for a full disk, no attempt is counted."""
    with pytest.raises(OSError, match="Too many open files"):
        await _photos(tmp_path, NotStarted(why="Too many open files")).keep(b"a photo")
