"""Findings, marks and the auditor's reads, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from casework.case import Status
from storage.errors import ReadOnlyError
from storage.reader import Looker
from tests.integration.storage.cast import NOON, Book, due, photo, pothole, row
from usecases.inspecting import Finding, Mark
from usecases.records import PhotoState, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from usecases.ports import UnitOfWork


@pytest.fixture
def book(url: str) -> Iterator[Book]:
    """An empty database."""
    opened = Book(url)
    yield opened
    opened.close()


FOUND = Finding(kind="chain-broken", subject="1", name="XC-1", data={"case": 1}, found_at=NOON)


def test_a_finding_is_kept_replaced_and_forgotten(book: Book) -> None:
    """By kind and subject."""
    told = replace(FOUND, told_at=NOON)
    with book.work() as unit:
        unit.findings.save(FOUND)
        unit.findings.save(replace(FOUND, subject="2"))
        unit.findings.save(told)
    with book.work() as unit:
        assert unit.findings.all(10) == [told, replace(FOUND, subject="2")]
        unit.findings.drop(told)
        assert [one.subject for one in unit.findings.all(10)] == ["2"]


def test_a_mark_moves(book: Book) -> None:
    """One a name."""
    with book.work() as unit:
        assert unit.marks.get("heard") is None
        unit.marks.put(Mark(name="heard", at=NOON))
        unit.marks.put(Mark(name="heard", at=NOON, value=7))
    with book.work() as unit:
        assert unit.marks.get("heard") == Mark(name="heard", at=NOON, value=7)


def test_a_counter_is_raised_and_never_lowered(book: Book) -> None:
    """The next number is behind all that are in use."""
    with book.work() as unit:
        unit.inspection.raise_counter("case", 41)
        unit.inspection.raise_counter("case", 3)
    with book.work() as unit:
        assert unit.inspection.counter("case") == 41
        assert unit.cases.new_id() == 42


def test_the_auditor_reads_what_it_asks_for(book: Book) -> None:
    """Late, failed, put off, refused and unfetched rows; cases by where they stand."""
    later, long = NOON + timedelta(hours=1), NOON + timedelta(days=9)
    closed = pothole(
        2, status=Status.CLOSED, closed_at=NOON, patrol_key="officer01", repair_key="repairer01"
    )
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(closed)
        unit.dues.add(due("late", 1))
        unit.dues.add(due("failed", 1, minutes=1))
        unit.photos.add(photo("101", 1))
        unit.photos.add(photo("102", 1, state=PhotoState.KEPT, sha256="ab" * 32))
        unit.outbox.add(row("queued", 1))
        unit.outbox.add(row("far", 1, not_before=long))
        unit.outbox.add(row("dead", 1, loud=True, state=Sent.DEAD))
    with book.work() as unit:
        [failed] = [r for r in unit.dues.of_case(1) if r.key == "failed"]
        unit.dues.finish(failed, state="dropped", note="failed: KeyError")
    with book.work() as unit:
        look = unit.inspection
        assert [r.key for r in look.late_dues(later, 9)] == ["late"]
        assert [r.key for r in look.failed_dues(NOON, 9)] == ["failed"]
        assert [r.key for r in look.waiting_long(later, 9)] == ["queued"]
        assert [r.key for r in look.put_off(later, 9)] == ["far"]
        assert [r.key for r in look.dead(NOON, 9)] == ["dead"]
        assert [p.message for p in look.wanted_long(later, 9)] == ["101"]
        assert [c.id for c in look.open_since(NOON, 9)] == [1]
        assert [c.id for c in look.closed_last(9)] == [2]
        assert [c.id for c in look.cases({1, 2, 3})] == [1, 2]
        assert sorted(r.key for r in look.shown_of({1})[1]) == ["dead", "far", "queued"]
        assert sorted(r.key for r in look.dues_of({1, 2})[1]) == ["failed", "late"]
        assert look.named({"ab" * 32, "cd" * 32}) == {"ab" * 32}
        assert [look.last_id(t) for t in ("cases", "photos")] == [2, 2]
        assert look.strays("dues", 0, 100) == []


def test_a_look_sees_the_state_and_changes_nothing(url: str) -> None:
    """It is refused, even where nothing would have been written."""
    looker = Looker(url)

    def opens(uow: UnitOfWork) -> None:
        uow.cases.add(pothole())

    assert looker.look(lambda uow: uow.cases.get(1)) is None
    with pytest.raises(ReadOnlyError):
        looker.look(opens)
    looker.stop()
