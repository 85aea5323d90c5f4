"""The photos of a sheet: each whole in its tile, and an honest placeholder where there is none."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from PIL import Image, ImageDraw

from pictures import decoding, mosaic
from pictures.errors import PictureError
from pictures.pen import Ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pictures.headers import Header
    from pictures.mosaic import Box, Side
    from pictures.pen import Pen

MOST = 10  # photos a side; as many as an album holds

_GAP = 10
_SLIVER = 3  # pixels of mat that would look like a mistake; the photo is stretched over them
_USUAL_ASPECT = 4 / 3
_SMOOTH = 3  # shapes are drawn so many times larger, for smooth edges

_MAT, _SHADE = "#e5e7eb", "#1f2937"
_MISSING = Ink(size=56, colour="#6b7280")
_BADGE = Ink(size=72, colour="#ffffff", bold=True)


@dataclass(frozen=True, slots=True)
class Shots:
    """The photos of one side, at least one tile: their headers, and how many more there are."""

    headers: tuple[Header | None, ...]
    more: int

    @classmethod
    def of(cls, photos: Sequence[bytes | None]) -> Self:
        """Read the headers; a photo that cannot be read counts as none."""
        headers = tuple(_header(photo) for photo in photos[:MOST])
        return cls(headers or (None,), len(photos) - MOST)


def arrange(sides: list[Shots], *, width: int, gap: int) -> list[Side]:
    """Place all sides; a placeholder is shaped like the photos around it."""
    known = [_aspect(header) for shots in sides for header in shots.headers if header]
    usual = statistics.median(known) if known else _USUAL_ASPECT
    aspects = [[_aspect(header) if header else usual for header in s.headers] for s in sides]
    return mosaic.arrange(aspects, width=width, gap=gap, tile_gap=_GAP)


def draw(shots: Shots, side: Side, *, missing: str, pen: Pen) -> Image.Image:
    """Draw one side, `missing` being the words of a placeholder."""
    image = Image.new("RGB", (side.box.width, side.box.height), _MAT)
    for header, tile in zip(shots.headers, side.tiles, strict=True):
        picture = _fitted(header, tile) or _placeholder(missing, pen, tile)
        left = tile.left - side.box.left + (tile.width - picture.width) // 2
        image.paste(picture, (left, tile.top + (tile.height - picture.height) // 2))
    if shots.more > 0:
        _badge(image, pen, f"+{shots.more}")
    return image


def _header(photo: bytes | None) -> Header | None:
    try:
        return None if photo is None else decoding.bounded(photo)
    except PictureError:
        return None


def _aspect(header: Header) -> float:
    width, height = header.upright
    return width / height


def _fitted(header: Header | None, tile: Box) -> Image.Image | None:
    """The photo as large as the tile lets it be; none if its pixels cannot be decoded."""
    if header is None:
        return None
    try:
        picture = decoding.fitted(header, (tile.width, tile.height))
    except PictureError:
        return None
    scale = min(tile.width / picture.width, tile.height / picture.height)
    width, height = round(picture.width * scale), round(picture.height * scale)
    if tile.width - width <= _SLIVER and tile.height - height <= _SLIVER:
        width, height = tile.width, tile.height
    return picture.resize((max(1, width), max(1, height)), Image.Resampling.LANCZOS)


def _placeholder(words: str, pen: Pen, tile: Box) -> Image.Image:
    """A grey tile with a crossed-out picture, and the words below it if they have room."""
    image = Image.new("RGB", (tile.width, tile.height), _MAT)
    unit = min(tile.width, tile.height) / 12
    text = pen.line(words, _MISSING, width=tile.width - _MISSING.size)
    roomy = bool(text) and tile.height >= 5 * _MISSING.line
    x, y = tile.width / 2, tile.height / 2 - (_MISSING.line / 2 if roomy else 0)
    sign = _no_picture(max(1, round(unit)))
    image.paste(sign, (round(x - sign.width / 2), round(y - sign.height / 2)))
    if roomy:
        below = x, y + sign.height / 2 + _MISSING.line / 2
        pen.write(ImageDraw.Draw(image), below, text, _MISSING, anchor="m")
    return image


def _no_picture(unit: int) -> Image.Image:
    """A framed sun and hills, crossed out; six by six units."""
    size = 6 * unit
    image = Image.new("RGB", (size * _SMOOTH, size * _SMOOTH), _MAT)
    pencil = ImageDraw.Draw(image)

    def at(*points: float) -> list[float]:
        return [point * unit * _SMOOTH for point in points]

    pale, thick = _MISSING.colour, max(1, round(0.2 * unit * _SMOOTH))
    frame = at(0.6, 1.2, 5.4, 4.8)
    pencil.rounded_rectangle(frame, radius=0.3 * unit * _SMOOTH, outline=pale, width=thick)
    pencil.ellipse(at(1.4, 1.8, 2.2, 2.6), fill=pale)
    pencil.polygon(at(1.2, 4.2, 2.4, 3.1, 3.0, 3.7, 3.8, 2.7, 4.9, 4.2), fill=pale)
    pencil.line(at(0.4, 5.4, 5.6, 0.6), fill=_MAT, width=3 * thick)
    pencil.line(at(0.4, 5.4, 5.6, 0.6), fill=pale, width=thick)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _badge(image: Image.Image, pen: Pen, text: str) -> None:
    """Say in the last corner how many photos there are beyond those shown."""
    pencil = ImageDraw.Draw(image)
    right, bottom = image.size
    left, top = right - pen.length(text, _BADGE) - _BADGE.size, bottom - _BADGE.line
    pencil.rectangle((left, top, right, bottom), fill=_SHADE)
    pen.write(pencil, ((left + right) / 2, (top + bottom) / 2), text, _BADGE, anchor="m")
