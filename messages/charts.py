"""The plain words and lengths that the picture of a review shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from messages.digests import title
from messages.figures import row_name
from messages.rates import rate
from messages.reviews import MOST_COMPANIES, days, first_day, last_day

if TYPE_CHECKING:
    from messages.voice import Voice
    from usecases.digest_views import ChartView, DigestView, Past, Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class BarLabels:
    """One bar: its share, and the rate beside it."""

    share: float | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowLabels:
    """One window or company."""

    label: str
    note: str
    bars: tuple[BarLabels, BarLabels]
    strong: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartLabels:
    """All words of the picture: plain, in one language."""

    title: str
    legend: tuple[str, str]
    panels: tuple[tuple[str, tuple[RowLabels, ...]], ...]


def labels(voice: Voice, view: ChartView) -> ChartLabels:
    """Return what the picture shows: the windows compared, and the companies."""
    digest = view.digest
    spans = [
        _row(voice, _days(voice, digest.kind, digest), digest.total, strong=True),
        *(_row(voice, _days(voice, digest.kind, p), p.tally) for p in digest.findings.past),
    ]
    companies = [
        _row(voice, row_name(voice, "company", row), row.tally)
        for row in [row for row in digest.rows.get("company", ()) if row.key][:MOST_COMPANIES]
    ]
    heading = "chart-weeks" if digest.kind == "week" else "chart-months"
    panels = ((heading, spans), ("chart-companies", companies))
    return ChartLabels(
        title=_plain(title(voice, digest)),
        legend=(str(voice.text("chart-closing")), str(voice.text("chart-on-time"))),
        panels=tuple((str(voice.text(key)), tuple(rows)) for key, rows in panels if rows),
    )


def _days(voice: Voice, kind: str, span: Past | DigestView) -> str:
    """The days of a window, as short as they can be."""
    if kind == "month":
        return days(voice, kind, span)
    first, last = first_day(voice, span), last_day(voice, span)
    return voice.text(
        "chart-days",
        since_month=first.month,
        since_day=first.day,
        until_month=last.month,
        until_day=last.day,
    )


def _plain(text: str) -> str:
    """Without the sign that opens it: pictures draw letters, not emoji."""
    return str(text).partition(" ")[2] or str(text)


def _row(voice: Voice, label: str, tally: Tally, *, strong: bool = False) -> RowLabels:
    note = voice.text("chart-counts", reported=tally.reported, overdue=tally.overdue)
    bars = (_bar(tally.closed, tally.owed), _bar(tally.on_time, tally.owed))
    return RowLabels(label=str(label), note=str(note), bars=bars, strong=strong)


def _bar(part: int, whole: int) -> BarLabels:
    return BarLabels(share=part / whole if whole else None, words=rate(part, whole))
