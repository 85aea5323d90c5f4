"""The digests and `/today`: short lines, lists that are cut and say by how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from messages import figures, reviews
from messages.letter import Letter, keyboard
from messages.lists import case_number, mark
from messages.safe import MESSAGE_UNITS, Html, bold, escaped, joined, safe, shown_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from messages.voice import Voice
    from usecases.digest_views import ChartView, DigestView
    from usecases.views import CaseLine

_MOST: Final = (reviews.MOST_COMPANIES, 6, 4, 2, 1, 0)
"""So many cases a list names, and companies are compared; the next number is taken where a message
would be too long."""
_PLACE_UNITS: Final = 24
_BESIDE_COMPANIES: Final = figures.BREAKDOWNS[1:]
"""A review sets the companies side by side instead."""


def digest(voice: Voice, view: DigestView) -> Letter:
    """Word a digest; where it is too long, its lists are cut further."""
    text = Html("")
    for most in _MOST:
        text = Html("\n".join(_layout(voice, view, most)))
        if shown_units(text) <= MESSAGE_UNITS:
            break
    return Letter(text, keyboard(voice, view.buttons))


def chart(voice: Voice, view: ChartView) -> Letter:
    """Word the one line below the picture of a review."""
    words = {"late": voice.text("late"), "has_late": "yes" if view.digest.late else "no"}
    return Letter(voice.html("chart-caption", title=title(voice, view.digest), **words))


def title(voice: Voice, view: DigestView) -> str:
    """Name a digest and its days."""
    first, last = reviews.first_day(voice, view), reviews.last_day(voice, view)
    return voice.text(
        f"digest-title-{view.kind}",
        day=voice.day(last),
        since=voice.day(first),
        year=first.year,
        month=first.month,
    )


def _layout(voice: Voice, view: DigestView, most: int) -> Iterator[Html]:
    if view.late:
        yield voice.html("late")
    yield bold(escaped(title(voice, view)))
    yield from _BODIES[view.kind](voice, view, most)
    if view.remark:
        yield voice.html("digest-remark", remark=safe(view.remark), by=voice.name(view.remark_by))


def _window(voice: Voice, view: DigestView) -> Html:
    return voice.html("digest-window", since=voice.stamp(view.since), until=voice.stamp(view.until))


def _meet(voice: Voice, view: DigestView, most: int) -> Iterator[Html]:
    """日碰头: what is open, what ends today, what is late; the cases by name."""
    yield _window(voice, view)
    yield from figures.standing(voice, view)
    yield from figures.states(voice, view)
    yield voice.html("digest-since-last", reported=view.total.reported, closed=view.total.closed)
    yield from _cases(voice, "digest-list-overdue", view.overdue, most)
    yield from _cases(voice, "digest-list-due", view.due, most)
    yield from _numbers(voice, "digest-list-overnight", view.overnight, most)


def _filing(voice: Voice, view: DigestView, most: int) -> Iterator[Html]:
    """日报备, its draft, and the figures now."""
    yield _window(voice, view)
    yield from figures.totals(voice, view)
    yield from figures.standing(voice, view)
    yield from _cases(voice, "digest-list-overdue", view.overdue, most)
    yield from figures.breakdowns(voice, view, most)


def _draft(voice: Voice, view: DigestView, most: int) -> Iterator[Html]:
    yield voice.html("digest-draft")
    yield from _filing(voice, view, most)


def _review(voice: Voice, view: DigestView, most: int) -> Iterator[Html]:
    """周分析 and 月小结: the figures, the trend, defects, places, causes, the companies."""
    yield from figures.totals(voice, view)
    yield from figures.standing(voice, view)
    yield from reviews.trend(voice, view)
    yield from reviews.often(voice, view)
    yield from reviews.causes(voice, view)
    yield from reviews.companies(voice, view, most)
    for name in ("slowest", "fastest"):
        pairs = getattr(view.findings, name)[:most]
        yield from reviews.lasted(voice, name, [(_brief(voice, one), s) for one, s in pairs])
    yield from _cases(voice, "digest-list-overdue", view.overdue, most)
    yield from figures.breakdowns(voice, view, most, _BESIDE_COMPANIES)


def _cases(voice: Voice, key: str, lines: Sequence[CaseLine], most: int) -> Iterator[Html]:
    """Name the cases of a list below its title."""
    if not lines:
        return
    yield bold(voice.html(key, count=len(lines)))
    for line in lines[:most]:
        limit = voice.text("line-limit", limit=voice.limit(line.deadline))
        yield joined(" · ", [_brief(voice, line), escaped(limit)])
    if len(lines) > most:
        yield voice.html("and-more", n=len(lines) - most)


def _brief(voice: Voice, line: CaseLine) -> Html:
    """One case, short enough for a phone: mark, number, defect, place."""
    place = safe(line.place, _PLACE_UNITS) if line.place.strip() else voice.place("", line.grid)
    shown = voice.html(
        "line-case", mark=mark(line), number=case_number(line), defect=voice.label(line.defect)
    )
    return joined(" · ", [shown, escaped(place)])


def _numbers(voice: Voice, key: str, lines: Iterable[CaseLine], most: int) -> Iterator[Html]:
    """The numbers of a list on one line."""
    numbers = [case_number(line) for line in lines]
    if numbers:
        more = [voice.html("and-more", n=len(numbers) - most)] if len(numbers) > most else []
        shown = joined(voice.text("comma"), [*numbers[:most], *more])
        yield voice.html(key, count=len(numbers), numbers=shown)


_BODIES: Final[dict[str, Callable[[Voice, DigestView, int], Iterator[Html]]]] = {
    "meet": _meet,
    "filing": _filing,
    "draft": _draft,
    "today": _filing,
    "week": _review,
    "month": _review,
}
