"""What goes out: a text and its buttons, worded for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from messages.buttons import encode
from messages.safe import FIELD_UNITS, safe, shortened, shown_units
from usecases.views import MOST_BUTTONS, Action, Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from messages.safe import Html
    from messages.voice import Voice
    from usecases.views import Button

MOST_LINES: Final = 80
"""Of a list; a message may hold about a hundred entities, and each line has up to one."""
_BUTTON_UNITS: Final = 40  # longer words are cut by the apps anyway
_BY_REASON: Final = frozenset({Action.REFUSE, Action.WITHDRAW})
_LEVELS: Final = {level: level.name.lower().replace("_", "-") for level in Level} | {
    Level.ROOT: "more",
    Level.PHOTOS: "move-photo",
}
_ACTIONS: Final = {Action.PROMISE: "days", Action.DEADLINE: "hours"}
"""Actions whose buttons are called by what they offer, not by what they open."""


@dataclass(frozen=True, slots=True)
class LetterButton:
    """One button: its words, its callback data (≤ 64 bytes), and a style that is only an extra."""

    text: str
    data: str
    style: str = ""


Rows = tuple[tuple[LetterButton, ...], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: HTML within the chat's limits, and at most two buttons a row."""

    text: str
    buttons: Rows = ()


def keyboard(voice: Voice, rows: tuple[tuple[Button, ...], ...]) -> Rows:
    """Word a keyboard; a row of more than two becomes several, what is too much is left out."""
    pairs = [row[at : at + 2] for row in rows for at in range(0, len(row), 2)]
    while sum(map(len, pairs)) > MOST_BUTTONS:
        pairs.pop()
    return tuple(tuple(_worded(voice, button) for button in pair) for pair in pairs)


def fitting(lines: list[Html], limit: int, more: Callable[[int], Html]) -> list[Html]:
    """Return as many of `lines` as fit into `limit` units, then `more(n)` for n left out."""
    lengths = [shown_units(line) + 1 for line in lines]
    if sum(lengths) <= limit + 1 and len(lines) <= MOST_LINES:
        return lines
    room = limit - shown_units(more(len(lines)))
    kept = 0
    while kept < min(len(lines), MOST_LINES) and lengths[kept] <= room:
        room -= lengths[kept]
        kept += 1
    return [*lines[:kept], more(len(lines) - kept)]


def _worded(voice: Voice, button: Button) -> LetterButton:
    words = _words(voice, button)
    if button.number:
        words = voice.text("button-of-case", words=words, number=button.number)
    words = safe(shortened(words, FIELD_UNITS), _BUTTON_UNITS)
    return LetterButton(words, encode(button), button.style)


def _words(voice: Voice, button: Button) -> str:
    """Words that are data come first, then the named text, then the action's own."""
    if button.names:
        return voice.label(button.names)
    if button.label:
        return button.label
    word = button.word or _own_word(button)
    if word.startswith("reason-"):
        return _reason(voice, word.removeprefix("reason-"))
    number = _number(button.arg)
    fields: dict[str, str | int] = {"arg": button.arg, "street": ""}
    fields |= {"hours": number, "days": number, "grid": number}
    return voice.text(f"button-{word}", **fields | dict(button.fields))


def _reason(voice: Voice, reason: str) -> str:
    """Word a reason; `reason-chosen-…` and `reason-offered-…` say which one holds now."""
    chosen = reason.removeprefix("chosen-")
    shown = voice.reason(chosen.removeprefix("offered-"))
    return voice.text("button-chosen", reason=shown) if chosen != reason else shown


def _own_word(button: Button) -> str:
    """What a button is called that brings no words of its own."""
    level, _, chosen = button.arg.partition(".")
    if button.action is Action.MORE:
        return f"reason-{chosen}" if chosen else _LEVELS[Level(level)]
    if button.action in _BY_REASON and button.arg:
        return f"reason-{button.arg}"
    return _ACTIONS.get(button.action) or button.action.name.lower().replace("_", "-")


def _number(arg: str) -> int:
    digits = arg.partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
