"""The history's chain: each event carries the hash of the one before, per case."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from usecases.records import HistoryRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from casework.case import Case
    from casework.events import Event


def link(case: Case, event: Event, *, actor: str, at: datetime) -> HistoryRow:
    """The next row of a case's history."""
    seq = case.history_seq + 1
    name, data = type(event).__name__, event.data()
    return HistoryRow(
        case_id=case.id,
        seq=seq,
        at=at,
        actor=actor,
        event=name,
        data=data,
        previous=case.history_hash,
        hash=_hash(case.history_hash, (case.id, seq, at.isoformat(), actor, name, data)),
    )


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _hash(previous: str, content: tuple[object, ...]) -> str:
    text = _encode([previous, *content])
    return hashlib.sha256(text.encode()).hexdigest()


def broken_at(case: Case, rows: Iterable[HistoryRow]) -> int | None:
    """The first row that does not fit the chain; None when the chain is whole.

    A missing end is found too: the case knows the head of its chain.
    """
    previous, seq = "", 0
    for row in rows:
        seq += 1
        content = (row.case_id, row.seq, row.at.isoformat(), row.actor, row.event, row.data)
        if row.seq != seq or row.previous != previous or row.hash != _hash(previous, content):
            return seq
        previous = row.hash
    whole = (seq, previous) == (case.history_seq, case.history_hash)
    return None if whole else seq + 1
