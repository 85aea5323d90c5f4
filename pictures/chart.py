"""A chart of rates as bars, for a phone: labels left, two bars a row, their fractions right.

It says only what it is given; all its words come from the caller. The two series differ in
lightness, so that a print in grey tells them apart too.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from pictures import typefaces
from pictures.pen import Ink, Pen

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 1080  # pixels; a phone shows it about three times smaller
HEIGHT_SHOWN_WHOLE = 1280  # pixels; Telegram makes photos smaller that are higher

_MARGIN = 48
_PAPER, _TRACK, _RULE = "#ffffff", "#eef1f5", "#d1d5db"
_SERIES = ("#1e3a5f", "#7fb2e5")  # dark and light: luminance 0.04 and 0.42
_TITLE = Ink(size=62, colour="#111827", bold=True)
_LEGEND = Ink(size=42, colour="#374151")
_HEADING = Ink(size=46, colour="#111827", bold=True)
_LABEL = Ink(size=40, colour="#374151")
_STRONG = Ink(size=40, colour="#111827", bold=True)
_VALUE = Ink(size=37, colour="#111827")
_NOTE = Ink(size=31, colour="#6b7280")

_BAR, _BARS_APART, _ROWS_APART = 45, 4, 17
_SWATCH = 36
_TRACK_LEFT, _TRACK_RIGHT, _APART = 322, 712, 18
_QUALITY = 92
_HIGHEST = 6000  # more than a chart can need; it is cropped to what was used


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how full it is, 0 to 1 (None: there is nothing to show), and what stands beside."""

    filled: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its label, a note below it, and a bar for each series."""

    label: str
    note: str = ""
    bars: tuple[Bar, Bar]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """What a chart shows; `font` is tried before the fonts of the system."""

    title: str
    legend: tuple[str, str]
    panels: tuple[Panel, ...]
    font: Path | None = None


def render(spec: ChartSpec) -> bytes:
    """Draw the chart: a JPEG 1080 pixels wide, without metadata."""
    image = Image.new("RGB", (WIDTH, _HIGHEST), _PAPER)
    board = _Board(ImageDraw.Draw(image), Pen(typefaces.find(spec.font)))
    top = board.head(spec, _MARGIN)
    for panel in spec.panels:
        top = board.panel(panel, top)
    out = io.BytesIO()
    drawn = image.crop((0, 0, WIDTH, min(top + _MARGIN, _HIGHEST)))
    drawn.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


class _Board:
    """Draws downwards; each part returns where the next one begins."""

    def __init__(self, draw: ImageDraw.ImageDraw, pen: Pen) -> None:
        self._draw = draw
        self._pen = pen

    def head(self, spec: ChartSpec, top: int) -> int:
        """Title and legend."""
        inner = WIDTH - 2 * _MARGIN
        lines = self._pen.lines(spec.title, _TITLE, width=inner, most=2)
        top = self._pen.write_lines(self._draw, (_MARGIN, top), lines, _TITLE) + 12
        left = float(_MARGIN)
        for words, colour in zip(spec.legend, _SERIES, strict=True):
            middle = top + _LEGEND.line / 2
            box = (left, middle - _SWATCH / 2, left + _SWATCH, middle + _SWATCH / 2)
            self._draw.rectangle(box, fill=colour)
            shown = self._pen.line(words, _LEGEND, width=inner / 2 - 2 * _SWATCH)
            self._pen.write(self._draw, (left + _SWATCH + 14, middle), shown, _LEGEND)
            left += _SWATCH + 14 + self._pen.length(shown, _LEGEND) + 48
        return top + _LEGEND.line + 10

    def panel(self, panel: Panel, top: int) -> int:
        """A rule, the heading, the rows."""
        top += 22
        self._draw.line((_MARGIN, top, WIDTH - _MARGIN, top), fill=_RULE, width=3)
        top += 16
        shown = self._pen.lines(panel.heading, _HEADING, width=WIDTH - 2 * _MARGIN, most=1)
        top = self._pen.write_lines(self._draw, (_MARGIN, top), shown, _HEADING) + 4
        for row in panel.rows:
            top = self._row(row, top)
        return top

    def _row(self, row: Row, top: int) -> int:
        """Label and note left, the two bars beside them."""
        ink, room = _STRONG if row.strong else _LABEL, _TRACK_LEFT - _MARGIN - _APART
        for words, one, middle in ((row.label, ink, _BAR / 2), (row.note, _NOTE, 1.6 * _BAR)):
            self._pen.write(
                self._draw, (_MARGIN, top + middle), self._pen.line(words, one, width=room), one
            )
        for bar, colour in zip(row.bars, _SERIES, strict=True):
            self._bar(bar, colour, top)
            top += _BAR + _BARS_APART
        return top + _ROWS_APART

    def _bar(self, bar: Bar, colour: str, top: int) -> None:
        below = top + _BAR - 1
        self._draw.rectangle((_TRACK_LEFT, top, _TRACK_RIGHT, below), fill=_TRACK)
        if bar.filled:
            right = _TRACK_LEFT + (_TRACK_RIGHT - _TRACK_LEFT) * min(bar.filled, 1.0)
            self._draw.rectangle((_TRACK_LEFT, top, round(right), below), fill=colour)
        left = _TRACK_RIGHT + _APART
        words = self._pen.line(bar.words, _VALUE, width=WIDTH - _APART - left)
        self._pen.write(self._draw, (left, top + _BAR / 2), words, _VALUE)
