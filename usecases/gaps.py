"""More than a day without a word from the platform: it keeps nothing longer, so much is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from usecases import supervisors
from usecases.inspecting import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.office import Office

WORDS = "gap"
KEPT = timedelta(hours=24)
"""How long Telegram keeps updates for a bot."""
HEARD, GAP = "heard", "gap"
"""The marks of the last word from the platform, and of the last gap: its end, and its seconds."""


def last_heard(office: Office) -> datetime | None:
    """When the platform was last heard, as far as it was written down."""
    mark = office.uow.marks.get(HEARD)
    return mark.at if mark is not None else None


def heard(office: Office, since: datetime | None, at: datetime) -> bool:
    """Write down that the platform was heard; whether the time before was a gap.

    `since`: when this process heard it before, if that was not written down. A gap is told once:
    its mark and the message are one transaction with the new time.
    """
    known = max((moment for moment in (since, last_heard(office)) if moment), default=None)
    office.uow.marks.put(Mark(name=HEARD, at=at))
    if known is None or at - known <= KEPT:
        return False
    office.uow.marks.put(Mark(name=GAP, at=at, value=int((at - known).total_seconds())))
    fields = {"gap_from": known.isoformat(), "gap_to": at.isoformat()}
    supervisors.tell(office, f"{WORDS}:{known.isoformat()}", {"words": WORDS, "fields": fields})
    return True


def note(office: Office, at: datetime) -> None:
    """Write down when the platform was last heard, at a stop; another process may know better."""
    known = last_heard(office)
    if known is None or known < at:
        office.uow.marks.put(Mark(name=HEARD, at=at))
