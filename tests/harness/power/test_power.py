"""No power cut takes back what was confirmed, or leaves half of anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE = 880
"""Seconds; on a machine that does nothing else it takes a sixtieth."""
CUTS = 5000


@pytest.mark.timeout(PATIENCE + 20)
def test_a_power_cut_at_any_moment_loses_nothing_confirmed() -> None:
    """Every write of a day and of an upgrade, cut off with nothing, all or pieces of what waits."""
    reports = _reports()
    for flow in ("day", "upgrade"):
        assert reports[flow]["wrong"] == []
        assert reports[flow]["moments"] >= reports[flow]["transactions"]
    assert reports["day"]["cuts"] + reports["upgrade"]["cuts"] >= CUTS
    assert {"wal", "journal", "city.sqlite3"} <= set(reports["day"]["by_file"])
    # The controls: without them the harness would prove nothing.
    assert reports["NORMAL"]["lost"] > 0
    assert reports["OFF"]["corrupt"] > 0
    assert reports["OFF"]["halves"] > 0


def _reports() -> dict[str, Any]:
    """Run the harness in a process of its own: it replaces parts of the product."""
    done = subprocess.run(
        (sys.executable, "-m", "tests.harness.power", "--every", "2", "--json"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    reports: dict[str, Any] = json.loads(done.stdout)
    return reports
