"""A case as it stood earlier: whatever happened since, the figures of then stay the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given

from casework import commands
from casework.case import Status, Tier
from casework.refusals import Refusal
from tests.unit.casework.people import NINE, SAMPLES, case, local, town
from tests.unit.casework.test_ledger import STEPS, Book, taken
from usecases.figures import Window, tally
from usecases.rewind import as_of

if TYPE_CHECKING:
    from datetime import datetime

    from casework.case import Case

MOMENT = timedelta(microseconds=1)


def stood(book: Book, moment: datetime) -> Case:
    """The case as of a moment."""
    return as_of(book.case, book.rows, moment, town())


def test_an_extension_of_later_is_none_yet() -> None:
    """Limit and count are those of before."""
    book = taken()
    book.do(commands.AskExtension(reason="materials"), "repairer01", local(10, 10))
    book.do(commands.AnswerExtension(agree=True), "supervisor01", local(10, 11))
    before, since = stood(book, local(10, 10, 30)), stood(book, local(10, 11, 1))
    assert (before.deadline, before.extensions) == (local(13, 0), 0)
    assert (since.deadline, since.extensions) == (local(16, 0), 1)


def test_a_close_a_rework_and_a_mend_of_later_are_undone() -> None:
    """At eleven it waited for its first check; at ten nobody had mended it."""
    book = taken()
    book.do(commands.Submit(), "repairer01", local(10, 10, 20))
    book.do(commands.Rework(), "officer01", local(10, 12))
    book.do(commands.Submit(), "repairer01", local(10, 14))
    book.do(commands.Pass(), "officer01", local(10, 15))
    book.do(commands.Pass(), "repairer01", local(10, 15))
    waiting = stood(book, local(10, 11))
    assert (waiting.status, waiting.submitted_at) == (Status.CHECKING, local(10, 10, 20))
    assert (waiting.round, waiting.closed_at) == (0, None)
    assert stood(book, local(10, 10)).status is Status.TAKEN
    assert stood(book, local(10, 13)).round == 1
    assert stood(book, local(10, 9, 5)).status is Status.WAITING
    assert stood(book, local(10, 16)) == replace(book.case)


def test_a_claim_stays_where_it_was_though_the_case_was_handed_over_since() -> None:
    """Taken before ten, given away at eleven and taken again at twelve."""
    book = taken(delivered_at=NINE)
    first = book.case.claimed_at
    book.do(commands.HandOver(person="repairer02"), "manager_east", local(10, 11))
    book.do(commands.Claim(), "repairer02", local(10, 12))
    before, since = stood(book, local(10, 10, 30)), stood(book, local(10, 13))
    assert (before.claimed_at, before.status) == (first, Status.TAKEN)
    assert since.claimed_at == local(10, 12)


def test_a_suspension_of_later_is_none_yet() -> None:
    """And one that stood then stands, though the case has been resumed since."""
    book = taken()
    ask = SAMPLES[commands.AskSuspension]
    book.do(ask, "manager_east", local(10, 10))
    book.do(commands.AnswerSuspension(agree=True), "supervisor01", local(10, 11))
    book.do(commands.Resume(), "supervisor01", local(12, 9))
    assert stood(book, local(10, 10, 30)).suspended_until is None
    assert stood(book, local(11, 9)).suspended_until == date(2026, 4, 1)
    assert stood(book, local(12, 10)).suspended_until is None


@given(STEPS)
def test_the_figures_of_an_earlier_end_stay_the_same(
    steps: list[tuple[type[commands.Command], str, int, bool]],
) -> None:
    """Whatever is done since: open, owed, overdue, reworked and extended are those of then."""
    book, at = Book(case(delivered_at=NINE, tier=Tier.THREE_DAYS)), NINE
    known = [(at + MOMENT, book.case)]
    for command, who, minutes, _undone in steps:
        at += timedelta(minutes=minutes + 1)
        try:
            book.do(SAMPLES[command], who, at)
        except Refusal:
            continue
        known.append((at + MOMENT, book.case))
    for moment, then in known:
        window = Window(since=NINE, until=moment, town=town())
        told = tally(window, [stood(book, moment)])
        wanted = tally(window, [then])
        for name in ("open", "owed", "overdue", "closed", "on_time", "reworked", "extended"):
            assert getattr(told, name) == getattr(wanted, name), name
