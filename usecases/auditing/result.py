"""What came of the last look of the auditor, for whoever shows how the bot does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditResult:
    """The last look."""

    ok: bool
    """Nothing is wrong that stays wrong; what was lost for good, and told, does not count."""
    at: datetime
    """When it ended, aware, in UTC: a result that grows old means that nobody looks."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What is found and not right again, by kind (`checks.CHECKS`)."""
    repaired: int = 0
    """How many findings have been put right since the start."""
