"""Cases in lists: one compact line each, and what a notice sets around them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from messages.cards import MARKS, OVERDUE_MARK
from messages.letter import Letter, fitting, keyboard
from messages.replies import refusal
from messages.safe import MESSAGE_UNITS, Html, escaped, joined, safe, shown_units
from messages.sharing import Share, ToldCase, shared_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.voice import Voice
    from usecases.views import CaseLine, Name, NoticeView

_MIXED: Final = frozenset({"nudge", "nudge-watch", "nudge-watched", "missed", "batch", "order-ask"})
"""Notices whose cases are there for different reasons; the others say it themselves."""
SHORT_PLACE: Final = 24
"""Units of a place on the board."""
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def notice(voice: Voice, view: NoticeView) -> Letter:
    """Word a notice: whom it is for, what it is about, the cases, the buttons."""
    head = list(_head(voice, view))
    rest = MESSAGE_UNITS - sum(shown_units(line) + 1 for line in head)
    body = [_reasoned(voice, view, line) for line in view.lines]
    shown = fitting(body, rest, lambda n: voice.html("and-more", n=n))
    rest -= sum(shown_units(line) + 1 for line in shown)
    shares = [_share(voice, view, *some) for some in view.people]
    named = shared_out(voice, shares, rest)
    return Letter("\n".join((*head, *shown, *named)), keyboard(voice, view.buttons))


def _share(
    voice: Voice, view: NoticeView, people: tuple[Name, ...], lines: tuple[CaseLine, ...]
) -> Share:
    """People and their cases; what was missed has what presses first, else limits say it."""
    names = joined(voice.text("comma"), [voice.mention(one) for one in people])
    ranks = [0.0 if view.late else (one.check_until or one.deadline).timestamp() for one in lines]
    cases = [
        ToldCase(one.number, rank, _reasoned(voice, view, one))
        for one, rank in zip(lines, ranks, strict=True)
    ]
    return Share(names, tuple(cases))


def case_line(voice: Voice, line: CaseLine) -> Html:
    """Word one case of a list; the number leads to the card where the platform has such links."""
    case = voice.html(
        "line-case", mark=mark(line), number=case_number(line), defect=voice.label(line.defect)
    )
    return joined(" · ", [case, escaped(voice.place(line.place, line.grid)), _limit(voice, line)])


def _limit(voice: Voice, line: CaseLine) -> Html:
    """Say which clock runs, and until when."""
    if line.suspended_until is not None:
        return voice.html("line-suspended", day=voice.day(line.suspended_until))
    if line.check_until is not None:
        return voice.html("line-checking", limit=voice.limit(line.check_until, tomorrow=True))
    return voice.html("line-limit", limit=voice.limit(line.deadline, tomorrow=True))


def short_line(voice: Voice, line: CaseLine) -> Html:
    """Word one case of the board: what it is, where, and until when."""
    case = voice.html(
        "line-case", mark=mark(line), number=case_number(line), defect=voice.label(line.defect)
    )
    where = safe(line.place, SHORT_PLACE) or voice.place("", line.grid)
    return joined(" · ", [case, escaped(where), escaped(voice.limit(line.deadline))])


def _reasoned(voice: Voice, view: NoticeView, line: CaseLine) -> Html:
    """Word a case with why it stands in this list, and when that was due if it is told late."""
    parts = [case_line(voice, line)]
    if line.words and view.words in _MIXED:
        parts.append(_why(voice, line.words))
    if line.at and view.late:
        parts.append(voice.html("line-due-at", at=voice.stamp(line.at)))
    return joined(" · ", parts)


def _why(voice: Voice, words: str) -> Html:
    """Word why a case stands in a list; reminders and drafts name the point, or the rung."""
    kind, _, number = words.rpartition("-")
    if kind and number.isdecimal():
        return voice.html(f"line-{kind}", point=int(number))
    return voice.html(f"line-{words}")


def _head(voice: Voice, view: NoticeView) -> Iterator[Html]:
    if view.late:
        yield voice.html("late")
    tagged = [] if voice.private else [voice.mention(name) for name in view.to]
    if tagged:
        yield joined(voice.text("comma"), tagged)
    if view.refusal is not None:
        yield escaped(refusal(voice.catalogue, view.refusal, voice.language))
        return
    yield voice.html(f"notice-{view.words}", **_fields(voice, view))


def _fields(voice: Voice, view: NoticeView) -> dict[str, str | int]:
    """Say what a notice is about in the reader's language; facts hold days as ISO 8601."""
    fields = {name: voice.value(value) for name, value in view.fields.items()}
    day = view.fields.get("day")
    if isinstance(day, str) and _ISO_DAY.fullmatch(day):
        fields["day"] = voice.day(date.fromisoformat(day))
    if "order" in view.fields:
        fields["order"] = voice.order(str(view.fields["order"]))
    until = view.fields.get("until")
    if isinstance(until, str) and until:
        fields["until"] = voice.limit(datetime.fromisoformat(until))
    for name in {"gap_from", "gap_to"} & view.fields.keys():
        fields[name] = voice.stamp(datetime.fromisoformat(str(view.fields[name])))
    fields |= {f"has_{name}": "yes" if value else "no" for name, value in view.fields.items()}
    fields["why"] = voice.why(str(view.fields.get("reason", "")))
    fields.setdefault("count", len(view.lines) + sum(len(lines) for _, lines in view.people))
    return fields


def mark(line: CaseLine) -> str:
    """The mark of a case in a list."""
    return OVERDUE_MARK if line.overdue else MARKS[line.status]


def case_number(line: CaseLine) -> Html:
    """Link to the card: a supergroup's messages have an address of their own."""
    number = escaped(safe(line.number))
    chat, _, message = line.link.partition("/")
    inner = chat.removeprefix("-100")
    if inner != chat and f"{inner}{message}".isascii() and inner.isdigit() and message.isdigit():
        return Html(f'<a href="https://t.me/c/{inner}/{message}">{number}</a>')
    return number
