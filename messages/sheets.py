"""The before/after sheet of a round: its caption, and the plain words that the picture needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casework.case import Status
from messages.cards import first_line, state
from messages.keyboards import check_buttons
from messages.letter import Letter, keyboard
from messages.safe import joined, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.safe import Html
    from messages.voice import Voice
    from usecases.views import SheetSide, SheetView

_MOST_TAGGED: Final = 5  # with every other line at its longest the caption stays within 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class SideLabels:
    """The words of one side of the picture."""

    label: str
    time: str
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetLabels:
    """The words of the picture: plain, in one language, shortened."""

    number: str
    title: str
    place: str
    before: SideLabels
    after: SideLabels
    missing: str
    """What stands in the place of a missing before-photo."""


def sheet(voice: Voice, view: SheetView) -> Letter:
    """Word a sheet's caption; it has the two keys while its check is open."""
    caption = "\n".join(_lines(voice, view))
    return Letter(caption, keyboard(voice, check_buttons(view.case)))


def labels(voice: Voice, view: SheetView) -> SheetLabels:
    """Return the words that the picture itself shows."""
    return SheetLabels(
        number=safe(view.case.number),
        title=voice.label(view.defect),
        place=voice.place(view.case.place, view.case.grid),
        before=_side(voice, "sheet-before", view.before),
        after=_side(voice, "sheet-after", view.after),
        missing=str(voice.text("sheet-missing")),
    )


def _lines(voice: Voice, view: SheetView) -> Iterator[Html]:
    case = view.case
    yield first_line(voice, case, view.defect)
    yield voice.html("card-place", place=voice.place(case.place, case.grid))
    at = voice.stamp(view.after.at) if view.after.at else ""
    yield voice.html("sheet-mended", by=voice.name(view.submitter), at=at)
    if case.round:
        yield voice.html("mark-rework", round=case.round)
    if case.status is not Status.CHECKING:
        yield voice.html("sheet-over", state=state(voice, case))
        return
    tagged = [voice.mention(name) for name in view.patrol[:_MOST_TAGGED]]
    if tagged:
        yield voice.html("sheet-ask", patrol=joined(voice.text("comma"), tagged))
    else:
        yield voice.html("sheet-ask-anyone")


def _side(voice: Voice, key: str, side: SheetSide) -> SideLabels:
    time = voice.stamp(side.at) if side.at else ""
    return SideLabels(label=str(voice.text(key)), time=str(time), person=voice.name(side.name))
