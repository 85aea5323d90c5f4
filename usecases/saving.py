"""Save a decision: the case, its history, what people must be told, and what will fall due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import bookkeeping, deadlines
from casework.agenda import Kind, agenda
from casework.case import Status
from casework.changing import replace
from casework.events import (
    ClosureSubmitted,
    KeyTurned,
    OrderDeclined,
    PhotosAdded,
    StopgapMarked,
)
from casework.ledger_rows import Page
from casework.supervision import REMINDED
from usecases import aftermath, board, bursts, card_shown, chain, consequences, drafts
from usecases.books import Books
from usecases.records import DueRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from casework.act import Act
    from casework.agenda import Entry
    from casework.case import Case
    from casework.events import Event
    from casework.town import Town
    from usecases.office import Office


def open_case(office: Office, case: Case, happened: Iterable[Event], act: Act) -> Case:
    """Keep a new case."""
    happened = tuple(happened)
    case = _chained(office, case, happened, act)
    office.uow.cases.add(case)
    _book(office, Page(was=None, case=case, happened=happened, act=act))
    schedule(office, case)
    board.touch(office, case.chat)
    return case


def save(office: Office, was: Case, case: Case, happened: Iterable[Event], act: Act) -> Case:
    """Keep a changed case; returns it as it was kept."""
    happened = tuple(happened)
    case = _chained(office, drafts.settle(office, was, case), happened, act)
    office.uow.cases.save(case, was=was)
    page = Page(was=was, case=case, happened=happened, act=act)
    _book(office, page)
    schedule(office, case, undone=page.undone)
    if _shown(happened) and card_shown.of_case(was) != card_shown.of_case(case):
        # First the card: what follows may wait for its photos, and a case is told in order.
        consequences.freshen(office, case, wait=_wait(office, case, happened))
        board.touch(office, case.chat)
    for event in happened:
        consequences.tell(office, case, event, act)
    bursts.look_soon(office, was, case)
    return aftermath.follow(office, was, case, act, _BOOKS)


_BOOKS = Books(open=open_case, save=save)


def _book(office: Office, page: Page) -> None:
    """Write down how the clocks of a case have moved."""
    written = bookkeeping.rows(page)
    if written:
        last = office.uow.clock.last_seq(page.case.id)
        office.uow.clock.append(replace(row, seq=last + row.seq) for row in written)


def _shown(happened: Iterable[Event]) -> bool:
    """Whether a card tells of it at all: that nothing was issued stands in the history alone."""
    return any(not isinstance(event, OrderDeclined) for event in happened)


def _wait(office: Office, case: Case, happened: Iterable[Event]) -> timedelta | None:
    """How long the card may stand as it is: the sheet tells of an after-photo, a toast of a key."""
    if case.status is not Status.CHECKING:
        return None
    pace = office.town.rules.pace
    waits = {ClosureSubmitted: pace.after_sheet, PhotosAdded: pace.after_sheet}
    waits |= {StopgapMarked: pace.after_sheet, KeyTurned: pace.first_key}
    return min((waits.get(type(one), timedelta()) for one in happened), default=None)


def _chained(office: Office, case: Case, happened: Iterable[Event], act: Act) -> Case:
    for event in happened:
        row = chain.link(case, event, actor=act.key, at=act.at)
        office.uow.history.append(row)
        case = replace(case, history_seq=row.seq, history_hash=row.hash)
    return case


CHECKS = frozenset({Kind.CHECK_PATROL, Kind.CHECK_SUPERVISOR})
"""Reminders that may be later than the agenda says: their sheet waited for the bot."""
_AT_ONCE = frozenset({Kind.LADDER, Kind.SIGN})
_LATE = CHECKS | _AT_ONCE | {Kind.OVERDUE, Kind.RESUME, Kind.RUNG}
"""These are owed however late; a reminder of what was never future is not."""


def schedule(
    office: Office, case: Case, *, undone: bool = False, moved: Collection[str] = ()
) -> None:
    """Make the due rows of a case those of its agenda; an undo brings back cancelled ones too.

    `moved`: keys of rows whose own time is not to be trusted; theirs is the agenda's.
    """
    entries = agenda(case, office.town)
    if any(entry.at <= office.now for entry in entries):
        rows = office.uow.dues.of_case(case.id)
        known = {row.key: row.at for row in rows if undone or row.state == "pending"}
        known |= {entry.key: entry.at for entry in entries if entry.key in moved}
        owed = (e for e in entries if _owed(e, office, known))
        entries = tuple(_in_time(case, entry, office, known) for entry in owed)
    office.uow.dues.set_case(case.id, [_row(case, entry) for entry in entries])


def _owed(entry: Entry, office: Office, known: Mapping[str, datetime]) -> bool:
    return entry.at > office.now or entry.key in known or entry.kind in _LATE


def _in_time(case: Case, entry: Entry, office: Office, known: Mapping[str, datetime]) -> Entry:
    """What becomes owed after its hour is said now, and is not told as missed.

    So is a step that the night had put off, when the case becomes a danger. A check whose photo
    waited for the bot is asked for by its sheet: reminders follow from then.
    """
    if entry.at >= office.now:
        return entry
    if entry.kind in CHECKS:
        late = from_the_sheet(case, entry, office.town, office.now)
        return entry._replace(at=known.get(entry.key, late))
    if entry.kind in _AT_ONCE or (entry.kind, entry.step) == (Kind.RUNG, REMINDED):
        return entry._replace(at=min(known.get(entry.key, office.now), office.now))
    return entry


def from_the_sheet(case: Case, entry: Entry, town: Town, sent: datetime) -> datetime:
    """When a check is reminded of whose sheet goes out at `sent`."""
    limits = town.rules.limits
    patrol = entry.kind is Kind.CHECK_PATROL
    after = limits.check_patrol if patrol else limits.check_supervisor
    return deadlines.heard(case, sent + after, town)


def _row(case: Case, entry: Entry) -> DueRow:
    data = {"step": entry.step} if entry.step else {}
    return DueRow(kind=entry.kind.value, key=entry.key, case_id=case.id, at=entry.at, data=data)
