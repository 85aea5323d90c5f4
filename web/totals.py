"""What is counted while the bot runs, for `/metrics`; from zero at every start."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from usecases.auditing.result import AuditResult


@dataclass(kw_only=True, slots=True)
class Totals:
    """Counts that only grow."""

    updates: int = 0
    """Updates taken in and committed; one that came twice counts twice."""
    batches: int = 0
    """Transactions in which they were."""
    quarantined: int = 0
    """Updates that failed and were put aside."""
    answers: Counter[int] = field(default_factory=Counter)
    """Answers of Telegram by HTTP status; 429 is a limit that was met."""
    told: Counter[str] = field(default_factory=Counter)
    """Calls by which people were told something and that succeeded, by method."""
    audit: AuditResult | None = None
    """What came of the auditor's last look; None: it has not looked yet, or does not."""
