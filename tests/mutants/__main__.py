"""`make mutants`: plants one bug after another in a copy of the tree; some test must notice each.

Writes `docs/mutants.md`; the exit code says whether enough were caught.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.mutants.planted import MUTANTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.mutants.mutant import Mutant

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "mutants.md"
WANTED: Final = 0.95
"""The share that must be caught."""
PATIENCE: Final = 900
"""Seconds for the tests of one bug; one that makes them hang is caught, too."""
FAILED: Final = 1
"""pytest's exit code when it ran tests and some failed; others say that it could not run them."""
HEAD: Final = """# Planted bugs

Written by `make mutants`: each bug is planted alone in a copy of the tree, and the tests named for
it in `tests/mutants` are run until the first one fails. At least 95 % must be caught; a
cheap test sees to it that each bug still fits the source.

"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one planted bug."""

    mutant: Mutant
    caught: bool
    by: str
    """The test that failed first."""
    seconds: float


def main(words: Sequence[str] | None = None) -> int:
    """Plant, look, print, write; 0 if enough were caught."""
    options = _options(words)
    chosen = [mutant for mutant in MUTANTS if not options.only or options.only in mutant.name]
    with ThreadPoolExecutor(options.jobs) as pool:
        results = []
        for result in pool.map(hunt, chosen):
            results.append(result)
            word = "caught" if result.caught else "SURVIVED"
            _say(f"{len(results)}/{len(chosen)} {word}: {result.mutant.name} ({result.by})")
    caught = sum(result.caught for result in results)
    _say(f"{caught} of {len(results)} caught")
    if not options.only:
        PAGE.write_text(page(results), encoding="utf-8")
    return 0 if caught >= WANTED * len(results) else 1


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="words of a bug's name")
    return parser.parse_args(words)


def hunt(mutant: Mutant) -> Result:
    """Plant it in a copy, and let the tests look."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        tree = Path(folder) / "tree"
        _copy(tree)
        planted = tree / mutant.file
        planted.write_text(_changed(planted.read_text(encoding="utf-8"), mutant), encoding="utf-8")
        by = next((found for test in mutant.tests if (found := _failing(tree, test))), "")
    return Result(mutant, bool(by), by or "nothing", time.monotonic() - begun)


def _copy(tree: Path) -> None:
    """All that git knows or would take, as it stands."""
    listed = subprocess.run(
        # Also what is not yet committed; whichever git the developer has.
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, tree / name)


def _changed(source: str, mutant: Mutant) -> str:
    if source.count(mutant.old) != 1:
        raise SystemExit(f"{mutant.name}: its text does not stand once in {mutant.file}")
    return source.replace(mutant.old, mutant.new)


def _failing(tree: Path, test: str) -> str:
    """The first test that fails; empty when all pass."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "--no-header", "-p"]
    command += ["no:cacheprovider", "--tb=no", "-rfE", test]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return f"{test} does not end"
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if done.returncode != FAILED or not lines:  # nothing was tested: that is no catch
        raise SystemExit(f"{test} cannot be run:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    return lines[0].partition(" - ")[0].partition(" ")[2]


def page(results: Sequence[Result]) -> str:
    """The table as it is kept."""
    caught = sum(result.caught for result in results)
    lines = [
        f"**{caught} of {len(results)} caught.**\n",
        "| bug | file | caught by |",
        "| --- | --- | --- |",
    ]
    for result in results:
        by = f"`{result.by}`" if result.caught else "**nobody**"
        lines.append(f"| {result.mutant.name} | `{result.mutant.file}` | {by} |")
    return HEAD + "\n".join(lines) + "\n"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
