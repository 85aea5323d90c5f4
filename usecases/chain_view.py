"""`/case`: the card and the history in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.views import DossierView, Label

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import HistoryRow
    from usecases.views import CardView

_PEOPLE = ("by", "for_whom", "to", "was", "repairer")


def dossier(office: Office, case: Case, card: CardView) -> DossierView:
    """The dossier of a case, with the names that its history mentions."""
    rows = tuple(office.uow.history.of(case.id))
    return DossierView(
        card=card,
        history=rows,
        names=_names(office, rows),
        categories=_categories(office, rows),
    )


def _names(office: Office, rows: tuple[HistoryRow, ...]) -> dict[str, str]:
    keys = {row.actor for row in rows}
    for row in rows:
        keys |= {str(row.data[field]) for field in _PEOPLE if row.data.get(field)}
    return {key: office.town.roster.name(key) for key in keys if key}


def _categories(office: Office, rows: tuple[HistoryRow, ...]) -> dict[str, Label]:
    codes = {str(row.data[f]) for row in rows for f in ("category", "was") if f in row.data}
    return {code: office.label(code) for code in codes if office.town.knows(code)}
