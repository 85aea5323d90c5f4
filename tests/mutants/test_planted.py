"""The list of planted bugs stays in step with the source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutants.planted import MUTANTS

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_fits_the_source(mutant: Mutant) -> None:
    """Its text stands there once, and the tests that should catch it exist."""
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1
    assert mutant.old != mutant.new
    assert all((ROOT / test.split("::")[0]).exists() for test in mutant.tests)


def test_there_are_enough_of_them() -> None:
    """And no two of one name."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 30
