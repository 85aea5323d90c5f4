"""What Telegram makes of a picture sent as a photo: a few JPEG sizes without any metadata.

Pictures come from strangers, so the pixels are bounded before anything is decoded; bytes that
cannot be decoded are kept as they are.
"""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageOps

SIDES = (90, 320, 800, 1280)
"""The longest side of each size, in pixels."""

PIXEL_LIMIT = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
JPEG_QUALITY = 87
GUESSED_SIZE = (1280, 960)
REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size, encoded."""

    data: bytes
    width: int
    height: int


class Darkroom:
    """Develops photos; remembers the last few, because tests post the same ones again."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[Rendition, ...] | None] = OrderedDict()
        self._lock = Lock()

    def develop(self, data: bytes) -> tuple[Rendition, ...] | None:
        """All sizes, ascending, or None if the bytes are no picture. For a worker thread."""
        key = hashlib.blake2b(data, digest_size=16).digest()
        with self._lock:
            if key in self._known:
                return self._known[key]
        sizes = _develop(data)
        with self._lock:
            self._known[key] = sizes
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return sizes


def as_they_are(data: bytes) -> tuple[Rendition, ...]:
    """The photo of somebody whose bytes are no picture."""
    return (Rendition(data, *GUESSED_SIZE),)


def measure(data: bytes) -> tuple[int, int] | None:
    """Width and height if it is a picture."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            return picture.size
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything at a hostile file
        return None


def _develop(data: bytes) -> tuple[Rendition, ...] | None:
    size = measure(data)
    if size is None or size[0] * size[1] > PIXEL_LIMIT:
        return None
    try:
        return _encode(data)
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything at a hostile file
        return None


def _encode(data: bytes) -> tuple[Rendition, ...]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        picture.draft("RGB", (SIDES[-1], SIDES[-1]))
        picture.load()
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    longest = max(upright.size)
    sides = [side for side in SIDES if side < longest]
    return tuple(_shrink(upright, side) for side in [*sides, min(longest, SIDES[-1])])[: len(SIDES)]


def _shrink(picture: Image.Image, side: int) -> Rendition:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=JPEG_QUALITY)
    return Rendition(out.getvalue(), *small.size)
