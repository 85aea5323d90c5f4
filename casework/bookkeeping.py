"""What a decision writes into the clock ledger: the case before, the case after, what happened.

Each of the four clocks is read off both cases; where they differ, its hand has moved, and a row
says so. What was asked for, missed, kept or broken has rows of its own.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any, Final

from casework import clockwork, events
from casework.case import Tier
from casework.changing import replace
from casework.ledger import ClockName, Matter, Move, Reading
from casework.ledger_rows import Page, before, reading, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from casework.case import Case
    from casework.events import Event
    from casework.ledger import LedgerRow


def rows(page: Page) -> tuple[LedgerRow, ...]:
    """The rows of a decision, numbered from 1."""
    moved = [one for clock in ClockName for one in _moved(page, clock)]
    moved.sort(key=lambda one: one.what is not Move.ENDED)
    if page.undone:
        written = [*moved, *_unasked(page)]
    else:
        written = [*_missed(page), *moved, *_signed(page), *_asked(page), *_kept(page)]
    return tuple(replace(one, seq=n) for n, one in enumerate(written, start=1))


def _moved(page: Page, clock: ClockName) -> Iterator[LedgerRow]:
    """How a clock's hand moved; another company or stage is an end and a new start."""
    was, now = before(page, clock), reading(clock, page.case, page.act.town)
    anew = clock is ClockName.REPAIR and _starts_anew(page)
    if page.was is not None and anew and now is not None and not page.undone:
        over = row(page, clock, Move.ENDED)
        yield replace(over, company=page.was.company, stage=page.was.stage)
        yield row(page, clock, Move.STARTED, now)
    elif was != now:
        what = Move.UNDONE if page.undone else _what(page, clock, was, now)
        yield row(page, clock, what, now)


def _starts_anew(page: Page) -> bool:
    was, case = page.was, page.case
    if was is None:
        return False
    finished = any(isinstance(event, events.StageFinished) for event in page.happened)
    return finished or (was.company not in {"", case.company} and case.open)


_NAMED: Final[dict[type[Event], Move]] = {
    events.ExtensionGranted: Move.EXTENDED,
    events.CaseSuspended: Move.SUSPENDED,
    events.PromiseAgreed: Move.PROMISED,
}


def _what(page: Page, clock: ClockName, was: Reading | None, now: Reading | None) -> Move:
    if was is None:
        return Move.STARTED
    if now is None:
        unsigned = any(isinstance(event, events.SignMarkedMissing) for event in page.happened)
        return Move.MISSED if unsigned and clock is ClockName.SIGN else Move.ENDED
    if clock is ClockName.REPAIR and (named := _named(page)) is not None:
        return named
    if now.left is not None:
        return Move.STOPPED
    return Move.RESUMED if was.left is not None else Move.CHANGED


def _named(page: Page) -> Move | None:
    found = (_NAMED[type(event)] for event in page.happened if type(event) in _NAMED)
    return next(found, None)


def _asked(page: Page) -> Iterator[LedgerRow]:
    """What waits for a supervisor from now on, and what was declined."""
    for event in page.happened:
        until = _WANTED.get(type(event))
        if until is not None:
            asked = row(page, ClockName.REPAIR, Move.ASKED)
            yield replace(asked, until=until(event, page))
        elif type(event) in _DECLINED:
            yield row(page, ClockName.REPAIR, Move.DECLINED)
        elif isinstance(event, events.TodayGivenUp) and page.case.hours_asked:
            yield row(page, ClockName.REPAIR, Move.ASKED)


def _promised_day(event: events.PromiseAsked, page: Page) -> datetime:
    return page.act.town.midnight_after(event.day)


def _suspended_day(event: events.SuspensionAsked, page: Page) -> datetime:
    return page.act.town.at(event.day, time(0))


def _extended(_event: events.ExtensionAsked, page: Page) -> datetime:
    return clockwork.extended(page.case, page.act.town).deadline


_WANTED: Final[dict[type[Event], Callable[[Any, Page], datetime]]] = {
    events.PromiseAsked: _promised_day,
    events.SuspensionAsked: _suspended_day,
    events.ExtensionAsked: _extended,
}
_DECLINED: Final = frozenset(
    {events.PromiseDeclined, events.ExtensionDeclined, events.SuspensionDeclined}
)


def _unasked(page: Page) -> Iterator[LedgerRow]:
    """An undo of what was asked, or answered, by which no clock had moved."""
    was, case = page.was, page.case
    if was is None:
        return
    asked = {
        Matter.PROMISE: was.promise_asked != case.promise_asked,
        Matter.EXTENSION: was.extension_asked != case.extension_asked,
        Matter.SUSPENSION: was.suspend_asked != case.suspend_asked,
        Matter.HOURS: was.hours_asked != case.hours_asked,
    }
    now = reading(ClockName.REPAIR, case, page.act.town)
    moved = before(page, ClockName.REPAIR) != now
    for matter, changed in asked.items():
        if changed and not moved:
            yield replace(row(page, ClockName.REPAIR, Move.UNDONE, now), matter=matter)


def _missed(page: Page) -> Iterator[LedgerRow]:
    """The limits that had passed before the clock was stopped, or just now."""
    was, case, at = page.was, page.case, page.act.at
    if was is None:
        return
    claim = before(page, ClockName.CLAIM)
    if claim is not None and claim.until is not None and _claim_missed(page, claim.until):
        yield _passed(page, ClockName.CLAIM, claim)
    if _newly_late(was, case, at):
        passed = was.deadline if was.deadline <= at else case.deadline
        limit = Reading(until=passed, stage=was.stage)
        missed = replace(_passed(page, ClockName.REPAIR, limit), span=was.span)
        yield missed
        if was.tier is Tier.PROMISED:
            yield replace(missed, what=Move.BROKEN, asked_by=was.promise_by)
    check = before(page, ClockName.CHECK)
    over = check is not None and reading(ClockName.CHECK, case, page.act.town) is None
    if check is not None and over and check.until is not None and check.until < at:
        yield _passed(page, ClockName.CHECK, check)


def _passed(page: Page, clock: ClockName, limit: Reading) -> LedgerRow:
    """A limit that passed: nobody did it, at the moment at which it ended."""
    missed = row(page, clock, Move.MISSED, limit)
    at = min(limit.until or page.act.at, page.act.at)
    return replace(
        missed, at=at, stage=limit.stage, asked_by="", decided_by="", reason="", photo=""
    )


def _newly_late(was: Case, case: Case, at: datetime) -> bool:
    """Whether a limit passed that has no row yet: what was late under a lower tier has one."""
    late_stage = case.stage_late and not was.stage_late
    known = was.overdue or (was.stage_late and at < was.deadline)
    return not known and (case.overdue or late_stage)


def _claim_missed(page: Page, until: datetime) -> bool:
    """Whether the time for a claim ran out since the ladder was climbed last, or is cut off now."""
    was, case = page.was, page.case
    if was is None or (was.ladder_at is not None and was.ladder_at >= until):
        return False
    climbed = case.ladder_at is not None and case.ladder_at >= until
    gone = reading(ClockName.CLAIM, case, page.act.town) is None
    return climbed or (gone and until < page.act.at)


def _signed(page: Page) -> Iterator[LedgerRow]:
    """A warning sign that nobody had asked for in so many words, placed or missed."""
    if before(page, ClockName.SIGN) is not None:
        return
    for event in page.happened:
        if isinstance(event, events.SignPlaced):
            yield row(page, ClockName.SIGN, Move.ENDED)
        if isinstance(event, events.SignMarkedMissing):
            yield row(page, ClockName.SIGN, Move.MISSED)


def _kept(page: Page) -> Iterator[LedgerRow]:
    """承诺: kept, if the after-photo of the round that passed came in time."""
    case = page.case
    closed = any(isinstance(event, events.CaseClosed) for event in page.happened)
    if closed and case.tier is Tier.PROMISED and case.on_time:
        yield replace(row(page, ClockName.REPAIR, Move.KEPT), asked_by=case.promise_by)
