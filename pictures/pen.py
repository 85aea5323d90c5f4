"""Writes cleaned text in one typeface; bold is drawn as a stroke around the letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pictures.lettering import drawable, wrap

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from pictures.typefaces import Typeface

_LEADING = 1.36  # height of a line ÷ size of its letters
_BASELINE = 0.37  # of the size below a line's middle: centres Chinese characters and digits alike
_BOLD = 0.018  # width of the stroke ÷ size


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text looks: size in pixels, colour, weight."""

    size: int
    colour: str
    bold: bool = False

    @property
    def line(self) -> int:
        """Height of a line in pixels."""
        return round(self.size * _LEADING)


class Pen:
    """Measures and writes in one typeface."""

    def __init__(self, face: Typeface) -> None:
        self._face = face

    def lines(self, text: str, ink: Ink, *, width: float, most: int) -> list[str]:
        """The text as it will be drawn, in at most `most` lines of at most `width` pixels."""
        return wrap(drawable(text, self._face), self._font(ink), width=width, most=most)

    def line(self, text: str, ink: Ink, *, width: float) -> str:
        """The text as it will be drawn on one line of at most `width` pixels."""
        return "".join(self.lines(text, ink, width=width, most=1))

    def length(self, text: str, ink: Ink) -> float:
        """Width in pixels of a text returned by `line` or `lines`."""
        return self._font(ink).getlength(text)

    def write(
        self, draw: ImageDraw, at: tuple[float, float], text: str, ink: Ink, *, anchor: str = "l"
    ) -> None:
        """Write a line; its left end, middle or right end (anchor l, m, r) stands at the point."""
        draw.text(
            (at[0], at[1] + _BASELINE * ink.size),
            text,
            fill=ink.colour,
            font=self._font(ink),
            anchor=f"{anchor}s",
            stroke_width=_BOLD * ink.size if ink.bold else 0,
        )

    def write_lines(self, draw: ImageDraw, at: tuple[int, int], lines: list[str], ink: Ink) -> int:
        """Write lines below each other from a top left point; returns the top of the next."""
        left, top = at
        for line in lines:
            self.write(draw, (left, top + ink.line / 2), line, ink)
            top += ink.line
        return top

    def _font(self, ink: Ink) -> FreeTypeFont:
        return self._face.sized(ink.size)
