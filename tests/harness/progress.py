"""How far a long run is: one line that grows on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

EVERY = 10.0
"""Seconds between two lines where nobody watches."""


class Progress:
    """Says how far it is."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._said = time.monotonic()

    def tell(self, words: str) -> None:
        """So far."""
        now = time.monotonic()
        if self._live:
            sys.stderr.write(f"\r{words} ")
        elif now - self._said >= EVERY:
            self._said = now
            sys.stderr.write(f"{words}\n")
        sys.stderr.flush()

    def done(self) -> None:
        """End the line."""
        if self._live:
            sys.stderr.write("\n")


def show(report: dict[str, Any], *, as_json: bool) -> None:
    """Print a report: all of it for a program, the figures and what was wrong for people."""
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    for name, found in report.items():
        if name == "wrong":
            sys.stdout.write("".join(f"WRONG {words}\n" for words in found))
        elif not isinstance(found, dict | tuple):
            sys.stdout.write(f"{name}: {found}\n")
