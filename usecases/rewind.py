"""A case as it stood at an earlier moment, by the rows of its clock ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.case import UNMENDED, Status
from casework.ledger import ClockName, Move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.case import Case
    from casework.ledger import LedgerRow

_SET = frozenset({Move.STARTED, Move.CHANGED, Move.RESUMED, Move.EXTENDED, Move.PROMISED})
"""Moves after which the repair clock runs to the row's `until`."""
_STANDING = frozenset({Move.STOPPED, Move.SUSPENDED})


def as_of(case: Case, rows: Sequence[LedgerRow], moment: datetime) -> Case:
    """The case's limit, round, extensions and state just before a moment, by its ledger.

    What the ledger does not tell (grid, category, tier) stays as it is now.
    """
    before = [row for row in rows if row.at < moment]
    repair = [row for row in before if row.clock is ClockName.REPAIR]
    ran = [row for row in repair if row.what in _SET and row.until is not None]
    if not ran:
        return case
    standing = next((row for row in reversed(repair) if row.what in _SET | _STANDING), ran[-1])
    was = replace(
        case,
        deadline=ran[-1].until or case.deadline,
        round=before[-1].round,
        extensions=sum(row.what is Move.EXTENDED for row in before),
        suspended_until=case.suspended_until if standing.what is Move.SUSPENDED else None,
    )
    return _state(was, standing, moment)


def _state(case: Case, standing: LedgerRow, moment: datetime) -> Case:
    """The state at the moment: ended later is open, mended later is not mended."""
    if case.closed_at is not None and case.closed_at < moment:
        return case
    if standing.what is Move.STOPPED:
        return replace(
            case, status=Status.CHECKING, submitted_at=standing.at, closed_at=None, on_time=None
        )
    taken = case.claimed_at is not None and case.claimed_at < moment
    status = case.status if case.status in UNMENDED else Status.TAKEN
    status = status if taken else Status.WAITING
    return replace(case, status=status, submitted_at=None, closed_at=None, on_time=None)
