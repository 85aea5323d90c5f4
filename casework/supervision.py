"""The supervision ladder (跟踪督查机制): 提醒 → 督办单 → 报主要负责人 → 提请党组.

The clock reminds and drafts; a supervisor issues. Each limit has a ladder of its own, and a rung is
drafted only after the one before was issued.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework import deadlines, events, refusals
from casework.changing import replace
from casework.nudging import point, runs

if TYPE_CHECKING:
    from datetime import datetime

    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case
    from casework.town import Town

REMINDED: Final = 1
"""提醒: recorded; the reminder of the limit says it."""
WRITTEN: Final = 2
"""督办单."""
REPORTED: Final = 3
"""报主要负责人."""
LAST: Final = 4
"""提请党组."""


def reached(case: Case) -> int:
    """The rung that was reached under the running limit; 0: none."""
    return case.rung if case.rung_limit == case.deadline else 0


def draft_stands(case: Case) -> bool:
    """Whether a draft waits for a supervisor and still has its reason."""
    return case.rung_asked and runs(case) and reached(case) > REMINDED


def upcoming(case: Case, town: Town) -> tuple[int, datetime] | None:
    """The next rung and when it is due; None while a draft waits, or when there is none."""
    rung = _next(case)
    if not rung:
        return None
    due = point(case, town.rules.supervision.of(case.tier).points[rung - 1], town)
    if rung == REMINDED or case.rung_at is None:
        return rung, due
    after = max(due, case.rung_at + town.rules.supervision.gap)
    return rung, deadlines.heard(case, after, town)


def _next(case: Case) -> int:
    """The next rung; 0: there is none."""
    rung = reached(case)
    if not runs(case) or rung >= LAST:
        return 0
    waits = rung > 0 and (case.rung_asked or case.rung_declined)
    return 0 if waits else rung + 1


def dropped(case: Case, now: datetime) -> Case:
    """The case without its draft: nobody needs that rung any more, or not yet again."""
    return replace(case, rung=case.rung - 1, rung_asked=False, rung_at=now)


def remind(case: Case, _command: commands.Remind, act: Act) -> Outcome:
    """Rung 1: the limit has passed, and the repair side is reminded.

    Raises:
        NothingChanged: it was recorded, the clock stands, or the limit has moved on.
    """
    due = upcoming(case, act.town)
    if due is None or due[0] != REMINDED or act.now < due[1]:
        raise refusals.NothingChanged
    changed = replace(
        case,
        rung=REMINDED,
        rung_asked=False,
        rung_declined=False,
        rung_at=act.at,
        rung_limit=case.deadline,
    )
    return changed, events.Reminded(deadline=case.deadline)


def draft(case: Case, _command: commands.DraftOrder, act: Act) -> Outcome:
    """The next rung is drafted and waits for a supervisor.

    Raises:
        NothingChanged: it is not due, or a draft waits already.
    """
    due = upcoming(case, act.town)
    if due is None or due[0] == REMINDED or act.now < due[1]:
        raise refusals.NothingChanged
    changed = replace(case, rung=due[0], rung_asked=True, rung_at=act.at)
    return changed, events.OrderDrafted(rung=due[0])


def issue(case: Case, command: commands.IssueOrder, act: Act) -> Outcome:
    """A supervisor issues a draft.

    Raises:
        Outdated: it was decided already, or its reason has gone.
    """
    _still(case, command.rung)
    changed = replace(case, rung_asked=False, rung_at=act.at)
    return changed, events.OrderIssued(rung=case.rung, number=command.number)


def decline(case: Case, command: commands.DeclineOrder, act: Act) -> Outcome:
    """A supervisor does not issue a draft: the ladder of this limit ends.

    Raises:
        Outdated: it was decided already, or its reason has gone.
    """
    _still(case, command.rung)
    changed = replace(case, rung_asked=False, rung_declined=True, rung_at=act.at)
    return changed, events.OrderDeclined(rung=case.rung)


def _still(case: Case, rung: int) -> None:
    if not draft_stands(case) or case.rung != rung:
        raise refusals.Outdated
