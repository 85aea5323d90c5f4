"""The words under the sides of a sheet: label in its colour, time, person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw

from pictures.pen import Ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pictures.pen import Pen

_LABEL = Ink(size=64, colour="#ffffff", bold=True)
_TIME = Ink(size=60, colour="#111827")
_PERSON = Ink(size=60, colour="#374151")
_BEFORE, _DURING, _AFTER = "#b45309", "#1d4ed8", "#15803d"

_PILL = _LABEL.line + 16  # height of the label's field
_PILL_SIDE = _LABEL.size // 2  # from the field's edge to the letters
_SPACE = 20
_SMOOTH = 4  # corners are drawn so many times larger, for smooth edges
_PAPER = "#ffffff"
_HIGHEST = 600  # more than a caption can need; it is cropped to what was used


class Caption(NamedTuple):
    """The words of one side."""

    label: str
    time: str
    person: str


def draw(captions: Sequence[Caption], widths: Sequence[int], pen: Pen) -> list[Image.Image]:
    """Draw each caption at its width in pixels; times stand beside all labels, or below all."""
    both = list(zip(captions, widths, strict=True))
    beside = all(_beside(caption, width, pen) for caption, width in both)
    return [
        _drawn(caption, width, _colour(at, len(both)), pen, beside=beside)
        for at, (caption, width) in enumerate(both)
    ]


def _beside(caption: Caption, width: int, pen: Pen) -> bool:
    time = pen.line(caption.time, _TIME, width=width)
    return _pill_width(caption.label, width, pen) + _SPACE + pen.length(time, _TIME) <= width


def _pill_width(label: str, width: int, pen: Pen) -> float:
    text = pen.line(label, _LABEL, width=width - 2 * _PILL_SIDE)
    return pen.length(text, _LABEL) + 2 * _PILL_SIDE if text else -_SPACE


def _colour(at: int, count: int) -> str:
    if at == 0:
        return _BEFORE
    return _AFTER if at == count - 1 else _DURING


def _drawn(caption: Caption, width: int, colour: str, pen: Pen, *, beside: bool) -> Image.Image:
    image = Image.new("RGB", (width, _HIGHEST), _PAPER)
    pencil = ImageDraw.Draw(image)
    label = pen.line(caption.label, _LABEL, width=width - 2 * _PILL_SIDE)
    right = _pill_width(caption.label, width, pen)
    if label:
        _pill(image, round(right), colour)
        pen.write(pencil, (right / 2, _PILL / 2), label, _LABEL, anchor="m")
    times = pen.lines(caption.time, _TIME, width=width, most=1)
    if beside and times:
        pen.write(pencil, (right + _SPACE, _PILL / 2), times.pop(), _TIME)
    top = pen.write_lines(pencil, (0, _PILL + _SPACE // 2), times, _TIME)
    people = pen.lines(caption.person, _PERSON, width=width, most=2)
    return image.crop((0, 0, width, pen.write_lines(pencil, (0, top), people, _PERSON)))


def _pill(image: Image.Image, width: int, colour: str) -> None:
    mask = Image.new("L", (width * _SMOOTH, _PILL * _SMOOTH))
    corners = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(corners, radius=16 * _SMOOTH, fill=255)
    mask = mask.resize((width, _PILL), Image.Resampling.LANCZOS)
    image.paste(colour, (0, 0, width, _PILL), mask)
