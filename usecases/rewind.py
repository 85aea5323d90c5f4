"""A case as it stood just before an earlier moment, by the rows of its clock ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import UNMENDED, Status
from casework.changing import replace
from casework.ledger import ClockName, Move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.case import Case
    from casework.ledger import LedgerRow
    from casework.town import Town

_ASIDE = frozenset({Move.ASKED, Move.DECLINED, Move.KEPT, Move.BROKEN, Move.MISSED})
"""Rows by which the repair clock did not move."""


def as_of(case: Case, rows: Sequence[LedgerRow], moment: datetime, town: Town) -> Case:
    """The case's claim, limit, round, extensions and state just before a moment.

    What the ledger does not tell (grid, category, tier, source) stays as it is now.
    """
    moves = [r for r in rows if r.at < moment and r.what not in _ASIDE]
    repair = [r for r in moves if r.clock is ClockName.REPAIR]
    ran = [r for r in repair if r.what is not Move.SUSPENDED and r.until is not None]
    if not ran:
        return case
    ended = case.closed_at is not None and case.closed_at < moment
    standing = repair[-1]
    was = replace(
        case,
        deadline=ran[-1].until or case.deadline,
        round=moves[-1].round,
        extensions=_extended(repair),
        suspended_until=None,
        claimed_at=_claimed(case, moves, moment),
    )
    return was if ended else _opened(was, standing, moment, town)


def _claimed(case: Case, moves: Sequence[LedgerRow], moment: datetime) -> datetime | None:
    """When it had been taken last: a case that was handed over since is taken again later."""
    if case.claimed_at is None or case.claimed_at < moment or case.main:
        return case.claimed_at
    claim = [row for row in moves if row.clock is ClockName.CLAIM]
    if not claim:
        return case.claimed_at
    return claim[-1].at if claim[-1].what is Move.ENDED else None


def _extended(repair: Sequence[LedgerRow]) -> int:
    """How many extensions stood: one that was undone is none."""
    count, last = 0, Move.STARTED
    for row in repair:
        undone = row.what is Move.UNDONE and last is Move.EXTENDED
        count += (row.what is Move.EXTENDED) - undone
        last = row.what
    return count


def _opened(case: Case, standing: LedgerRow, moment: datetime, town: Town) -> Case:
    """The open state at the moment: what was ended or mended later was neither."""
    still = replace(case, submitted_at=None, closed_at=None, on_time=None)
    taken = case.claimed_at is not None and case.claimed_at < moment
    if standing.what is Move.SUSPENDED and standing.until is not None:
        return replace(still, status=Status.TAKEN, suspended_until=town.day(standing.until))
    if standing.left is not None:
        return replace(still, status=Status.CHECKING, submitted_at=standing.at)
    status = case.status if case.status in UNMENDED else Status.TAKEN
    return replace(still, status=status if taken else Status.WAITING)
