"""Histories are whole, and each case stands where its history has led it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from casework.case import Status
from usecases.auditing import course
from usecases.chain import broken_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.case import Case
    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.records import HistoryRow

_LEADS_TO = {
    "CaseReported": Status.WAITING,
    "CaseClaimed": Status.TAKEN,
    "WorkBegun": Status.REPAIRING,
    "ClosureSubmitted": Status.CHECKING,
    "ReworkOrdered": Status.REWORK,
    "CaseClosed": Status.CLOSED,
    "CaseRefused": Status.REFUSED,
    "CaseWithdrawn": Status.WITHDRAWN,
    "CaseHandedOver": Status.WAITING,
}

_NUMBER = re.compile(r"XC-(\d{4})(\d\d)(\d\d)-\d{4,}")


def broken(scene: Scene) -> Iterator[Finding]:
    """Cases with an event that was changed, taken out or put in."""
    for case in scene.cases.values():
        seq = broken_at(case, scene.histories.get(case.id, ()))
        if seq is not None:
            yield scene.finding("chain-broken", case.id, case.number, case=case.id, seq=seq)


def unlike(scene: Scene) -> Iterator[Finding]:
    """Cases in a state to which their history does not lead."""
    for case in scene.cases.values():
        led = led_to(scene.histories.get(case.id, ()))
        if led and case.status not in led:
            yield scene.finding("status-unlike", case.id, case.number, case=case.id)


def contradicted(scene: Scene) -> Iterator[Finding]:
    """Cases with columns that hold something else than their history leads to.

    A history that does not fit itself is told of as such: it proves nothing.
    """
    for case in scene.cases.values():
        history = scene.histories.get(case.id, ())
        wrong = course.contradicted(case, history)
        wrong += [] if _numbered(case) else ["number"]
        if wrong and broken_at(case, history) is None:
            what = ", ".join(wrong)
            yield scene.finding("case-unlike", case.id, case.number, case=case.id, what=what)


def _numbered(case: Case) -> bool:
    """Whether its number names the city's day of its report, which no zone moves by more."""
    found = _NUMBER.fullmatch(case.number)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    return abs(date(year, month, day) - case.reported_at.date()) <= timedelta(days=1)


def led_to(history: Iterable[HistoryRow]) -> frozenset[Status]:
    """The states to which these events may have led; none: there are no events."""
    led: frozenset[Status] = frozenset()
    for row in history:
        led = _after(led, row)
    return led


def _after(led: frozenset[Status], row: HistoryRow) -> frozenset[Status]:
    if row.event in _LEADS_TO:
        return frozenset({_LEADS_TO[row.event]})
    if row.event == "PressUndone":
        return frozenset({Status(row.data["back_to"])})
    if row.event == "StageFinished" and Status.TAKEN in led:
        # Proven by a photo of the work, not by the warning sign, it means that work goes on.
        return led | {Status.REPAIRING}
    if row.event == "PhotosAdded" and row.data["count"] < 0 and Status.CHECKING in led:
        # Without its after-photo, which was another case's, the repair is owed again.
        return led | {Status.TAKEN, Status.REWORK}
    return led
