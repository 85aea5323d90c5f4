"""One seed, one history: to the byte, with every message's words and second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.soak.archive import read
from tests.soak.likeness import first_difference, transcript
from tests.soak.month import play
from tests.soak.plan import Scale

if TYPE_CHECKING:
    from pathlib import Path


async def _played(scale: Scale, folder: Path) -> str:
    month = await play(scale, folder)
    return transcript(read(folder, month.calls))


PATIENCE = 400
"""Seconds; three days are played."""


@pytest.mark.timeout(PATIENCE)
async def test_the_same_seed_gives_the_same_day_to_the_byte(tmp_path: Path) -> None:
    """Rows with their hashes, calls with their words; another seed gives another day."""
    scale = Scale(days=1, cases=10)
    first = await _played(scale, tmp_path / "first")
    assert first.count("\n") > 200
    assert first_difference(first, await _played(scale, tmp_path / "second")) == ""
    other = Scale(days=1, cases=2, seed=2)
    assert first_difference(first, await _played(other, tmp_path / "other"))
