"""Copies of before the tables change: each with a name of its own, the newest are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

KEPT: Final = 5
"""Copies of before a change of tables; a change comes with a new version of the program."""
_COPIES: Final = "backup-*"


def free_name(folder: Path, name: str, suffix: str) -> Path:
    """A file that is not there yet: `backup-<name>-<n><suffix>`; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 1
    while (target := folder / f"backup-{name}-{count}{suffix}").exists():
        count += 1
    return target


def keep_newest(folder: Path, most: int = KEPT) -> int:
    """Remove the oldest copies, and return how many stay; other files are left alone."""
    copies = [path for path in folder.glob(_COPIES) if path.suffix != ".part"]
    by_age = sorted(copies, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for old in by_age[most:]:
        old.unlink(missing_ok=True)
    return len(by_age[:most])
