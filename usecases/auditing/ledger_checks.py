"""The clock ledger of each case is whole, and its repair clock stands where the case says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.ledger import ClockName, standing
from casework.ledger_rows import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.case import Case
    from casework.ledger import LedgerRow
    from casework.town import Town
    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding


def unlike(scene: Scene) -> Iterator[Finding]:
    """Cases with a row of the ledger that was taken out or changed.

    The other three clocks are reckoned by the rules of today, which may not be those of the row.
    """
    for case in scene.cases.values():
        rows = scene.ledgers.get(case.id, ())
        if _gap(rows) or _astray(case, rows, scene.town):
            yield scene.finding("ledger-unlike", case.id, case.number, case=case.id)


def _gap(rows: Sequence[LedgerRow]) -> bool:
    return [row.seq for row in rows] != [*range(1, len(rows) + 1)]


def _astray(case: Case, rows: Sequence[LedgerRow], town: Town) -> bool:
    """Whether the repair clock stands elsewhere; a case of before the ledger has no such row."""
    clock = ClockName.REPAIR
    told = any(row.clock is clock for row in rows)
    return told and standing(rows, clock) != reading(clock, case, town)
