"""What a case's own columns must hold, by the events of its chained history alone.

Told is only what events carry for certain. Where an event changes a column without saying to what,
or whether, several values are right or any; an undo may have led back to whatever was before.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casework.case import Case
    from usecases.records import HistoryRow

Values = frozenset[Any]
"""What a column may hold; nothing: anything may be right."""
Course = dict[str, Values]
ANY: Final[Values] = frozenset()
UNSURE: Final[Values] = frozenset({True, False})
_NOBODY: Final[Values] = frozenset({""})


def contradicted(case: Case, history: Iterable[HistoryRow]) -> list[str]:
    """The columns of a case that its history does not lead to."""
    led = led_to(history)
    return [name for name, right in led.items() if right and getattr(case, name) not in right]


def led_to(history: Iterable[HistoryRow]) -> Course:
    """The values to which these events may have led, by column."""
    course: Course = {}
    ever: dict[str, set[Values]] = {}
    for row in history:
        course |= _back(ever) if row.event == "PressUndone" else _after(course, row)
        for name, values in course.items():
            ever.setdefault(name, set()).add(values)
    return course


def _back(ever: Mapping[str, set[Values]]) -> Course:
    """Undone: a column holds what it held some time before."""
    return {
        name: ANY if ANY in all_of else frozenset().union(*all_of) for name, all_of in ever.items()
    }


def _after(course: Course, row: HistoryRow) -> Course:
    if row.event == "CaseReported":
        return _reported(row)
    step = _STEPS.get(row.event)
    changed = step(row) if step is not None else {}
    if row.event == "PhotosAdded" and row.data["count"] < 0:
        changed = _photos_gone(course)
    return _limit(row) | changed


def _is(value: object) -> Values:
    return frozenset({value})


def _reported(row: HistoryRow) -> Course:
    """A company's own patrol has taken its case at once; a cure is reported by whoever closed."""
    given = row.data
    repairer = given.get("repairer", "")
    return {
        "reported_at": _is(row.at),
        "category": _is(given["category"]),
        "tier": _is(given["tier"]),
        "place": _is(given.get("place", "")),
        "grid": _is(given.get("grid")),
        "reporter": ANY if given.get("cures") else _is(row.actor),
        "cures": _is(given.get("cures", "")),
        "repairer": _is(repairer),
        "claimer": frozenset({"", repairer}),
        "claimed_at": frozenset({None, row.at}),
        "deadline": _is(datetime.fromisoformat(given["deadline"])),
        "round": _is(0),
        "patrol_key": _NOBODY,
        "repair_key": _NOBODY,
        "overdue": _is(value=False),
        "closed_at": _is(None),
        "on_time": _is(None),
        "main": _NOBODY,
    }


_MOVED: Final = frozenset({"CaseHandedOver", "CaseMoved", "PromiseAgreed", "ReworkOrdered"})
"""Events that move the limit without telling where to."""
_MARKS: Final = frozenset({"OverdueMarked", "Reminded"})
"""Events that name the limit as it stands."""


def _limit(row: HistoryRow) -> Course:
    """The limit and its mark: what moves the limit may take the mark away."""
    if row.event == "OverdueMarked":
        return {"overdue": _is(value=True)}
    if row.event == "ClosureSubmitted":
        return {"overdue": _is(bool(row.data.get("late")))}
    until = row.data.get("deadline")
    if until and row.event not in _MARKS:
        return {"overdue": UNSURE, "deadline": _is(datetime.fromisoformat(until))}
    moved = row.event in _MOVED or "for_whom" in row.data
    return {"overdue": UNSURE, "deadline": ANY} if moved else {}


def _claimed(row: HistoryRow) -> Course:
    to = row.data.get("for_whom", "")
    given = {"repairer": _is(to)} if to else {}
    return {"claimer": _is(to or row.data["by"]), "claimed_at": _is(row.at), **given}


def _placed(row: HistoryRow) -> Course:
    """An event without a grid leaves that as it is."""
    grid = row.data.get("grid")
    return {"place": _is(row.data.get("place", ""))} | ({"grid": _is(grid)} if grid else {})


def _submitted(_row: HistoryRow) -> Course:
    return {"patrol_key": _NOBODY, "repair_key": _NOBODY}


def _reworked(row: HistoryRow) -> Course:
    return {"round": _is(row.data["round"]), **_submitted(row)}


def _ended(row: HistoryRow) -> Course:
    return {"closed_at": _is(row.at)}


def _photos_gone(course: Course) -> Course:
    """Without its after-photo, which was another case's, no check is open, nor a key turned."""
    keys = {name: course[name] | _NOBODY for name in ("patrol_key", "repair_key")}
    return {"overdue": UNSURE, **keys}


_STEPS: Mapping[str, Callable[[HistoryRow], Course]] = {
    "CaseClaimed": _claimed,
    "CaseClosed": lambda row: {"on_time": _is(bool(row.data.get("on_time"))), **_ended(row)},
    "CaseRefused": _ended,
    "CaseWithdrawn": _ended,
    "CaseHandedOver": lambda row: {
        "repairer": _is(row.data["to"]),
        "claimer": _NOBODY,
        "claimed_at": _is(None),
    },
    "CaseMoved": lambda row: {"repairer": _is(row.data.get("repairer", ""))},
    "CaseJoined": lambda row: {"main": _is(row.data["main"])},
    "CaseParted": lambda _row: {"main": _NOBODY},
    "CategoryChanged": lambda row: {"category": _is(row.data["category"])},
    "ClosureSubmitted": _submitted,
    "KeyTurned": lambda row: {f"{row.data['side']}_key": _is(row.data["by"])},
    "PlaceChanged": _placed,
    "PromiseAgreed": lambda _row: {"tier": _is("C")},
    "PromiseWithdrawn": lambda _row: {"tier": _is("B")},
    "ReworkOrdered": _reworked,
    "TierChanged": lambda row: {"tier": _is(row.data["tier"])},
}
