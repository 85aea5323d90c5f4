"""The board (今日看板): read without scrolling; every case in it leads to its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from messages.cards import MARKS
from messages.letter import Letter
from messages.lists import short_line
from messages.safe import Html, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.case import Status
    from messages.voice import Voice
    from usecases.views import BoardView, CaseLine

SHOWN: Final = 6
"""Cases named in each list; the others are counted."""


def board(voice: Voice, view: BoardView) -> Letter:
    """Word a group's board."""
    return Letter("\n".join(_lines(voice, view)))


def _lines(voice: Voice, view: BoardView) -> Iterator[Html]:
    title = voice.html("board-title", day=voice.day(view.day))
    yield Html(f"<b>{title}</b>")
    yield voice.html("board-today", reported=view.reported, closed=view.closed)
    yield escaped(voice.listed(_counts(voice, view)) or voice.text("board-none"))
    yield from _list(voice, "board-tonight", view.tonight)
    yield from _list(voice, "board-overdue", view.overdue)
    yield from _list(voice, "board-soon", view.soon)
    yield voice.html("board-seen", at=voice.stamp(voice.now))


def _counts(voice: Voice, view: BoardView) -> Iterator[str]:
    """How many stand where; states that nobody stands in are left out."""
    for status, count in view.counts.items():
        if count:
            yield f"{MARKS[status]} {_state(voice, status)} {count}"
    if view.suspended:
        yield voice.text("board-suspended", count=view.suspended)


def _state(voice: Voice, status: Status) -> str:
    return voice.text(f"status-{status.value}", round=0)


def _list(voice: Voice, title: str, lines: tuple[CaseLine, ...]) -> Iterator[Html]:
    if not lines:
        return
    yield Html(f"<b>{voice.html(title, count=len(lines))}</b>")
    for line in lines[:SHOWN]:
        yield short_line(voice, line)
    if len(lines) > SHOWN:
        yield voice.html("and-more", n=len(lines) - SHOWN)
