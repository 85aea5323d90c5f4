"""The clock ledger of a case in words: one line per row, oldest first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from casework.ledger import ClockName, Matter, Move
from messages.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casework.ledger import LedgerRow
    from messages.safe import Html
    from messages.voice import Voice
    from usecases.views import DossierView

_ABOUT: Final = frozenset({Move.ASKED, Move.DECLINED})
"""Moves whose words depend on what was asked for."""
_SIGN: Final = {Move.ENDED: "sign-placed", Move.MISSED: "sign-missing"}
COMPANY_UNITS: Final = 40
_NOTHING: Final = timedelta(0)


def ledger_lines(voice: Voice, view: DossierView) -> Iterator[Html]:
    """Say the rows one after the other; an extension knows the limit of before, and its number."""
    until: datetime | None = None
    company, extended = "", 0
    for row in view.ledger:
        repairs = row.clock is ClockName.REPAIR
        extended += row.what is Move.EXTENDED
        moved = repairs and company not in {"", row.company}
        fields = {
            **_fields(voice, view, row),
            "was": voice.limit(until) if until else "",
            "count": extended,
        }
        yield _line(voice, row, _key(row, anew=moved), fields)
        if repairs and row.until and row.what not in {*_ABOUT, Move.SUSPENDED}:
            until = row.until
        company = row.company if repairs else company


def _line(voice: Voice, row: LedgerRow, key: str, fields: dict[str, str | int]) -> Html:
    fields |= {f"has_{name}": "yes" if value else "no" for name, value in fields.items()}
    photo = "yes" if row.photo else "no"
    what = voice.html(f"ledger-{key}", **fields)
    return voice.html("ledger-line", at=voice.stamp(row.at), what=what, photo=photo)


def _key(row: LedgerRow, *, anew: bool) -> str:
    if row.what in _ABOUT:
        return f"{row.what.value}-{row.matter.value}"
    if row.what is Move.STARTED and anew:
        return "transferred"
    return _SIGN.get(row.what, row.what.value) if _of_sign(row) else row.what.value


def _of_sign(row: LedgerRow) -> bool:
    """Whether it tells of the sign itself: it stands, as its photo shows, or it is missing."""
    return row.clock is ClockName.SIGN and (row.what is Move.MISSED or row.photo != "")


def _fields(voice: Voice, view: DossierView, row: LedgerRow) -> dict[str, str | int]:
    company, left = view.companies.get(row.company, row.company), row.left
    return {
        "clock": _clock(voice, row),
        "asked": voice.name(view.names.get(row.asked_by, row.asked_by)),
        "decided": voice.name(view.names.get(row.decided_by, row.decided_by)),
        "why": voice.text("aside", reason=voice.reason(row.reason)) if row.reason else "",
        "until": voice.limit(row.until) if row.until else "",
        "day": voice.day(row.until.astimezone(voice.zone).date()) if row.until else "",
        "left": voice.lasting(abs(left), view.card.case.span.kind) if left is not None else "",
        "over": "yes" if left is not None and left < _NOTHING else "no",
        "company": safe(company, COMPANY_UNITS),
        "cause": _cause(row),
    }


def _clock(voice: Voice, row: LedgerRow) -> str:
    """Name the clock: the repair clock by its stage, where it has stages."""
    if row.stage:
        return voice.text(f"stage-{row.stage}")
    return voice.text(f"clock-{row.clock.value}")


def _cause(row: LedgerRow) -> str:
    """Why a clock goes on: the day of a suspension, a failed check, or a photo that was moved."""
    if row.matter is Matter.SUSPENSION:
        return "suspension"
    return "rework" if row.decided_by else "photo"
