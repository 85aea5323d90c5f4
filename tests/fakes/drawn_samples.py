"""The sample pictures, drawn once a session: each takes long, and many processes show them."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache, wraps
from pathlib import Path
from typing import Any

from simulator import samples

PLACE = "TOWN_SAMPLES"
"""The environment variable by which all processes know where the pictures lie."""


def choose_place() -> None:
    """Begin a session."""
    os.environ[PLACE] = tempfile.mkdtemp(prefix="town-samples-")


def leave_place() -> None:
    """End it."""
    shutil.rmtree(os.environ.pop(PLACE), ignore_errors=True)


def share() -> None:
    """Let this process take a picture that another one has drawn."""
    if PLACE in os.environ:
        shared: Any = _shared
        samples.draw = shared


@cache
@wraps(samples.draw)
def _shared(name: str) -> bytes:
    file = Path(os.environ[PLACE]) / name
    if not file.exists():
        drawn = _draw(name)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as half:
            half.write(drawn)
        Path(half.name).rename(file)
    return file.read_bytes()


_draw = samples.draw
