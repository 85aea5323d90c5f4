"""`make soak`: plays a month of the sample town and runs the long harnesses; the exit code tells.

`make soak ARGS="kills power"` runs these parts alone.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.soak import parts
from tests.soak.archive import read
from tests.soak.costs import costs
from tests.soak.findings import Finding, findings
from tests.soak.month import play
from tests.soak.plan import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.soak.archive import Archive

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made below it
SHOWN = 12
"""Mistakes of one kind that are printed."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the parts; 0 if all is well."""
    options = _options(words)
    chosen = options.parts or parts.PARTS
    good = [_month(options)] if parts.MONTH in chosen else []
    good += [parts.run(part) for part in parts.HARNESSES if part in chosen]
    return 0 if all(good) else 1


def _month(options: argparse.Namespace) -> bool:
    """Play, check, print; whether all is well."""
    scale = Scale(
        days=options.days, officers=options.officers, cases=options.cases, seed=options.seed
    )
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        begun = time.monotonic()
        progress = _Progress(scale.days, begun)
        month = asyncio.run(play(scale, Path(folder), away=options.away, tell=progress.tell))
        progress.done()
        archive = read(month.folder, month.calls)
        found = findings(month, archive)
    _table(archive, found, time.monotonic() - begun)
    return all(finding.good for finding in found)


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*parts.PARTS, []], metavar="PART")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--officers", type=int, default=10)
    parser.add_argument("--cases", type=int, default=40, help="a day, in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--away", action="store_true", help="stop the bot for 26 hours")
    return parser.parse_args(words)


class _Progress:
    """On a terminal one line that grows, elsewhere a line a day."""

    def __init__(self, days: int, begun: float) -> None:
        self._days = days
        self._begun = begun
        self._live = sys.stderr.isatty()

    def tell(self, day: int) -> None:
        """A day is over."""
        words = f"day {day} of {self._days}, {time.monotonic() - self._begun:.0f} s"
        sys.stderr.write(f"\r{words} " if self._live else f"{words}\n")
        sys.stderr.flush()

    def done(self) -> None:
        """End the line."""
        if self._live:
            sys.stderr.write("\n")


def _table(archive: Archive, found: Sequence[Finding], seconds: float) -> None:
    cases = max(len(archive.cases), 1)
    _say(f"{seconds:.0f} s, {seconds / cases:.3f} s per case\n")
    for finding in found:
        _say(f"{'ok  ' if finding.good else 'FAIL'} {finding.name}: {finding.words}")
        for wrong in finding.wrong[:SHOWN]:
            _say(f"       {wrong}")
        if len(finding.wrong) > SHOWN:
            _say(f"       … and {len(finding.wrong) - SHOWN} more")
    _say("\nper case:")
    for kind, count in costs(archive).kinds.most_common():
        _say(f"  {kind:28} {count:6} {count / cases:6.2f}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
