"""`python -m benchmarks`: intake against raw sqlite3 and the bare dispatcher, start and memory."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.contenders import bare_dispatcher, product_intake, raw_intake, rows_of_cases
from benchmarks.updates import BATCH, photo_updates

if TYPE_CHECKING:
    from benchmarks.updates import RawUpdate

ROUNDS, UPDATES = 5, 1000
WANTED_RATIO = 0.5
WANTED_MEMORY = 60
"""MiB above the same process after its imports."""
AFTER = 5000
"""Updates after which the memory is looked at."""


class Round(NamedTuple):
    """Updates a second of each contender, measured one after the other."""

    product: float
    raw: float
    bare: float


def one_round(updates: list[RawUpdate]) -> Round:
    """All three, on fresh databases."""
    count = len(updates)
    with tempfile.TemporaryDirectory("-bench") as ours, tempfile.TemporaryDirectory("-raw") as raw:
        product = asyncio.run(product_intake(Path(ours), updates))
        rows = rows_of_cases(Path(ours))
        assert len(rows) == count, f"{len(rows)} of {count} photos opened a case"
        floor = raw_intake(Path(raw), rows)
        bare = asyncio.run(bare_dispatcher(updates))
    return Round(count / product, count / floor, count / bare)


def started(count: int) -> dict[str, float]:
    """A fresh process: seconds to the first commit, and its memory."""
    words = [sys.executable, "-m", "benchmarks.start", str(time.monotonic()), str(count)]
    done = subprocess.run(words, capture_output=True, check=True)  # noqa: S603 - our own program
    told: dict[str, float] = json.loads(done.stdout)
    return told


def show_intake(rounds: list[Round]) -> None:
    """The table of the three contenders."""
    print("| intake: photo update → committed case and queued card | updates/s | ratio |")
    print("|---|---|---|")
    product, raw, bare = (median(column) for column in zip(*rounds, strict=True))
    to_raw = median(one.product / one.raw for one in rounds)
    to_bare = median(one.product / one.bare for one in rounds)
    print(f"| this product, {BATCH} updates a batch | {product:,.0f} | 1 |")
    print(f"| (a) raw sqlite3, the same rows, one commit each | {raw:,.0f} | {to_raw:.2f} |")
    print(f"| (b) aiogram's dispatcher, an empty handler | {bare:,.0f} | {to_bare:.2f} |")
    verdict = "reached" if to_raw >= WANTED_RATIO else "MISSED"
    print(f"\nThe ratio is ours ÷ theirs. Wanted: ≥ {WANTED_RATIO} of (a): {verdict}.\n")


def show_start(told: dict[str, float], count: int) -> None:
    """The times of a fresh process, and its memory."""
    grown = told["grown"] / 2**20
    print("| a fresh process | |")
    print("|---|---|")
    print(f"| start → imports done | {told['imported']:.2f} s |")
    print(f"| start → first update committed | {told['committed']:.2f} s |")
    print(f"| memory above the imports, after {count:,} updates | {grown:.1f} MiB |")
    verdict = "reached" if grown <= WANTED_MEMORY else "MISSED"
    print(f"\nWanted: ≤ {WANTED_MEMORY} MiB: {verdict}.\n")


def show_machine(rounds: int, updates: int) -> None:
    """What it was measured with."""
    parts = (
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"aiogram {metadata.version('aiogram')}",
        f"SQLAlchemy {metadata.version('sqlalchemy')}",
        f"{rounds} interleaved rounds of {updates:,} updates, medians",
    )
    print(", ".join(parts) + ".\n")


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--rounds", type=int, default=ROUNDS, help="interleaved rounds")
    words.add_argument("--updates", type=int, default=UPDATES, help="updates in a round")
    words.add_argument("--after", type=int, default=AFTER, help="updates before memory is read")
    options = words.parse_args()
    updates = photo_updates(options.updates)
    gc.freeze()  # as `run` does
    show_machine(options.rounds, options.updates)
    show_intake([one_round(updates) for _ in range(options.rounds)])
    show_start(started(options.after), options.after)


if __name__ == "__main__":
    main()
