"""Exit codes that shells have for what ends a program from outside; 128 and the signal's number."""

from __future__ import annotations

INTERRUPTED = 130
"""After Ctrl-C."""
CUT_OFF = 141
"""When nobody reads its output any more."""
