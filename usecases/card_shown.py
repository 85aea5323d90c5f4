"""What a card shows: whether a change is worth an edit, and whether its edit is still needed.

What was pressed and taken back before the edit went out leaves the card as it stands.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from casework.changing import replace
from usecases.records import EDIT, Sent

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import Outgoing
    from usecases.views import CardView

ANYWAY = "anyway"
"""In an edit's fact: it goes out whatever the card was last seen to show."""


def of_case(case: Case) -> Case:
    """What is worth an edit of the card: all but the history, and what people are told apart."""
    bare = replace(case, rung=0, rung_asked=False, rung_declined=False, rung_at=None)
    return replace(bare, rung_limit=None, sign_asked=None, history_seq=0, history_hash="")


def on_cards(case: Case) -> Case:
    """What a card is made of: a case without what only the bot keeps in mind of it."""
    bare = replace(of_case(case), version=0, card="", delivered_at=None)
    return replace(bare, ladder=0, ladder_at=None)


def shown(office: Office, view: CardView) -> str:
    """A digest of what a card shows now; equal ones are equal messages."""
    limits = (view.case.deadline, view.check_until, view.sign_until)
    # A limit of today that is still to come is worded otherwise than any other.
    ahead = [limit is not None and limit > office.now for limit in limits]
    undoable = view.undo_until is not None
    bare = replace(view, case=on_cards(view.case), undo_until=None)
    looks = (bare, undoable, ahead, office.town.day(office.now))
    return hashlib.sha256(repr(looks).encode()).hexdigest()[:16]


def stands(office: Office, row: Outgoing, view: CardView) -> bool:
    """Whether the card surely looks so already."""
    if row.fact.get(ANYWAY):
        return False
    case, outbox = view.case, office.uow.outbox
    last = outbox.last_tried(case.id, EDIT) or outbox.last_tried(case.id, "card")
    # An edit that was tried before finds itself here: it may have arrived, and so may a dead one.
    if last is None or last.state is not Sent.SENT:
        return False
    here = (last.chat, last.message) == (row.chat, case.card)
    return here and last.fact.get("shown") == shown(office, view)
