"""`/case`: the card, then the clock ledger and the history in words, one line per row."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from casework import events
from messages.cards import card_text, standard
from messages.ledgers import ledger_lines
from messages.letter import Letter, fitting, keyboard
from messages.links import six_steps
from messages.safe import MESSAGE_UNITS, Html, safe, shown_units
from usecases.views import Action, Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from messages.voice import Voice
    from usecases.records import HistoryRow
    from usecases.views import DossierView

_MOMENTS: Final = timedelta(minutes=1)
_PERSON: Final = "person"
_CODES: Final = {
    "by": _PERSON,
    "for_whom": _PERSON,
    "repairer": _PERSON,
    "to": _PERSON,
    "CaseMoved.was": _PERSON,
    "CaseHandedOver.was": _PERSON,
    "tier": "tier",
    "TierChanged.was": "tier",
    "back_to": "status",
    "phase": "phase",
    "category": "category",
    "CategoryChanged.was": "category",
    "reason": "reason",
    "OrderIssued.number": "order",
    "stage": "stage",
    "next": "stage",
}
"""Fields that hold keys and codes, by name or by event and name: what they are codes of."""


def dossier(voice: Voice, view: DossierView) -> Letter:
    """Word a dossier; of what is too long, the latest part is shown, and a button leads on."""
    head = _head(voice, view)
    clocks, title = voice.html("ledger-title"), voice.html("history-title")
    moves = list(ledger_lines(voice, view))
    told = [history_line(voice, view, row) for row in _gathered(view.history)]
    if view.before is not None:
        moves, told = moves[: view.before[0]], told[: view.before[1]]
    room = MESSAGE_UNITS - _units([*head, clocks, title]) - 3
    ledger = _latest(voice, moves, max(room // 2, room - _units(told)))
    history = _latest(voice, told, room - _units(ledger.lines))
    parts = (part for part in ((clocks, ledger), (title, history)) if part[1].lines)
    lines = (line for words, part in parts for line in ("", words, *part.lines))
    earlier = _earlier(view, ledger.left, history.left)
    return Letter("\n".join((*head, *lines)), keyboard(voice, earlier))


def _head(voice: Voice, view: DossierView) -> list[Html]:
    """The card; over what came before, only which case it is of."""
    if view.before is not None:
        return [voice.html("dossier-earlier", number=view.card.case.number)]
    head = [Html(card_text(voice, view.card))]
    if view.card.standard and not any("📏" in line for line in head):
        head.append(standard(voice, view.card.standard))
    return [*head, six_steps(voice, view)]


def _earlier(view: DossierView, ledger: int, history: int) -> tuple[tuple[Button, ...], ...]:
    if not ledger and not history:
        return ()
    arg = f"{ledger}.{history}"
    return ((Button(action=Action.EARLIER, case_id=view.card.case.id, arg=arg),),)


def _units(lines: Sequence[Html]) -> int:
    return sum(shown_units(line) + 1 for line in lines)


class _Latest(NamedTuple):
    lines: list[Html]
    left: int
    """How many lines came earlier."""


def _latest(voice: Voice, lines: list[Html], room: int) -> _Latest:
    """The last lines, as many as there is room for; how many came earlier is said first."""
    shown = fitting(lines[::-1], room, lambda n: voice.html("history-earlier", n=n))
    cut = len(shown) - 1 if shown != lines[::-1] else len(lines)
    return _Latest(shown[::-1], len(lines) - cut)


def _gathered(history: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Say the photos of an album in one line: each item came as an event of its own."""
    rows: list[HistoryRow] = []
    for row in history:
        before = rows[-1] if rows else None
        if before is not None and _same_album(before, row):
            count = before.data.get("count", 0) + row.data.get("count", 0)
            rows[-1] = replace(before, data={**before.data, "count": count})
        else:
            rows.append(row)
    return rows


def _same_album(before: HistoryRow, row: HistoryRow) -> bool:
    """Whether both add photos of one phase by one person within moments."""
    return (
        before.event == row.event == "PhotosAdded"
        and before.actor == row.actor
        and before.data.get("phase") == row.data.get("phase")
        and before.data.get("count", 0) > 0
        and row.data.get("count", 0) > 0
        and row.at - before.at < _MOMENTS
    )


def history_line(voice: Voice, view: DossierView, row: HistoryRow) -> Html:
    """Return one event in words; an event of a later version is named, not dropped."""
    at = voice.stamp(row.at)
    actor = voice.name(view.names.get(row.actor, row.actor)) or voice.text("bot-name")
    key = f"event-{kebab(row.event)}"
    kind: type[events.Event] | None = getattr(events, row.event, None)
    if kind is None or not voice.catalogue.has(key):
        return voice.html("history-line", at=at, actor=actor, what=safe(row.event))
    said = {f.name: _said(voice, view, row, f.name, str(f.type)) for f in fields(kind)}
    said |= {f"has_{name}": "yes" if value else "no" for name, value in said.items()}
    if isinstance(count := said.get("count"), int):
        said |= {"count": abs(count), "away": "yes" if count < 0 else "no"}
    said["why"] = voice.why(str(row.data.get("reason", "")))
    if "place" in said:
        said["where"] = voice.place(str(said["place"]), row.data.get("grid"))
    return voice.html("history-line", at=at, actor=actor, what=voice.html(key, **said))


def kebab(name: str) -> str:
    """Return a class's name as the catalogue's keys have it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _said(voice: Voice, view: DossierView, row: HistoryRow, name: str, kind: str) -> str | int:
    """Return one field of an event in words; what the history left out was empty."""
    value = row.data.get(name)
    if kind == "bool":
        return "yes" if value else "no"
    if value is None:
        return 0 if kind.startswith("int") else ""
    if kind == "datetime":
        return voice.limit(datetime.fromisoformat(value))
    if kind == "date":
        return voice.day(date.fromisoformat(value))
    code = _CODES.get(f"{row.event}.{name}") or _CODES.get(name)
    return _decoded(voice, view, code, value) if code else value


def _decoded(voice: Voice, view: DossierView, code: str, value: str) -> str:
    match code:
        case "person":
            return voice.name(view.names.get(value, value))
        case "category":
            return voice.label(view.categories[value]) if value in view.categories else value
        case "reason":
            return voice.reason(value)
        case "order":
            return voice.order(value)
        case _:
            key = f"{code}-{value.lower()}"
            return voice.text(key, round=0) if voice.catalogue.has(key) else value
