"""What a look at one thing found: one line of the doctor's."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Mark(StrEnum):
    """How a thing stands."""

    GOOD = "✓"
    LOOK = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's."""

    mark: Mark
    text: str
    """The text of the command line that tells it."""
    fields: Mapping[str, object] = field(default_factory=dict)
