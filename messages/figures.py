"""The lines of figures that all digests share, and the rows of their breakdowns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework.case import Status, Tier
from messages.rates import lasting, rate
from messages.safe import Html, bold, escaped, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.voice import Voice
    from usecases.digest_views import DigestView, Row, Tally

NAME_UNITS: Final = 24
_ROWS: Final = 3
"""A breakdown shows so many times as many rows as a list shows cases."""
BREAKDOWNS: Final = ("company", "grid", "category", "source", "tier")
_STATES: Final = (
    Status.WAITING,
    Status.TAKEN,
    Status.REPAIRING,
    Status.CHECKING,
    Status.REWORK,
)


def totals(voice: Voice, view: DigestView) -> Iterator[Html]:
    """Say what came in, what was taken, what had to be closed and was."""
    total = view.total
    yield voice.html(
        "digest-reported",
        reported=total.reported,
        filed=total.filed,
        dispatched=total.dispatched,
    )
    if view.ended:
        yield voice.html("digest-ended", ended=view.ended)
    yield claimed(voice, total)
    yield voice.html("digest-owed", owed=total.owed, closed=total.closed)
    yield voice.html("digest-closing", rate=rate(total.closed, total.owed))
    yield voice.html("digest-on-time", rate=rate(total.on_time, total.owed))
    yield voice.html("digest-extended", rate=rate(total.extended, total.owed))
    yield voice.html("digest-reworked", rate=rate(total.reworked, total.owed))


def claimed(voice: Voice, total: Tally) -> Html:
    """Say how many were taken, and how fast."""
    if total.claim is None:
        return voice.html("digest-claimed-none")
    return voice.html("digest-claimed", count=total.claimed, lasting=lasting(voice, total.claim))


def standing(voice: Voice, view: DigestView) -> Iterator[Html]:
    """Say how many are open, by tier, and how many of them are late."""
    by_tier = {row.key: row.tally.open for row in view.rows.get("tier", ())}
    tiers = {f"tier_{tier.value}": by_tier.get(tier.value, 0) for tier in Tier}
    yield voice.html("digest-open", total=view.total.open, **tiers)
    yield voice.html("digest-late-ones", overdue=view.total.overdue, overnight=view.total.overnight)


def states(voice: Voice, view: DigestView) -> Iterator[Html]:
    """Say where the open cases stand."""
    parts = [
        voice.text("digest-count", name=voice.text(f"status-{one.value}", round=0), n=count)
        for one in _STATES
        if (count := view.states.get(one, 0))
    ]
    if parts:
        yield escaped(voice.listed(parts))


def breakdowns(
    voice: Voice, view: DigestView, most: int, names: tuple[str, ...] = BREAKDOWNS
) -> Iterator[Html]:
    """Show the figures by company, grid, category, source and tier; each folds on the phone."""
    for name in names:
        rows = [row for row in view.rows.get(name, ()) if not row.tally.empty]
        if rows:
            yield bold(voice.html(f"digest-by-{name}"))
            lines = [_row(voice, name, row) for row in rows[: most * _ROWS]]
            if len(rows) > len(lines):
                lines.append(voice.html("and-more-rows", n=len(rows) - len(lines)))
            yield Html("<blockquote expandable>" + "\n".join(lines) + "</blockquote>")


def _row(voice: Voice, dimension: str, row: Row) -> Html:
    figures = voice.listed(_figures(voice, row.tally))
    return voice.html("digest-row", name=row_name(voice, dimension, row), figures=figures)


def row_name(voice: Voice, dimension: str, row: Row) -> str:
    """Name a row as its reader knows it."""
    if not row.key:
        return voice.text("digest-nowhere")
    if dimension == "grid":
        return voice.text("grid", grid=int(row.key))
    if dimension == "category" and row.names is not None:
        return voice.label(row.names)
    if dimension == "company":
        return safe(row.name or row.key, NAME_UNITS)
    key = f"{dimension}-{row.key.lower()}"
    return voice.text(key) if voice.catalogue.has(key) else safe(row.key, NAME_UNITS)


def _figures(voice: Voice, tally: Tally) -> Iterator[str]:
    """Name each figure that is not nothing."""
    if tally.reported:
        yield voice.text("row-reported", n=tally.reported)
    if tally.claim is not None:
        yield voice.text("row-claimed", n=tally.claimed, lasting=lasting(voice, tally.claim))
    yield from _rates(voice, tally)
    for name in ("open", "overdue", "overnight"):
        if count := getattr(tally, name):
            yield voice.text(f"row-{name}", n=count)


def _rates(voice: Voice, tally: Tally) -> Iterator[str]:
    """The two rates of closing always, the others where they are not nothing."""
    if tally.owed:
        yield voice.text("row-closing", rate=rate(tally.closed, tally.owed))
        yield voice.text("row-on-time", rate=rate(tally.on_time, tally.owed))
    for name, part in (("extended", tally.extended), ("reworked", tally.reworked)):
        if part:
            yield voice.text(f"row-{name}", rate=rate(part, tally.owed))
