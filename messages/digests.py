"""The daily digest and `/today`: every rate as a fraction and two decimals, half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from messages.letter import Letter, fitting
from messages.lists import case_line
from messages.safe import MESSAGE_UNITS, Html, safe, shown_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.voice import Voice
    from usecases.views import DigestRow, DigestView, Rate


def digest(voice: Voice, view: DigestView) -> Letter:
    """Word a digest; where it is too long, the list of late cases is cut and says by how many."""
    head = list(_head(voice, view))
    grids = [_row(voice, row) for row in view.grids]
    companies = [_row(voice, row) for row in view.companies]
    tail = [
        *([voice.html("digest-grids"), *grids] if grids else []),
        *([voice.html("digest-companies"), *companies] if companies else []),
        voice.html("digest-definition"),
    ]
    tail = fitting(tail, MESSAGE_UNITS // 2, lambda n: voice.html("and-more", n=n))
    room = MESSAGE_UNITS - sum(shown_units(line) + 1 for line in (*head, *tail))
    late = [case_line(voice, line) for line in view.overdue]
    late = fitting(late, room, lambda n: voice.html("and-more", n=n))
    return Letter("\n".join((*head, *late, *tail)))


def rate(rate: Rate) -> str:
    """Return `3/4 75.00%`; nothing out of nothing is no percentage."""
    if not rate.whole:
        return f"{rate.part}/{rate.whole} —"
    percent = Decimal(100 * rate.part) / Decimal(rate.whole)
    return f"{rate.part}/{rate.whole} {percent.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def _head(voice: Voice, view: DigestView) -> Iterator[Html]:
    title = "digest-now" if view.now else "digest-title"
    if view.late:
        yield voice.html("late")
    yield Html(
        f"<b>{voice.html(title, day=voice.day(view.until.astimezone(voice.zone).date()))}</b>"
    )
    yield voice.html("digest-window", since=voice.stamp(view.since), until=voice.stamp(view.until))
    yield voice.html("digest-counts", reported=view.reported, closed=view.closed)
    if view.ended:
        yield voice.html("digest-ended", ended=view.ended)
    yield voice.html("digest-closing", rate=rate(view.closing))
    yield voice.html("digest-on-time", rate=rate(view.on_time))
    tiers = {f"tier_{tier}": view.open_by_tier.get(tier, 0) for tier in "ABC"}
    yield voice.html("digest-open", total=sum(view.open_by_tier.values()), **tiers)
    yield voice.html("digest-overdue", count=len(view.overdue))


def _row(voice: Voice, row: DigestRow) -> Html:
    name = safe(row.name, 40) or voice.text("digest-nowhere")
    if row.grid is not None:
        numbered = voice.text("grid", grid=row.grid)
        plain = row.name in {"", str(row.grid)}
        name = numbered if plain else voice.listed((numbered, name))
    return voice.html(
        "digest-row",
        name=name,
        reported=row.reported,
        closed=row.closed,
        open=row.open,
        overdue=row.overdue,
        rate=rate(row.closing),
    )
