"""`xunchaqun demo` as its own process, as a newcomer starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
STOP_WITHIN = 30
"""Seconds a stop may take on a busy machine; the promise itself is tested elsewhere."""


@contextmanager
def demo(*options: str) -> Iterator[str]:
    """The address of a running demo; leaving the block stops it as Ctrl-C does."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-open"]
        process = subprocess.Popen(
            [*command, "--data", folder, *options],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "LANG": "C.UTF-8"},
        )
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=STOP_WITHIN)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
    raise AssertionError("the demo said no address")
