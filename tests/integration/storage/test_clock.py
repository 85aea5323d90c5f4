"""The shelf of the clock ledger: rows come back as they were, in order, by case and by time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casework.ledger import ClockName, LedgerRow, Matter, Move
from casework.spans import Span, TimeKind
from tests.integration.storage.cast import MINUTE, NOON, Book, pothole


@pytest.fixture
def book(book: Book) -> Book:
    """The database with two cases."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(pothole(2))
    return book


def row(seq: int, case_id: int = 1, **changes: Any) -> LedgerRow:
    """A row of the ledger, so many minutes after noon."""
    base: dict[str, Any] = {
        "case_id": case_id,
        "seq": seq,
        "at": NOON + seq * MINUTE,
        "clock": ClockName.REPAIR,
        "what": Move.STARTED,
    }
    return LedgerRow(**{**base, **changes})


FULL = row(
    2,
    what=Move.EXTENDED,
    matter=Matter.EXTENSION,
    asked_by="repairer01",
    decided_by="supervisor01",
    reason="等材料",
    photo="77",
    until=NOON + timedelta(days=3),
    span=Span(kind=TimeKind.WORKDAYS, amount=5),
    left=timedelta(hours=13, minutes=40, microseconds=1),
    stage="restore",
    round=2,
    company="east",
)


def test_rows_come_back_to_the_microsecond_and_in_order(book: Book) -> None:
    """With everything they hold; the number of the last one is known before and after writing."""
    with book.work() as unit:
        unit.clock.append([row(1), FULL])
        unit.clock.append([row(1, case_id=2)])
        assert (unit.clock.last_seq(1), unit.clock.last_seq(2)) == (2, 1)
        assert unit.clock.of(1) == [row(1), FULL]
    with book.work() as unit:
        assert unit.clock.last_seq(1) == 2
        assert unit.clock.last_seq(3) == 0
        unit.clock.append([row(3)])
        assert unit.clock.of(1) == [row(1), FULL, row(3)]


def test_the_rows_of_a_window_begin_after_its_start(book: Book) -> None:
    """Its end belongs to it; cases beside each other, by time."""
    with book.work() as unit:
        unit.clock.append([row(1), row(2), row(3), row(2, case_id=2)])
    with book.work() as unit:
        found = unit.clock.between(NOON + MINUTE, NOON + 3 * MINUTE)
        assert found == [row(2), row(2, case_id=2), row(3)]


def test_what_was_taken_back_leaves_no_rows(book: Book) -> None:
    """The ledger belongs to the transaction."""
    with pytest.raises(ZeroDivisionError), book.work() as unit:
        unit.clock.append([row(1)])
        raise ZeroDivisionError
    with book.work() as unit:
        assert unit.clock.of(1) == []
        assert unit.clock.last_seq(1) == 0
