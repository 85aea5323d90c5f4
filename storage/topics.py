"""What a commit may have changed, as far as somebody waits for it."""

from __future__ import annotations

from typing import Final

OUTBOX: Final = "outbox"
"""There may be something to send."""
PHOTOS: Final = "photos"
"""There may be something to fetch."""
DUES: Final = "dues"
"""Something may fall due earlier than it was."""
CHATS: Final = "chats"
"""The groups have changed."""
RULES: Final = "rules"
"""The category file has changed."""
WORK: Final = frozenset({OUTBOX, PHOTOS, DUES})
"""All that any process may do."""
EVERYTHING: Final = WORK | {CHATS, RULES}
