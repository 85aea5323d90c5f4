"""The before/after sheet: one picture that shows, at one height, what was and what is.

It says only what it is given; all its words come from the caller.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from pictures import captions, tiles, typefaces
from pictures.captions import Caption
from pictures.pen import Ink, Pen
from pictures.tiles import Shots

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 1600  # pixels; a phone shows it four times smaller, so letters are four times larger
MAX_BYTES = 1_500_000

_MARGIN, _GAP, _PADDING = 40, 32, 28
_INNER = WIDTH - 2 * _MARGIN
_QUALITIES = (88, 80, 70, 58, 45, 30)

_PAPER, _BAND = "#ffffff", "#1f2937"
_NUMBER = Ink(size=76, colour="#ffffff", bold=True)
_TITLE = Ink(size=64, colour="#fde68a", bold=True)
_PLACE = Ink(size=60, colour="#f3f4f6")
_HIGHEST_HEADING = 600  # more than it can need; it is cropped to what was used


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One side: its words, and its photos as files; None or an unreadable one is a placeholder.

    Ten photos are shown, and a number says how many more there are.
    """

    label: str
    photos: tuple[bytes | None, ...] = field(default=(), repr=False)
    time: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """What a sheet shows, its columns (one to three) from left to right.

    `missing` are the words of a placeholder; `font` is tried before the fonts of the system.
    """

    number: str
    title: str
    place: str
    columns: tuple[Column, ...]
    missing: str = ""
    font: Path | None = None


def render(spec: SheetSpec) -> bytes:
    """Draw the sheet: a JPEG 1600 pixels wide, at most 1.5 MB, without metadata.

    Photos that cannot be shown never stop it.
    """
    pen = Pen(typefaces.find(spec.font))
    heading = _heading(spec, pen)
    shots = [Shots.of(column.photos) for column in spec.columns]
    sides = tiles.arrange(shots, width=_INNER, gap=_GAP)
    words = captions.draw(
        [Caption(column.label, column.time, column.person) for column in spec.columns],
        [side.box.width for side in sides],
        pen,
    )
    top = heading.height + _MARGIN
    below = top + sides[0].box.height + _MARGIN
    height = below + max(caption.height for caption in words) + _MARGIN
    image = Image.new("RGB", (WIDTH, height), _PAPER)
    image.paste(heading, (0, 0))
    for shot, side, caption in zip(shots, sides, words, strict=True):
        left = _MARGIN + side.box.left
        image.paste(tiles.draw(shot, side, missing=spec.missing, pen=pen), (left, top))
        image.paste(caption, (left, below))
    return _saved(image)


def _heading(spec: SheetSpec, pen: Pen) -> Image.Image:
    """Number and title on one line if both fit, the place below."""
    image = Image.new("RGB", (WIDTH, _HIGHEST_HEADING), _BAND)
    draw = ImageDraw.Draw(image)
    middle = _PADDING + _NUMBER.line / 2
    number = pen.line(spec.number, _NUMBER, width=_INNER)
    pen.write(draw, (_MARGIN, middle), number, _NUMBER)
    titles = pen.lines(spec.title, _TITLE, width=_INNER, most=2)
    room = _INNER - pen.length(number, _NUMBER) - _GAP
    if titles and pen.length("".join(titles), _TITLE) <= room:
        pen.write(draw, (_MARGIN + _INNER, middle), titles.pop(), _TITLE, anchor="r")
    top = pen.write_lines(draw, (_MARGIN, _PADDING + _NUMBER.line), titles, _TITLE)
    places = pen.lines(spec.place, _PLACE, width=_INNER, most=2)
    top = pen.write_lines(draw, (_MARGIN, top), places, _PLACE)
    return image.crop((0, 0, WIDTH, top + _PADDING))


def _saved(image: Image.Image) -> bytes:
    """The best quality that keeps within the bound of bytes."""
    out = io.BytesIO()
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue()
