"""Images that would keep a decoder busy are refused by what they say, long before it is killed."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from benchmarks.images import endless_segments, many_scans
from pictures.errors import Broken
from pictures.worker import PictureWorker

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 5.0
"""Far more than a refusal takes on a busy machine, and less than these images would."""


IMAGES: dict[str, Callable[[], bytes]] = {
    "scans": many_scans,
    "segments": endless_segments,
    "fill bytes": lambda: b"\xff\xd8" + b"\xff" * 16_000_000,
}


@pytest.mark.parametrize("name", IMAGES)
async def test_an_image_that_is_all_work_is_refused_at_once(name: str) -> None:
    """Thousands of scans over all pixels, or millions of segments that draw nothing."""
    data = IMAGES[name]()
    async with PictureWorker(processes=1, seconds=SECONDS) as worker:
        with pytest.raises(Broken):
            await worker.examine(data)


async def test_a_photo_with_a_film_behind_it_is_none_of_them() -> None:
    """Phones write such; among a film's bytes there are markers as by chance."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(out, "JPEG", progressive=True)
    film = random.Random(7).randbytes(8_000_000)  # noqa: S311 - no secret
    assert film.count(b"\xff\xda") > 64
    async with PictureWorker(processes=1) as worker:
        assert (await worker.examine(out.getvalue() + film)).width == 640
