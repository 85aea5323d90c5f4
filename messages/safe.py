"""Words of people on their way into a message: cleaned, shortened, escaped exactly once."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final

from casework.folding import strip_invisible
from messages.phones import without_phones

MESSAGE_UNITS: Final = 4096
"""Most UTF-16 units of a message, after its entities are parsed."""
TOAST_UNITS: Final = 200
"""Most UTF-16 units of an answer to a press."""
FIELD_UNITS: Final = 300
"""Most UTF-16 units of one inserted value, where nothing narrower is asked for."""
_MARKS_IN_A_ROW: Final = 3  # more combining marks than this climb over the lines above
_ELLIPSIS: Final = "…"
_TAG: Final = re.compile(r"<[^>]*>")


class Html(str):
    """Text that is HTML already: inserted as it stands, never escaped again."""

    __slots__ = ()


class Said(str):
    """Plain text of the catalogue, with clean values in it: not cleaned again, but escaped."""

    __slots__ = ()


def safe(text: str, limit: int = FIELD_UNITS) -> str:
    """Return `text` as one visible line of at most `limit` UTF-16 units.

    Control, direction, zero-width and private-use characters are gone (the last are the
    catalogue's own place-holders); line breaks are spaces; a mark stands for a phone number.
    """
    return _safe(text[: limit * 8], limit)


@lru_cache(maxsize=1024)
def _safe(text: str, limit: int) -> str:
    """Names and streets come again in every line of a list."""
    kept: list[str] = []
    marks = 0
    for character in strip_invisible(text):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if kind != "Co" and marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return shortened(without_phones(" ".join("".join(kept).split())), limit)


def shortened(text: str, limit: int) -> str:
    """Cut plain `text` to `limit` UTF-16 units; what was cut ends in an ellipsis."""
    if units(text) <= limit:
        return text
    kept, room = [], limit - 1
    for character in text:
        room -= units(character)
        if room < 0:
            break
        kept.append(character)
    while kept and not _ends_well(kept[-1]):
        kept.pop()
    return "".join(kept).rstrip() + _ELLIPSIS


def escaped(text: str) -> Html:
    """Return plain text as HTML; what is HTML already stays as it is."""
    return text if isinstance(text, Html) else Html(html.escape(text))


def bold(text: Html) -> Html:
    """Return HTML in bold."""
    return Html(f"<b>{text}</b>")


def joined(separator: str, parts: list[Html]) -> Html:
    """Join pieces of HTML by a plain separator."""
    return Html(html.escape(separator).join(parts))


def units(text: str) -> int:
    """Return the length of plain text as the chat counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown_units(markup: Html) -> int:
    """Return the length of our own HTML after its tags are parsed, in UTF-16 units."""
    return units(html.unescape(_TAG.sub("", markup)))


def _ends_well(character: str) -> bool:
    """Whether text may be cut after this character without leaving half an emoji."""
    return character != "\u200d"
