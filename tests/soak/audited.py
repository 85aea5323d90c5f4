"""What the product's own auditor says of a town that was played: it must find nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bot.audit_command import Audit
from bot.progress import Progress
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings


def audited(settings: Settings, now: datetime) -> list[str]:
    """The lines of `xunchaqun audit`, without those of a town in order."""
    said: list[str] = []
    audit = Audit(
        settings=settings,
        clock=ManualClock(now),
        language="en",
        tell=said.append,
        progress=Progress("en", io.StringIO()),
        moment=0,
    )
    code = audit.run(repair=False)
    return said if code else []
