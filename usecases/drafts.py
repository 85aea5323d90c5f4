"""The drafts of the supervision ladder that wait for a supervisor, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import supervision
from casework.changing import replace
from usecases.keeping import Order, OrderState

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office


def pending(office: Office, case: Case) -> Order | None:
    """The draft of a case that waits for a supervisor."""
    return _last(office, case, OrderState.DRAFTED) if case.rung_asked else None


def issued(office: Office, case: Case) -> str:
    """The number of the paper that was issued last; empty if none was."""
    if not case.rung:
        return ""
    papers = [one for one in office.uow.orders.of(case.id) if one.state is OrderState.ISSUED]
    return max(papers, key=_decided).number if papers else ""


def button_arg(paper: Order) -> str:
    """How a button names a draft: an older one of the same rung is another."""
    return f"{paper.rung}.{paper.attempt}"


def settle(office: Office, was: Case, case: Case) -> Case:
    """Drop a draft whose reason has gone; an undo that brings the reason back brings it, too."""
    if case.open and case.rung_asked and not supervision.draft_stands(case):
        case = supervision.dropped(case, office.now)
    if was.rung_asked and not case.rung_asked:
        _become(office, case, OrderState.DRAFTED, OrderState.DROPPED)
    elif case.rung_asked and not was.rung_asked and pending(office, case) is None:
        _become(office, case, OrderState.DROPPED, OrderState.DRAFTED)
    return case


def _become(office: Office, case: Case, now: OrderState, then: OrderState) -> None:
    paper = _last(office, case, now)
    if paper is not None:
        at = office.now if then is OrderState.DROPPED else None
        office.uow.orders.save(replace(paper, state=then, decided_at=at))


def _last(office: Office, case: Case, state: OrderState) -> Order | None:
    papers = [one for one in office.uow.orders.of(case.id) if one.state is state]
    return max(papers, key=lambda one: one.drafted_at) if papers else None


def _decided(paper: Order) -> tuple[bool, object]:
    return paper.decided_at is not None, paper.decided_at
