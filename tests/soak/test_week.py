"""A week of the sample town, told as the whole month is: `make soak` plays the rest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.soak.archive import read
from tests.soak.findings import findings
from tests.soak.month import play
from tests.soak.plan import Scale
from tests.soak.stage import ZONE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.soak.findings import Finding

HOLIDAYS = datetime(2026, 4, 30, 7, 0, tzinfo=ZONE)
"""The Thursday before the May holidays: the week holds a Monday and a first working day."""
PATIENCE = 400
"""Seconds; on a machine that does nothing else it takes an eighth."""
COST = "cost"
"""An average of a month: the first week alone has its own, and `make soak` looks at it."""


async def _found(scale: Scale, folder: Path, *, away: bool = False) -> list[Finding]:
    month = await play(scale, folder, away=away)
    return findings(month, read(folder, month.calls))


def _wrong(found: list[Finding]) -> dict[str, tuple[str, ...]]:
    return {
        finding.name: finding.wrong[:9]
        for finding in found
        if not finding.good and finding.name != COST
    }


@pytest.mark.timeout(PATIENCE)
async def test_a_week_says_each_thing_once_at_its_second(tmp_path: Path) -> None:
    """280 cases: nothing skipped, twice, late or unasked; pace and figures as promised."""
    found = await _found(Scale(days=7, start=HOLIDAYS), tmp_path)
    assert _wrong(found) == {}


@pytest.mark.timeout(PATIENCE)
async def test_after_a_day_away_nothing_is_skipped_and_what_is_late_says_so(
    tmp_path: Path,
) -> None:
    """26 hours from an evening on: escalations first, one batched message a group."""
    found = await _found(Scale(days=4, cases=15), tmp_path, away=True)
    assert _wrong(found) == {}
