"""What no database takes in text: halves of surrogate pairs, and NUL. No person can type either."""

from __future__ import annotations

from typing import Any

NUL = "\x00"


def storable(value: Any) -> Any:  # noqa: ANN401 - any JSON, in and out
    """The same JSON with `?` in the place of each such character."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace(NUL, "?")
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    return value
