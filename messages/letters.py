"""The one door of this room: a telling goes in, a letter for one reader comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from messages import charts, replies, sheets
from messages.audits import audit
from messages.boards import board
from messages.cards import card
from messages.digests import chart, digest
from messages.dossiers import dossier
from messages.letter import Letter, LetterButton
from messages.lists import notice
from messages.voice import Voice
from usecases.digest_views import ChartView, DigestView
from usecases.views import (
    AuditView,
    BoardView,
    CardView,
    DossierView,
    NoticeView,
    PinView,
    ReactionView,
    SheetView,
    Toast,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from casework.refusals import Refusal
    from messages.catalogue import Catalogue
    from messages.charts import ChartLabels
    from messages.sheets import SheetLabels
    from usecases.to_tell import Telling

__all__ = ["Letter", "LetterButton", "Letters"]

_WRITERS: Final[Mapping[type, Callable[[Voice, Any], Letter]]] = {
    CardView: card,
    SheetView: sheets.sheet,
    NoticeView: notice,
    DigestView: digest,
    ChartView: chart,
    DossierView: dossier,
    BoardView: board,
    AuditView: audit,
}


class Letters:
    """Words everything that people are told. Pure: the moment of writing is an argument."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def write(self, telling: Telling, now: datetime) -> Letter:
        """Word a telling as of `now` (aware), which decides what is “today”.

        A reaction has no words: its letter is the bare emoji; a pin has none at all.
        """
        view = telling.view
        if isinstance(view, ReactionView):
            return Letter(view.emoji)
        if isinstance(view, PinView):
            return Letter("")
        voice = Voice(
            catalogue=self._catalogue,
            language=telling.language,
            zone=view.card.zone if isinstance(view, DossierView) else view.zone,
            now=now,
            private=telling.private,
        )
        return _WRITERS[type(view)](voice, view)

    def sheet_labels(self, view: SheetView, language: str, now: datetime) -> SheetLabels:
        """Return the plain words that the picture of a sheet shows (built-in `str`, to pickle)."""
        voice = Voice(catalogue=self._catalogue, language=language, zone=view.zone, now=now)
        return sheets.labels(voice, view)

    def chart_labels(self, view: ChartView, language: str, now: datetime) -> ChartLabels:
        """Return the plain words that the picture of a review shows (built-in `str`, to pickle)."""
        voice = Voice(catalogue=self._catalogue, language=language, zone=view.zone, now=now)
        return charts.labels(voice, view)

    def toast(self, toast: Toast, language: str) -> str:
        """Word the answer to a press, at most 200 UTF-16 units."""
        return replies.toast(self._catalogue, toast, language)

    def refusal(self, refusal: Refusal, language: str) -> str:
        """Word a refusal, at most 200 UTF-16 units; people come as names or `<role>@<zone>`."""
        return replies.refusal(self._catalogue, refusal, language)
