"""What a review of a week or month says beyond the figures: trend, causes, the companies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from messages.figures import NAME_UNITS
from messages.rates import change, lasting, rate
from messages.safe import Html, bold, joined, safe
from messages.voice import DEFECT_UNITS, REASON_UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from messages.voice import Voice
    from usecases.digest_views import Cause, DigestView, Past, Promises, Tally

TOP: Final = 5
MOST_COMPANIES: Final = 10
"""So many are compared; a picture of many more would be too high to be sent."""
_MOST_REASONS: Final = 4
_MOMENT: Final = timedelta(microseconds=1)
_SIDE: Final = "｜"


def trend(voice: Voice, view: DigestView) -> Iterator[Html]:
    """Compare with each of the earlier windows."""
    past = view.findings.past
    if past:
        yield bold(voice.html(f"digest-trend-{view.kind}"))
        yield from (_past(voice, view, one) for one in past)


def _past(voice: Voice, view: DigestView, past: Past) -> Html:
    now, then = view.total, past.tally
    return voice.html(
        "digest-past",
        days=days(voice, view.kind, past),
        reported=then.reported,
        closing=_against((now.closed, now.owed), (then.closed, then.owed)),
        on_time=_against((now.on_time, now.owed), (then.on_time, then.owed)),
    )


def _against(now: tuple[int, int], then: tuple[int, int]) -> str:
    """An earlier rate, and by how much the present one is above or below it."""
    return f"{rate(*then)} {change(now, then)}".rstrip()


def days(voice: Voice, kind: str, span: Past | DigestView) -> str:
    """Name the days of a window: a month by its name, a week by its ends."""
    first = first_day(voice, span)
    if kind == "month":
        return voice.text("digest-month", year=first.year, month=first.month)
    last = voice.day(last_day(voice, span))
    return voice.text("digest-days", since=voice.day(first), until=last)


def first_day(voice: Voice, span: Past | DigestView) -> date:
    """The city's day on which a window begins."""
    return span.since.astimezone(voice.zone).date()


def last_day(voice: Voice, span: Past | DigestView) -> date:
    """The city's day on which a window ends; one that ends at midnight, the day before."""
    return (span.until - _MOMENT).astimezone(voice.zone).date()


def often(voice: Voice, view: DigestView) -> Iterator[Html]:
    """Name the defects and the places of which most cases were filed."""
    rows = sorted(view.rows.get("category", ()), key=lambda row: -row.tally.filed)
    defects = [
        voice.text("digest-count", name=voice.label(row.names, DEFECT_UNITS), n=row.tally.filed)
        for row in rows
        if row.names is not None and row.tally.filed
    ]
    places = [
        voice.text("digest-count", name=safe(name, NAME_UNITS), n=count)
        for name, count in view.findings.places
    ]
    for key, named in (("digest-top-defects", defects), ("digest-top-places", places)):
        if named:
            yield voice.html(key, list=voice.text("comma").join(named[:TOP]))


def causes(voice: Voice, view: DigestView) -> Iterator[Html]:
    """Say why work was done anew, refused or put off, as people wrote it down."""
    if view.findings.causes:
        yield bold(voice.html("digest-causes"))
        yield from (_cause(voice, cause) for cause in view.findings.causes)


def _cause(voice: Voice, cause: Cause) -> Html:
    said = [
        voice.text("digest-count", name=_reason(voice, reason), n=count)
        for reason, count in cause.reasons[:_MOST_REASONS]
    ]
    left = sum(count for _, count in cause.reasons[_MOST_REASONS:])
    more = [voice.text("digest-count", name=voice.text("cause-others"), n=left)] if left else []
    return voice.html(
        f"cause-{cause.kind}",
        count=sum(count for _, count in cause.reasons),
        reasons=voice.text("comma").join([*said, *more]),
    )


def _reason(voice: Voice, reason: str) -> str:
    return safe(voice.reason(reason), REASON_UNITS // 4) or voice.text("cause-unsaid")


def companies(voice: Voice, view: DigestView, most: int) -> Iterator[Html]:
    """Set so many companies side by side on what became of their cases."""
    every = [row for row in view.rows.get("company", ()) if row.key]
    rows = every[:most]
    if not rows:
        return
    names = _SIDE.join(safe(row.name or row.key, NAME_UNITS) for row in rows)
    yield bold(voice.html("digest-companies", names=names))
    for key, figure in _COMPARED:
        values = _SIDE.join(figure(voice, row.tally) for row in rows)
        yield voice.html("digest-side", name=voice.text(f"side-{key}"), values=values)
    promises = {one.company: one for one in view.findings.promises}
    told = [_promises(promises.get(row.name)) for row in rows]
    yield voice.html("digest-side", name=voice.text("side-promises"), values=_SIDE.join(told))
    if len(every) > len(rows):
        yield voice.html("digest-more-companies", n=len(every) - len(rows))


def _promises(promises: Promises | None) -> str:
    """Promises kept, of those whose time is over: kept and broken ones."""
    kept, broken = (promises.kept, promises.broken) if promises else (0, 0)
    return rate(kept, kept + broken)


def _time(voice: Voice, seconds: int | None) -> str:
    return "—" if seconds is None else lasting(voice, seconds)


_COMPARED: Final[tuple[tuple[str, Callable[[Voice, Tally], str]], ...]] = (
    ("reported", lambda _, t: str(t.reported)),
    ("closing", lambda _, t: rate(t.closed, t.owed)),
    ("on-time", lambda _, t: rate(t.on_time, t.owed)),
    ("reworked", lambda _, t: rate(t.reworked, t.owed)),
    ("extended", lambda _, t: rate(t.extended, t.owed)),
    ("overdue", lambda _, t: str(t.overdue)),
    ("claim", lambda voice, t: _time(voice, t.claim)),
    ("mend", lambda voice, t: _time(voice, t.mend)),
    ("own", lambda _, t: rate(t.own, t.filed)),
)
"""How the companies are compared: outcomes alone, never people."""


def lasted(voice: Voice, name: str, pairs: list[tuple[Html, int]]) -> Iterator[Html]:
    """Name the slowest or the fastest cases, and how long they took."""
    if pairs:
        yield bold(voice.html(f"digest-{name}"))
        for case, seconds in pairs:
            yield joined(" · ", [case, Html(lasting(voice, seconds))])
