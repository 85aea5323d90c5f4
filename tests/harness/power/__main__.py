"""`python -m tests.harness.power`: cuts the power at every moment, and prints what came of it."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.acceptance.city import jpeg
from tests.harness.crash import child
from tests.harness.folders import folder
from tests.harness.power import cuts, flows
from tests.soak.stage import PIXELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.harness.power.trace import Trace

CONTROLS = ("NORMAL", "OFF")
SPARSE = 25
"""A control looks at each so manieth moment: what is never synced makes each look long."""


def main(words: Sequence[str] | None = None) -> int:
    """Trace, play, cut; the reports of each run as JSON; 0 if FULL lost nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.power", description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how often, with other torn pieces")
    parser.add_argument("--every", type=int, default=1, help="look at each so manieth moment")
    parser.add_argument("--json", action="store_true", help="print all that is known")
    options = parser.parse_args(words)
    with folder() as name:
        reports = _reports(Path(name), options)
    if options.json:
        sys.stdout.write(json.dumps(reports) + "\n")
    else:
        _print(reports)
    good = all(not report["wrong"] for flow, report in reports.items() if flow not in CONTROLS)
    return 0 if good else 1


def _print(reports: dict[str, dict[str, Any]]) -> None:
    for flow, report in reports.items():
        names = ("cuts", "moments", "transactions", "lost", "corrupt", "halves")
        words = ", ".join(f"{name} {report[name]}" for name in names)
        sys.stdout.write(f"{flow}: {words}\n")


def _reports(home: Path, options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    child.make_light(jpeg(size=PIXELS))
    day = asyncio.run(flows.day(home / "day"))
    upgrade, before = flows.upgrade(home)
    found: dict[str, dict[str, Any]] = {}
    for seed in range(options.times):
        found[_name("day", seed)] = _cut(home, day, every=options.every, seed=seed)
        found[_name("upgrade", seed)] = _cut(
            home, upgrade, begin=before, every=options.every, seed=seed
        )
    for control in CONTROLS:
        found[control] = _cut(home, day, synchronous=control, every=SPARSE)
    return found


def _name(flow: str, seed: int) -> str:
    return f"{flow} {seed}" if seed else flow


def _cut(
    home: Path,
    trace: Trace,
    *,
    synchronous: str = "",
    begin: Path | None = None,
    every: int = 1,
    seed: int = 0,
) -> dict[str, Any]:
    run = cuts.play(trace, home / "run", synchronous=synchronous, begin=begin)
    image = home / "image"
    image.mkdir(exist_ok=True)
    return vars(cuts.cut(run, image, range(1, len(run.log.done) + 1, every), seed))


if __name__ == "__main__":
    sys.exit(main())
