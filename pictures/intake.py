"""Which files are pictures we can use; asked once, when a file arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pictures import decoding

if TYPE_CHECKING:
    from pictures.headers import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture whose every pixel has been decoded once; size in pixels after turning upright."""

    format: Format
    width: int
    height: int


def examine(data: bytes) -> Picture:
    """Prove that the bytes are a picture we can use.

    Raises:
        PictureError: one of TooHeavy, TooLarge, NotAPicture, Truncated, Broken.

    """
    header = decoding.bounded(data)
    decoding.prove(header)
    width, height = header.upright
    return Picture(format=header.format, width=width, height=height)
