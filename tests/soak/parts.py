"""The parts of `make soak` besides the month: harnesses, each a program of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MONTH = "month"
HARNESSES: dict[str, tuple[str, ...]] = {
    "kills": ("tests.harness.crash", "--kills", "10000", "--control", "300"),
    "upgrades": ("tests.harness.crash.upgrades",),
    "faults": ("tests.harness.faults",),
    "power": ("tests.harness.power", "--times", "5"),
}
"""The module of each, and how much it is asked to do."""
PARTS = (MONTH, *HARNESSES)


def run(part: str) -> bool:
    """Run a harness to its end, its lines as they come; whether all was well."""
    sys.stdout.write(f"\n{part}:\n")
    sys.stdout.flush()
    module, *words = HARNESSES[part]
    done = subprocess.run((sys.executable, "-m", module, *words), cwd=ROOT, check=False)
    return done.returncode == 0
