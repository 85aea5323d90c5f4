"""Text from elsewhere, such as a backup or the database, made safe to be shown on a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What moves the cursor, colours, turns the writing round, or is no character at all."""


def harmless(text: str) -> str:
    """The same on one line: no name or caption may forge a second one or colour the terminal."""
    return _CONTROL.sub("?", text.replace("\r\n", "⏎").replace("\n", "⏎"))
