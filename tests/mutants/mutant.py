"""What a planted bug is: a text that stands once in its file, and what stands there instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FAULT: Final = "tests/harness/faults/test_faults.py::test_a_fault_loses_nothing_and_doubles_nothing"
STORAGE: Final = "tests/integration/storage"
CASEWORK: Final = "tests/unit/casework"
DELIVERY: Final = "tests/unit/delivery"
PICTURES: Final = "tests/unit/pictures"
LEASES: Final = f"{STORAGE}/test_leasing.py"
TEAM: Final = "tests/integration/delivery/test_team.py"
"""Several processes on one PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted bug."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """Where it is looked for, in this order; the first failure ends the search."""
