"""What falls due: one pass over the due rows, each handled once, together by person.

Steps and reminders that are due together are one message per person. What is handled late,
because the bot was away, is told as missed: one message per person that names it all.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from casework import commands
from casework.agenda import Kind
from casework.decide import decide
from casework.refusals import Refusal
from casework.rules import Circle
from usecases import daily, ladder, orders, reminders, saving
from usecases.circles import circle
from usecases.inspecting import Mark
from usecases.records import DONE
from usecases.sayings import Saying, Sayings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casework.case import Case
    from usecases.office import Office
    from usecases.records import DueRow, Outcome

log = logging.getLogger(__name__)

BATCH = 500
"""Due rows read at a time."""
REACHED = "due"
"""The mark of the latest moment up to which anything fell due."""
MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""Errors of the program itself."""


def fall_due(office: Office) -> int:
    """Handle everything that is due by now; returns how many rows that were."""
    sayings = Sayings(office)
    handled = 0
    climbing = False
    while rows := office.uow.dues.claim(office.now, BATCH):
        climbing = climbing or any(row.kind == Kind.LADDER for row in rows)
        handled += _finish(office, rows, sayings)
    if climbing:
        handled += _finish(office, _steps_soon(office), sayings)
    sayings.send()
    if handled:
        _reach(office)
    return handled


def _reach(office: Office) -> None:
    """Note how far what falls due has come, so that nothing can pass for done before its time.

    Of a clock that was put back the latest moment counts.
    """
    reached = office.now + office.town.rules.ladder.together
    known = office.uow.marks.get(REACHED)
    if known is None or known.at < reached:
        office.uow.marks.put(Mark(name=REACHED, at=reached))


def _finish(office: Office, rows: Sequence[DueRow], sayings: Sayings) -> int:
    for row in rows:
        try:
            state, note = _handle(office, row, sayings)
        except MISTAKES as error:
            # One row that fails would fail at every start, and nothing would ever fall due again.
            log.exception("a due row failed", extra={"action": "due.failed", "case": row.case_id})
            state, note = "dropped", f"failed: {type(error).__name__}"
        office.uow.dues.finish(row, state=state, note=note)
    return len(rows)


def _steps_soon(office: Office) -> Sequence[DueRow]:
    """Steps of the ladder due within moments: they go into the same messages."""
    soon = office.now + office.town.rules.ladder.together
    return [row for row in office.uow.dues.claim(soon, BATCH) if row.kind == Kind.LADDER]


def _handle(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    if not row.case_id:
        return daily.handle(office, row, sayings)
    case = office.uow.cases.get(row.case_id)
    if case is None:
        return "dropped", "no such case"
    return _HANDLERS[Kind(row.kind)](office, case, row, sayings)


def _mark(office: Office, case: Case, row: DueRow, _sayings: Sayings) -> Outcome:
    command = commands.MarkOverdue() if row.kind == Kind.OVERDUE else commands.MarkSignMissing()
    act = office.act(None, row.at)
    try:
        decision = decide(case, command, act)
    except Refusal as refusal:
        return "dropped", type(refusal).__name__
    saving.save(office, case, decision.case, decision.events, act)
    return DONE


def _resume(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """挂账 ends on its day: the clock goes on, and who mends it is told in the morning."""
    act = office.act(None, row.at)
    try:
        decision = decide(case, commands.Resume(), act)
    except Refusal as refusal:
        return "dropped", type(refusal).__name__
    case = saving.save(office, case, decision.case, decision.events, act)
    words = why = "resumed"
    for person in circle(office, case, Circle.REPAIRER):
        sayings.add(Saying(person=person, words=words, case=case, why=why, at=row.at))
    return DONE


_HANDLERS: dict[Kind, Callable[[Office, Case, DueRow, Sayings], Outcome]] = {
    Kind.LADDER: ladder.step,
    Kind.OVERDUE: _mark,
    Kind.RESUME: _resume,
    Kind.SIGN_MISSING: _mark,
    Kind.SIGN: reminders.sign,
    Kind.CHECK_PATROL: reminders.check_patrol,
    Kind.CHECK_SUPERVISOR: reminders.check_supervisor,
    Kind.CHECK_EVENING: reminders.check_supervisor,
    Kind.NUDGE: reminders.nudge,
    Kind.RUNG: orders.rung,
}
