"""What is to be told: a row of the outbox with what its message is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
)

if TYPE_CHECKING:
    from usecases.records import Outgoing

View = (
    CardView
    | ReactionView
    | SheetView
    | NoticeView
    | DigestView
    | ChartView
    | DossierView
    | BoardView
    | AuditView
    | PinView
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One outbox row, ready to be worded and sent."""

    row: Outgoing
    view: View
    language: str
    """`zh` or `en`."""
    private: bool
    """It goes to a private chat: nobody is tagged, nothing is quoted."""
    silent: bool
    """Without sound (quiet hours, or it asks nobody to act)."""
    edit: str = ""
    """The message to edit instead of sending a new one."""
