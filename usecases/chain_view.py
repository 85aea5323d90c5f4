"""`/case`: the card, the clock ledger and the history in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases import steps
from usecases.views import DossierView, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.case import Case
    from casework.ledger import LedgerRow
    from usecases.office import Office
    from usecases.records import HistoryRow
    from usecases.views import CardView

_PEOPLE = ("by", "for_whom", "to", "was", "repairer")


def dossier(
    office: Office, case: Case, card: CardView, before: Sequence[int] | None = None
) -> DossierView:
    """The dossier of a case, with the names that its ledger and its history mention."""
    rows = tuple(office.uow.history.of(case.id))
    ledger = tuple(office.uow.clock.of(case.id))
    return DossierView(
        card=card,
        history=rows,
        names=_names(office, rows, ledger),
        categories=_categories(office, rows),
        ledger=ledger,
        companies={key: one.name for key, one in office.town.roster.companies.items()},
        steps=steps.done(office, case, rows),
        workdays=steps.workdays(office, case),
        before=(before[0], before[1]) if before else None,
    )


def _names(
    office: Office, rows: tuple[HistoryRow, ...], ledger: tuple[LedgerRow, ...]
) -> dict[str, str]:
    keys = {row.actor for row in rows}
    keys |= {key for row in ledger for key in (row.asked_by, row.decided_by)}
    for row in rows:
        keys |= {str(row.data[field]) for field in _PEOPLE if row.data.get(field)}
    return {key: office.town.roster.name(key) for key in keys if key}


def _categories(office: Office, rows: tuple[HistoryRow, ...]) -> dict[str, Label]:
    codes = {str(row.data[f]) for row in rows for f in ("category", "was") if f in row.data}
    return {code: office.label(code) for code in codes if office.town.knows(code)}
