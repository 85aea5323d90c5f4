"""Text made fit to be drawn: cleaned, only glyphs the font has, broken by measured width."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from pictures.typefaces import Typeface

UNKNOWN = "□"  # stands for what the font cannot draw
ELLIPSIS = "…"
LONGEST = 300  # characters; more than any place on a picture has room for

# What one sees as a single emoji may be several characters; it becomes a single box.
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_JOINED = re.compile("\u200d[\u2190-\u2bff\U0001f000-\U0001faff]")
_SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_SPACES = re.compile(r"\s+")
# Control, format (bidi marks, joiners), lone surrogates, and marks that pile up on a letter.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Mn", "Me"})

_WORD = re.compile(r"[!-~\u00a1-\u024f]+|\s|.", re.DOTALL)
_NEVER_FIRST = frozenset("，。、；：？！…—·～）》」』】〕〉”’％℃,.;:?!)]}%")
_NEVER_LAST = frozenset("（《「『【〔〈“‘([{")


def clean(text: str) -> str:
    """Return the text as one line of visible characters, without direction and control marks."""
    text = _SPACES.sub(" ", text)
    text = _JOINED.sub("", _SKIN_TONE.sub("", _FLAG.sub(UNKNOWN, text)))
    text = unicodedata.normalize("NFC", text)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in _UNSEEN)
    return _SPACES.sub(" ", text).strip()


def drawable(text: str, face: Typeface) -> str:
    """Return the cleaned text, cut at LONGEST, with a box for what the font lacks."""
    letters = clean(text)[:LONGEST]
    return "".join(letter if face.draws(letter) else UNKNOWN for letter in letters)


def wrap(text: str, font: FreeTypeFont, *, width: float, most: int) -> list[str]:
    """Break the text into at most `most` lines of at most `width` pixels, the last one ellipsised.

    Words and numbers stay whole where they can; no line begins with closing punctuation or ends
    with opening one.
    """
    lines: list[str] = []
    units = [part for unit in _units(text) for part in _parts(unit, font, width)]
    line = ""
    for at, unit in enumerate(units):
        if font.getlength((line + unit).rstrip()) <= width:
            line += unit if line else unit.lstrip()
        elif len(lines) == most - 1:
            rest = line + "".join(units[at:])
            return [*lines, ellipsised(rest, font, width=width)]
        else:
            lines.append(line.rstrip())
            line = unit.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def ellipsised(text: str, font: FreeTypeFont, *, width: float) -> str:
    """Cut a text wider than `width` pixels so that it fits with an ellipsis."""
    if font.getlength(text) <= width:
        return text
    lengths = range(1, len(text) + 1)
    fits = bisect_right(lengths, width, key=lambda n: font.getlength(text[:n] + ELLIPSIS))
    return text[:fits].rstrip() + ELLIPSIS


def _units(text: str) -> list[str]:
    """Pieces between which a line may break."""
    units: list[str] = []
    for word in _WORD.findall(text):
        glued = units and (word[0] in _NEVER_FIRST or units[-1][-1] in _NEVER_LAST)
        if glued:
            units[-1] += word
        else:
            units.append(word)
    return units


def _parts(unit: str, font: FreeTypeFont, width: float) -> list[str]:
    """A unit wider than a whole line is broken anywhere."""
    return [unit] if font.getlength(unit) <= width else list(unit)
