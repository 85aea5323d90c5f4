"""`python -m tests.harness.crash.upgrades`: kills upgrades, and prints what came of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.harness.crash.migrating import Migration
from tests.harness.folders import folder
from tests.harness.progress import Progress, show

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Kill, and print the report; 0 if nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.crash.upgrades")
    parser.add_argument("--every", type=int, default=1, help="of the statements")
    parser.add_argument("--json", action="store_true", help="print all that is known")
    options = parser.parse_args(words)
    progress = Progress()
    with folder() as home:
        migration = Migration(Path(home))
        migration.rehearse()
        migration.kill(options.every, lambda now: progress.tell(f"{now.killed} kills"))
    progress.done()
    show(vars(migration.report), as_json=options.json)
    return 0 if not migration.report.wrong else 1


if __name__ == "__main__":
    sys.exit(main())
