"""Phone numbers in people's words: the bot repeats what was said, but never a number to call."""

from __future__ import annotations

import re
from typing import Final

from casework.folding import fold

MARK: Final = "☎"
"""What stands where a phone number stood."""

_PHONE: Final = re.compile(
    r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<![\d-])\(?0[1-9]\d{1,2}[-) ]{1,2}\d{7,8}(?!\d)"
    r"|(?:(?<=电话)|(?<=手机)|(?<=座机)|(?<=号码)|(?<=tel))[:是 ]{0,3}\d[\d -]{5,12}\d",
)


def without_phones(text: str) -> str:
    """Return `text` with a mark where a mobile or landline number stood, in any width."""
    for found in reversed(list(_PHONE.finditer(fold(text)))):
        text = text[: found.start()] + MARK + text[found.end() :]
    return text
