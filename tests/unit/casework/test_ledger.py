"""The clock ledger: what each decision writes, and that it always tells where the clocks are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import bookkeeping, clockwork, commands, events
from casework.case import Status, Tier
from casework.decide import decide
from casework.ledger import ClockName, LedgerRow, Matter, Move, standing
from casework.ledger_rows import Page, reading
from casework.refusals import Refusal
from tests.unit.casework.people import NINE, SAMPLES, act, after, case, local, town

if TYPE_CHECKING:
    from datetime import datetime

    from casework.act import Act
    from casework.case import Case
    from casework.events import Event

CAST = ("officer01", "repairer01", "manager_east", "supervisor01")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(SAMPLES, key=lambda c: c.__name__)),
        st.sampled_from(CAST),
        st.integers(min_value=0, max_value=900),
        st.booleans(),
    ),
    max_size=25,
)


class Book:
    """A case with its ledger, as the use cases keep it."""

    def __init__(self, one: Case) -> None:
        self.case = one
        self.rows: list[LedgerRow] = []
        reported = events.CaseReported(category="", tier="", deadline=one.deadline)
        self._write(None, one, (reported,), act(one.reporter, one.reported_at))

    def _write(
        self, was: Case | None, one: Case, happened: tuple[Event, ...], by: Act
    ) -> list[LedgerRow]:
        written = bookkeeping.rows(Page(was=was, case=one, happened=happened, act=by))
        self.rows += written
        self.case = one
        return list(written)

    def do(
        self, command: commands.Command, who: str, at: datetime, photo: str = ""
    ) -> list[LedgerRow]:
        """Decide; the rows that were written."""
        by = replace(act(who, at), photo=photo)
        decision = decide(self.case, command, by)
        return self._write(self.case, decision.case, decision.events, by)

    def undo(self, before: Case, at: datetime) -> list[LedgerRow]:
        """Take the last act back."""
        undone = events.PressUndone(back_to=before.status.value)
        return self._write(self.case, before, (undone,), act("repairer01", at))


def taken(**changes: object) -> Book:
    """A case of nine that repairer01 has taken at 9:10."""
    book = Book(case(**changes))
    book.do(commands.Claim(), "repairer01", local(10, 9, 10))
    return book


def told(rows: list[LedgerRow]) -> list[str]:
    """Clock and move of each row."""
    return [f"{row.clock.value} {row.what.value}" for row in rows]


@given(STEPS)
def test_the_rows_always_tell_where_each_clock_stands(
    steps: list[tuple[type[commands.Command], str, int, bool]],
) -> None:
    """Whatever is done, and taken back."""
    book, at = Book(case(delivered_at=NINE)), NINE
    for command, who, minutes, undone in steps:
        at += timedelta(minutes=minutes)
        before = book.case
        try:
            book.do(SAMPLES[command], who, at)
        except Refusal:
            continue
        if undone:
            book.undo(before, at)
        for clock in ClockName:
            wanted = reading(clock, book.case, town())
            found = standing(book.rows, clock)
            if clock in {ClockName.CLAIM, ClockName.REPAIR} or wanted is not None:
                assert found == wanted, clock


def test_a_case_from_the_photo_to_the_close() -> None:
    """The repair clock stops while it is checked, and each clock ends."""
    book = Book(case(tier=Tier.TODAY, delivered_at=NINE))
    assert told(book.rows) == ["claim started", "repair started"]
    assert book.rows[1].until == local(11, 0)
    assert told(book.do(commands.Claim(), "repairer01", local(10, 9, 5))) == ["claim ended"]
    rows = book.do(commands.Submit(), "repairer01", local(10, 10, 20), photo="77")
    assert told(rows) == ["repair stopped", "check started"]
    assert rows[0].left == timedelta(hours=13, minutes=40)
    assert (rows[0].asked_by, rows[0].photo) == ("repairer01", "77")
    rows = book.do(commands.Rework(reason="没压实"), "officer01", local(10, 11))
    assert told(rows) == ["check ended", "repair resumed"]
    assert (rows[1].until, rows[1].decided_by) == (local(11, 0, 40), "officer01")
    assert (rows[1].reason, rows[1].round) == ("没压实", 1)
    book.do(commands.Submit(), "repairer01", local(10, 15))
    book.do(commands.Pass(), "officer01", local(10, 15, 30))
    rows = book.do(commands.Pass(), "repairer01", local(10, 18))
    assert told(rows) == ["check missed", "repair ended", "check ended"]
    assert rows[0].at == local(10, 17), "two hours after the photo"


def test_more_time_names_who_asked_and_who_decided() -> None:
    """延期 twice, one of them declined; then 挂账 and 恢复."""
    book = taken()
    (row,) = book.do(commands.AskExtension(reason="materials"), "repairer01", local(10, 10))
    assert (row.what, row.matter, row.until) == (Move.ASKED, Matter.EXTENSION, local(16, 0))
    (row,) = book.do(commands.AnswerExtension(agree=False), "supervisor01", local(10, 11))
    assert (row.what, row.asked_by, row.decided_by) == (
        Move.DECLINED,
        "repairer01",
        "supervisor01",
    )
    book.do(commands.AskExtension(reason="weather"), "manager_east", local(10, 12))
    (row,) = book.do(commands.AnswerExtension(agree=True), "supervisor01", local(10, 13))
    assert (row.what, row.until, row.reason) == (Move.EXTENDED, local(16, 0), "weather")
    assert row.asked_by == "manager_east"
    day = date(2026, 4, 1)
    book.do(commands.AskSuspension(day=day, reason="permits"), "repairer01", local(11, 9))
    (row,) = book.do(commands.AnswerSuspension(agree=True), "supervisor01", local(11, 12))
    assert (row.what, row.until) == (Move.SUSPENDED, town().midnight_after(date(2026, 3, 31)))
    assert row.left == timedelta(days=4, hours=12)
    (row,) = book.do(commands.Resume(), "repairer01", local(20, 12))
    assert (row.what, row.until) == (Move.RESUMED, local(25, 0))


@pytest.mark.parametrize(("day", "kept"), [(19, True), (22, False)])
def test_a_promise_is_kept_or_broken_once(day: int, kept: bool) -> None:  # noqa: FBT001
    """By the after-photo of the round that passes; a limit that passes breaks it at once."""
    book = taken()
    ask = commands.AskPromise(day=date(2026, 3, 20), reason="permits")
    book.do(ask, "repairer01", local(10, 10))
    (row,) = book.do(commands.AnswerPromise(agree=True), "supervisor01", local(10, 11))
    assert (row.what, row.until, row.company) == (Move.PROMISED, local(21, 0), "east")
    if not kept:
        rows = book.do(commands.MarkOverdue(), "", local(21, 0))
        assert told(rows) == ["repair missed", "repair broken"]
    book.do(commands.Submit(), "repairer01", local(day, 12))
    book.do(commands.Pass(), "officer01", local(day, 13))
    book.do(commands.Pass(), "repairer01", local(day, 13))
    found = [row for row in book.rows if row.what in {Move.KEPT, Move.BROKEN}]
    assert [row.what for row in found] == [Move.KEPT if kept else Move.BROKEN]
    assert {row.asked_by for row in found} == {"repairer01"}


def test_another_company_starts_anew_and_the_same_one_goes_on() -> None:
    """The rest inside the company; from now, and without the mark, for another."""
    book = taken()
    assert book.do(commands.HandOver(person="repairer02"), "manager_east", local(11, 9)) == []
    assert book.case.deadline == local(13, 0)
    book.do(commands.MarkOverdue(), "", local(13, 0))
    rows = book.do(commands.HandOver(person="repairer06"), "supervisor01", local(14, 9))
    assert told(rows) == ["repair ended", "repair started"]
    assert [row.company for row in rows] == ["east", "west"]
    assert book.case.deadline == rows[1].until == local(17, 0)
    assert not book.case.overdue


def test_a_claim_that_came_too_late_is_missed_first() -> None:
    """Ten minutes from the card; the ladder tells it once, when it is climbed past them."""
    book = Book(case(delivered_at=NINE))
    rows = book.do(commands.Claim(), "repairer01", local(10, 9, 25))
    assert told(rows) == ["claim missed", "claim ended"]
    assert rows[0].at == local(10, 9, 10)
    book = Book(case(delivered_at=NINE))
    climbed = replace(book.case, ladder=2, ladder_at=local(10, 9, 10))
    page = Page(was=book.case, case=climbed, happened=(), act=act("", local(10, 9, 10)))
    assert told(list(bookkeeping.rows(page))) == ["claim missed"]


def test_the_warning_sign_has_a_clock_once_it_is_asked_for() -> None:
    """今天修不完 starts it; its photo ends it, 24:00 misses it."""
    book = taken(tier=Tier.TODAY)
    rows = book.do(commands.GiveUpToday(), "repairer01", local(10, 15))
    assert told(rows) == ["sign started", "repair asked"]
    assert rows[0].until == local(11, 0)
    assert rows[1].matter is Matter.HOURS
    rows = book.do(commands.PlaceSign(), "repairer01", local(10, 16), photo="9")
    assert told(rows) == ["sign ended"]
    assert rows[0].photo == "9"
    late = taken()
    late.do(commands.GiveUpToday(), "repairer01", local(10, 15))
    assert told(late.do(commands.MarkSignMissing(), "", local(11, 0))) == ["sign missed"]


def test_an_undo_is_written_down_and_the_clock_is_as_before() -> None:
    """Of an after-photo, and of a question that no clock had felt."""
    book = taken(tier=Tier.TODAY)
    before = book.case
    book.do(commands.Submit(), "repairer01", local(10, 10))
    rows = book.undo(before, local(10, 10, 1))
    assert told(rows) == ["repair undone", "check undone"]
    assert standing(book.rows, ClockName.REPAIR) == reading(ClockName.REPAIR, before, town())
    assert standing(book.rows, ClockName.CHECK) is None
    calm = taken()
    before = calm.case
    calm.do(commands.AskExtension(reason="materials"), "repairer01", local(10, 10))
    (row,) = calm.undo(before, local(10, 10, 1))
    assert (row.what, row.matter) == (Move.UNDONE, Matter.EXTENSION)


def test_an_ended_case_has_no_clock() -> None:
    """退单 while it is suspended."""
    book = taken()
    ask = commands.AskSuspension(day=date(2026, 4, 1), reason="permits")
    book.do(ask, "repairer01", local(10, 10))
    book.do(commands.AnswerSuspension(agree=True), "supervisor01", local(10, 11))
    rows = book.do(commands.Refuse(reason="not-ours"), "supervisor01", local(12, 9))
    assert told(rows) == ["repair ended"]
    assert all(standing(book.rows, clock) is None for clock in ClockName)


def test_a_resumed_clock_is_as_long_as_it_was_stopped() -> None:
    """Whatever the hours of the pause: stopping and going on loses and wins nothing."""
    one = case(tier=Tier.TODAY, status=Status.TAKEN, claimer="repairer01")
    for hours in (0, 1, 100):
        sent = after(one, commands.Submit(), act("repairer01", local(10, 12)))
        again = clockwork.resumed(sent, local(10, 12) + timedelta(hours=hours), town())
        assert again.deadline - one.deadline == timedelta(hours=hours)
        assert again.left is None
