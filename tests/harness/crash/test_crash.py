"""However often and wherever the bot is killed, nothing is lost, doubled in vain or half done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE = 880
"""Seconds; on a machine that does nothing else it takes a twentieth."""
KILLS, OF_THE_CONTROL = 500, 30
FEWEST_POINTS = 60
SPARSE = 5
"""The upgrade is killed at each so manieth statement; at all of them by `make soak`."""


@pytest.mark.timeout(PATIENCE + 20)
def test_five_hundred_kills_lose_nothing_and_double_only_what_was_being_sent() -> None:
    """Every photo, word, press, reminder and digest is there once, by the rows and in the chat.

    The control, a receiver that confirms first, loses cases: else all this would prove nothing.
    """
    words = ("--kills", str(KILLS), "--control", str(OF_THE_CONTROL))
    done, report = _killed("tests.harness.crash", *words)
    assert report["wrong"] == [], done
    assert report["killed"] >= KILLS
    assert report["doubled"] <= report["ambiguous"]
    assert report["unreached"] == []
    assert len(report["points"]) >= FEWEST_POINTS
    assert report["in_recovery"] > 0
    assert report["lost_by_the_control"] > 0
    assert done == 0


@pytest.mark.timeout(PATIENCE + 20)
def test_a_killed_upgrade_leaves_the_old_database_or_the_new_one_whole() -> None:
    """Between any two statements; and the next start makes it new."""
    done, report = _killed("tests.harness.crash.upgrades", "--every", str(SPARSE))
    assert report["wrong"] == [], done
    assert report["unreached"] == []
    assert report["old"] > 0
    assert report["new"] > 0
    assert report["killed"] == report["old"] + report["new"]
    assert done == 0


def _killed(module: str, *words: str) -> tuple[int, dict[str, Any]]:
    """The harness runs as a process of its own: each life is forked from it."""
    done = subprocess.run(
        (sys.executable, "-m", module, "--json", *words),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, report
