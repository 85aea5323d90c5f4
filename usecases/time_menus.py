"""The levels of the menu that are about time: another limit, 延期, 承诺, 挂账."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import Tier
from casework.clockwork import plain_today
from usecases.views import Action, Button, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casework.case import Case
    from casework.people import Person
    from usecases.office import Office

REASONS = {
    Level.PROMISE: ("long-works", "materials", "weather", "permits"),
    Level.EXTEND: ("materials", "weather", "permits", "long-works"),
    Level.SUSPEND: ("permits", "funds", "owner", "season"),
}
"""The reasons offered by button; each is `reason-<code>` of the catalogue."""


def deadlines(office: Office, case: Case, _person: Person, _chosen: str) -> Iterator[Button]:
    """Hours first, then whole days, which nobody counts in hours; a danger has no days."""
    offered = [("hours", hours, hours) for hours in office.town.rules.limits.hours_choices]
    if not plain_today(case, office.town):
        offered += [("days", days, 24 * days) for days in (2, 3, 7)]
    for word, number, hours in offered:
        yield Button(
            action=Action.DEADLINE,
            case_id=case.id,
            arg=str(hours),
            word=word,
            fields={word: number},
        )


def promises(office: Office, case: Case, _person: Person, chosen: str) -> Iterator[Button]:
    """承诺: a date and a reason."""
    days = office.town.rules.limits.promise_days
    yield from _dated(case, Action.PROMISE, Level.PROMISE, days, chosen)


def suspensions(office: Office, case: Case, _person: Person, chosen: str) -> Iterator[Button]:
    """挂账: a day and a reason."""
    days = office.town.rules.limits.suspend_days
    yield from _dated(case, Action.SUSPEND, Level.SUSPEND, days, chosen)


def _dated(
    case: Case, action: Action, level: Level, offered: Iterable[int], chosen: str
) -> Iterator[Button]:
    """The dates with the chosen reason; below, the other reasons."""
    reasons = REASONS[level]
    reason = chosen if chosen in reasons else reasons[0]
    for days in offered:
        yield Button(
            action=action,
            case_id=case.id,
            arg=f"{days}.{reason}",
            word="days",
            fields={"days": days},
        )
    for other in reasons:
        mark = "reason-chosen" if other == reason else "reason-offered"
        yield Button(
            action=Action.MORE,
            case_id=case.id,
            arg=f"{level.value}.{other}",
            word=f"{mark}-{other}",
        )


def extensions(_office: Office, case: Case, _person: Person, _chosen: str) -> Iterator[Button]:
    """延期: a reason; how long it is needs no choice."""
    for reason in REASONS[Level.EXTEND]:
        yield Button(action=Action.EXTEND, case_id=case.id, arg=reason, word=f"reason-{reason}")


def _extendable(office: Office, case: Case) -> bool:
    """延期: once more the limit that still runs; a danger and a promise have other ways."""
    if case.left is not None or case.overdue or case.extension_asked:
        return False
    if case.tier is Tier.PROMISED or plain_today(case, office.town):
        return False
    return case.extensions < office.town.rules.limits.extensions


def _suspendable(office: Office, case: Case) -> bool:
    """挂账: nothing that must be done today."""
    if case.left is not None or case.overdue or case.suspend_asked or case.danger:
        return False
    return case.suspensions < office.town.rules.limits.suspensions


OFFERED: dict[Level, Callable[[Office, Case], bool]] = {
    Level.EXTEND: _extendable,
    Level.SUSPEND: _suspendable,
}
