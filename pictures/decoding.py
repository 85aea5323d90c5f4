"""The one door to Pillow's decoders: bounds before, and each complaint of theirs made ours."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image

from pictures import headers
from pictures.errors import Broken, PictureError, TooHeavy, TooLarge, Truncated
from pictures.headers import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pictures.headers import Header

MAX_BYTES = 20 * 1024 * 1024  # what a bot may fetch from Telegram
MAX_PIXELS = 50_000_000  # a phone's largest camera mode; 150 MB decoded
MAX_WEBP_PIXELS = 16_000_000  # libwebp holds three canvases at once

_WHITE = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def bounded(data: bytes) -> Header:
    """Read the header of a picture within our bounds; decodes nothing.

    Raises TooHeavy, TooLarge, NotAPicture, Truncated or Broken.
    """
    if len(data) > MAX_BYTES:
        raise TooHeavy(size=len(data), limit=MAX_BYTES)
    header = headers.read(data)
    limit = MAX_WEBP_PIXELS if header.format is Format.WEBP else MAX_PIXELS
    if header.width * header.height > limit:
        raise TooLarge(width=header.width, height=header.height, limit=limit)
    return header


def prove(header: Header) -> None:
    """Decode the whole picture once, as small as its format allows; raises Truncated or Broken."""
    _decoded(header, (1, 1))


def fitted(header: Header, box: tuple[int, int]) -> Image.Image:
    """Decode to an upright RGB picture that fits the box (pixels), never enlarged.

    Raises Truncated or Broken.
    """
    if header.upright != (header.width, header.height):
        box = box[1], box[0]
    scale = min(1.0, box[0] / header.width, box[1] / header.height)
    size = max(1, round(header.width * scale)), max(1, round(header.height * scale))
    image = _decoded(header, size)
    with _guarded():
        image = _plain(image)
        if image.size != size:
            image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        turn = _TURNS.get(header.orientation)
        image = _opaque(image if turn is None else image.transpose(turn))
    image.info.clear()  # Pillow writes some of it into what is saved next
    return image


def _decoded(header: Header, size: tuple[int, int]) -> Image.Image:
    with _guarded():
        image = Image.open(io.BytesIO(header.body), formats=(header.format,))
        if image.size != (header.width, header.height):
            raise Broken(why="two sizes")
        image.draft(None, size)
        image.load()
        return image


def _plain(image: Image.Image) -> Image.Image:
    """Bring a rare mode (palette, 16 bit, CMYK ...) to RGB, or to RGBA if it is see-through."""
    if image.mode in {"RGB", "RGBA"}:
        return image
    if image.mode.startswith("I"):
        return image.point(lambda level: level / 256).convert("L").convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    paper = Image.new("RGB", image.size, _WHITE)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn everything a decoder raises into a PictureError; a bomb warning is an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield
        except PictureError:
            raise
        except Exception as error:  # hostile bytes make Pillow raise anything
            if isinstance(error, OSError) and "truncated" in str(error).lower():
                raise Truncated from error
            raise Broken(why=type(error).__name__) from error
