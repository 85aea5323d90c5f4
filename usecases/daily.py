"""What falls due for the city every day: the digest, the list of the night, the batches."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.digests import DigestKind
from casework.people import Role
from usecases import (
    batch,
    board,
    bursts,
    consequences,
    digests,
    filing,
    hear_words,
    next_year,
    orders,
)
from usecases.beats import DRAFT, KINDS
from usecases.figures import MOMENT
from usecases.records import DONE, DueRow
from usecases.sayings import Saying

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.office import Office, Timetable
    from usecases.ports import UnitOfWork
    from usecases.records import Outcome
    from usecases.sayings import Sayings


def seed(office: Office) -> None:
    """At a start: see that each daily thing has its next row."""
    for kind in KINDS:
        plan(office, kind)
    board.seed(office)
    next_year.seed(office)


def awaited(uow: UnitOfWork, timetable: Timetable, kind: str, now: datetime) -> bool:
    """Whether the row that waits stands at a time of the timetable, and skips none to come.

    A clock that was put back comes to times that are used up. What was missed waits at a time that
    is over.
    """
    first = _first(uow, kind)
    if first is None or not _stands(timetable, first):
        return False
    return first.at <= _coming(uow, timetable, kind, now)


def _first(uow: UnitOfWork, kind: str) -> DueRow | None:
    """The row that waits; what was missed and comes in a moment is another matter."""
    return next((row for row in uow.dues.planned(kind) if not row.data), None)


def _stands(timetable: Timetable, row: DueRow) -> bool:
    """Whether a time is one of the timetable: the office may have moved it, or the time zone."""
    return timetable.after(row.kind, row.at - MOMENT) == row.at


def _coming(uow: UnitOfWork, timetable: Timetable, kind: str, now: datetime) -> datetime:
    at = timetable.after(kind, now)
    while uow.dues.used_up(_key(kind, at)):
        at = timetable.after(kind, at)
    return at


def plan(office: Office, kind: str) -> None:
    """See that a kind has one row, for the first of its times that is not used up.

    Where the office has moved a time, what waited for the old one comes at the new one; at once,
    as missed, if that is over: what has not been told of a day must not fall between the two.
    """
    uow, timetable = office.uow, office.timetable
    if awaited(uow, timetable, kind, office.now):
        return
    first = _first(uow, kind)
    for row in uow.dues.planned(kind):
        if not row.data:
            uow.dues.finish(row, state="cancelled")
    moved = _moved(office, first) if first is not None and not _stands(timetable, first) else None
    _owe(office, kind, moved or _coming(uow, timetable, kind, office.now))


def _moved(office: Office, row: DueRow) -> datetime | None:
    """The new time for the day (or month) of a row, if it is over and nothing came of it."""
    if row.kind == "batch" and row.at > office.now:
        return None  # of several a day the next one says what waits for any of them
    day = office.town.day(row.at)
    first = day.replace(day=1) if row.kind == DigestKind.MONTH.value else day
    begin = office.town.midnight_after(first - timedelta(days=1))
    at = office.timetable.after(row.kind, begin - MOMENT)
    over = at <= office.now and not office.uow.dues.used_up(_key(row.kind, at))
    return at if over else None


def _next(office: Office, row: DueRow) -> datetime:
    """The time after that of a row, which may have stood at an earlier one than its own."""
    at = office.timetable.after(row.kind, row.at)
    return at if _key(row.kind, at) != row.key else office.timetable.after(row.kind, at)


def _owe(office: Office, kind: str, at: datetime) -> None:
    office.uow.dues.owe(DueRow(kind=kind, key=_key(kind, at), at=at))


def _key(kind: str, at: datetime) -> str:
    return f"{kind}:{at:%y%m%d%H%M}"


def handle(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """Handle one row that belongs to no case, and plan the next of its kind."""
    outcome = _HANDLERS[row.kind](office, row, sayings)
    if row.kind == "overnight":
        office.uow.prune(office.now)
        office.uow.hushes.prune(office.now)
    if row.kind in KINDS and not row.data:
        _owe(office, row.kind, _next(office, row))
    return outcome


def _draft(office: Office, row: DueRow, _sayings: Sayings) -> Outcome:
    """The draft of the daily filing."""
    return filing.draft(office, row)


def _overnight(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """过夜未结: open dangers, to managers and supervisors privately; else one line in the group."""
    cases = [c for c in office.uow.cases.open_all() if c.danger and c.reported_at <= row.at]
    for case in cases:
        for person in _night_watch(office, case.company):
            sayings.add(
                Saying(person=person, words="overnight", case=case, why="overnight", at=row.at)
            )
    return DONE if cases else ("dropped", "none open")


def _night_watch(office: Office, company: str) -> tuple[str, ...]:
    roster = office.town.roster
    managers = roster.crew(company, Role.MANAGER) if company else ()
    return (*(p.key for p in managers), *office.supervisors())


def _board(office: Office, row: DueRow, _sayings: Sayings) -> Outcome:
    """The board of one group; what has not changed is found out when it is about to be edited."""
    board.queue(office, row)
    return DONE


def _burst(office: Office, row: DueRow, _sayings: Sayings) -> Outcome:
    """A case that is another one now may be like others of late."""
    return bursts.fall_due(office, row)


def _words(office: Office, _row: DueRow, _sayings: Sayings) -> Outcome:
    """Last words are kept for minutes only."""
    kept = office.town.rules.opening.words_kept
    oldest = office.uow.words.purge(office.now - kept)
    if oldest is not None:
        at = oldest + kept + hear_words.MOMENT
        office.uow.dues.add(DueRow(kind="words", key=f"words:{at.isoformat()}", at=at))
    return DONE


def _menu_over(office: Office, row: DueRow, _sayings: Sayings) -> Outcome:
    """A menu that had to stand on the card itself goes after a minute."""
    case = office.uow.cases.get(int(row.data["case"]))
    if case is not None:
        consequences.freshen(office, case, anyway=True)
    return DONE


def _saying(_office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """The quiet hours are over: what they held back is said with all else that was missed."""
    return DONE if sayings.again(row.data) else ("dropped", "its reason has gone")


_HANDLERS = {
    next_year.KIND: next_year.handle,
    **dict.fromkeys((kind.value for kind in DigestKind), digests.fall_due),
    DRAFT: _draft,
    "overnight": _overnight,
    "batch": batch.batch,
    "orders": orders.waiting,
    "board": _board,
    bursts.KIND: _burst,
    "words": _words,
    "menu_over": _menu_over,
    "saying": _saying,
}
