"""Where the harnesses keep their files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made below it


def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for a while, in memory where there is such a place: nothing must outlive a run."""
    return tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
