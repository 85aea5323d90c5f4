"""`make soak ARGS=faults`: every fault with many seeds, and all their pairs."""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from typing import TYPE_CHECKING

from tests.harness.faults.matrix import FAULTS
from tests.harness.faults.runs import play
from tests.harness.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.harness.faults.matrix import Fault

    Plan = tuple[tuple[Fault, ...], str]


def main(words: Sequence[str] | None = None) -> int:
    """Play, print what went wrong; 0 if nothing did."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.faults", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="of each fault")
    parser.add_argument("--pair-seeds", type=int, default=5, help="of each pair")
    options = parser.parse_args(words)
    plan = list(_plan(options.seeds, options.pair_seeds))
    progress, count = Progress(), 0

    def tell(wrong: list[str]) -> None:
        nonlocal count
        count += 1
        progress.tell(f"{count} of {len(plan)} runs, {len(wrong)} mistakes")

    wrong = play(plan, tell)
    progress.done()
    lines = [*wrong, f"{len(plan)} runs, {len(wrong)} mistakes"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


def _plan(seeds: int, pair_seeds: int) -> Iterator[Plan]:
    for fault in FAULTS.values():
        yield from (((fault,), str(seed)) for seed in range(seeds))
    for pair in combinations(FAULTS.values(), 2):
        yield from ((pair, str(seed)) for seed in range(pair_seeds))


if __name__ == "__main__":
    sys.exit(main())
