"""The auditor's reads of many cases at once: statements that depend on how many are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, not_, select, text

from storage import tables
from storage.hand import Query
from storage.shelves.cases import ALL as CASE_ROWS
from storage.shelves.dues import PLAN as DUES
from storage.shelves.messages import LINKS
from storage.shelves.outbox import PLAN as OUTBOX
from storage.shelves.photos import PLAN as PHOTOS
from storage.shelves.records import HISTORY, UNDOS
from storage.shelves.time import CLOCK
from storage.tables_of_time import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Select

C, D, P, X = tables.cases.c, tables.dues.c, tables.photos.c, tables.outbox.c
H, L, U = tables.history.c, tables.links.c, tables.undos.c
K = clock.c
ONE: ColumnElement[Any] = literal_column("1")


def _among(count: int, column: ColumnElement[Any], rows: Select[Any]) -> Query:
    """Rows whose column is one of so many values."""
    params = [bindparam(f"one{at}", type_=column.type) for at in range(count)]
    return Query(rows.where(column.in_(params)), *(param.key for param in params))


_CARD_LINKS = select(C.id, *LINKS.readable).join_from(
    tables.cases, tables.links, (L.chat == C.chat) & (L.message == C.card)
)
_NAMED = select(P.sha256).where(text(tables.HAS_FILE))
_COUNTS = select(P.case_id, func.count()).group_by(P.case_id)
_LINKED = exists(ONE).where(L.chat == P.chat, L.message == P.message)
_UNLINKED = PHOTOS.read().where(not_(_LINKED))
_SHOWN = OUTBOX.read().where(text(tables.IS_SHOWN)).order_by(X.case_id, X.id)


@lru_cache(maxsize=16)
def cases(count: int) -> Query:
    """So many cases."""
    return _among(count, C.id, CASE_ROWS.order_by(C.id))


@lru_cache(maxsize=16)
def histories(count: int) -> Query:
    """The events of so many cases."""
    return _among(count, H.case_id, HISTORY.read().order_by(H.case_id, H.seq))


@lru_cache(maxsize=16)
def ledgers(count: int) -> Query:
    """The rows of so many cases in the clock ledger."""
    return _among(count, K.case_id, CLOCK.read().order_by(K.case_id, K.seq))


@lru_cache(maxsize=16)
def dues(count: int) -> Query:
    """The due rows of so many cases."""
    return _among(count, D.case_id, DUES.read())


@lru_cache(maxsize=16)
def shown(count: int) -> Query:
    """The cards, edits and sheets of so many cases."""
    return _among(count, X.case_id, _SHOWN)


@lru_cache(maxsize=16)
def undos(count: int) -> Query:
    """The undos of so many cases."""
    return _among(count, U.case_id, UNDOS.read())


@lru_cache(maxsize=16)
def card_links(count: int) -> Query:
    """The links of the cards of so many cases."""
    return _among(count, C.id, _CARD_LINKS)


@lru_cache(maxsize=16)
def photos(count: int) -> Query:
    """The photos of so many cases."""
    return _among(count, P.case_id, PHOTOS.read())


@lru_cache(maxsize=16)
def named(count: int) -> Query:
    """Those of so many digests that photos name."""
    return _among(count, P.sha256, _NAMED)


@lru_cache(maxsize=16)
def photo_counts(count: int) -> Query:
    """How many photos each of so many cases has."""
    return _among(count, P.case_id, _COUNTS)


@lru_cache(maxsize=16)
def unlinked(count: int) -> Query:
    """The photos of so many cases whose message leads nowhere."""
    return _among(count, P.case_id, _UNLINKED)


MAKERS: tuple[Callable[[int], Query], ...] = (
    cases,
    histories,
    ledgers,
    dues,
    shown,
    undos,
    card_links,
    photos,
    named,
    photo_counts,
    unlinked,
)
"""The queries that depend on how much is asked for."""
