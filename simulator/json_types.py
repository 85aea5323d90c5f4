"""The one name for a JSON object, as the Bot API speaks it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
