"""The unit of work as a whole: seen updates, rollback, and what the database itself refuses."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from casework.case import Status
from storage.columns import metadata
from storage.engines import writer_engine
from storage.errors import DatabaseRefusedError, NaiveTimeError
from storage.shelves import cases, dues, messages, outbox, people, photos, records
from tests.integration.storage.cast import GROUP, NOON, Book, due, link, photo, pothole, row
from usecases.records import Chat, HeldNudge, Undo

if TYPE_CHECKING:
    from storage.shapes import Plan

PLANS: list[Plan[Any]] = [
    cases.PLAN,
    dues.PLAN,
    outbox.PLAN,
    photos.PLAN,
    messages.LINKS,
    messages.ALBUMS,
    messages.WORDS,
    people.BINDINGS,
    people.CHATS,
    records.HISTORY,
    records.UNDOS,
    records.NUDGES,
    records.QUARANTINE,
]


def test_every_field_of_a_record_has_its_column() -> None:
    """A field without one would be lost silently."""
    for plan in PLANS:
        names = {field.name for field in fields(plan.record)}
        assert {column.name for column in plan.readable} == names


def test_an_update_is_new_once(book: Book) -> None:
    """Within a transaction and after it."""
    with book.work() as unit:
        assert unit.first_time(7, NOON)
        assert not unit.first_time(7, NOON)
        assert unit.first_time(8, NOON)
    with book.work() as unit:
        assert not unit.first_time(7, NOON)


def test_an_update_whose_transaction_failed_is_new_again(book: Book) -> None:
    """It was not handled, so it is handled when it comes again."""
    with pytest.raises(ZeroDivisionError), book.work() as unit:
        unit.first_time(7, NOON)
        raise ZeroDivisionError
    with book.work() as unit:
        assert unit.first_time(7, NOON)


def test_seen_updates_are_kept_two_days(book: Book) -> None:
    """Then they are pruned; the chat platform repeats none that is older than one."""
    with book.work() as unit:
        unit.first_time(1, NOON)
        unit.first_time(2, NOON + timedelta(hours=1))
    with book.work() as unit:
        assert unit.prune(NOON + timedelta(hours=48)) == 0
        assert unit.prune(NOON + timedelta(hours=48, minutes=30)) == 1
        assert unit.first_time(1, NOON)
        assert not unit.first_time(2, NOON)


def test_due_rows_of_no_case_are_kept_two_days_after_they_were_done(book: Book) -> None:
    """The rows of a case stay with it; what is still pending stays however old."""
    rows = [due("done"), due("waits")]
    with book.work() as unit:
        for row in rows:
            unit.dues.add(row)
        unit.dues.finish(rows[0], state="done")
    with book.work() as unit:
        unit.prune(NOON + timedelta(hours=49))
        assert unit.dues.add(rows[0])
        assert not unit.dues.add(rows[1])


def _write_everywhere(book: Book) -> None:
    with book.work() as unit:
        unit.cases.add(pothole(unit.cases.new_id()))
        unit.links.add(link("101", 1))
        unit.photos.add(photo("101", 1))
        unit.outbox.add(row("card:1", 1))
        unit.dues.set_case(1, [due("1:half", 1)])
        unit.undos.put(Undo(case_id=1, person="officer01", version=1, until=NOON, snapshot={}))
        unit.chats.save(Chat(chat=GROUP, origin=GROUP))
        unit.nudges.hold(HeldNudge(chat=GROUP, person="x", case_id=1, kind="half", at=NOON))
        unit.first_time(7, NOON)
        assert unit.outbox.heads(NOON, shut=(), narrow=(), limit=1)
        assert unit.cases.open_all()
        raise ZeroDivisionError


def test_nothing_stays_of_a_transaction_that_failed(book: Book) -> None:
    """Neither what was gathered nor what was already written for a query."""
    with pytest.raises(ZeroDivisionError):
        _write_everywhere(book)
    engine = writer_engine(book.url)
    book.close()
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            assert connection.scalar(select(func.count()).select_from(table)) == 0, table.name
    engine.dispose()


def test_moments_are_stored_in_utc_whatever_their_zone(book: Book) -> None:
    """The same moment comes back, in UTC."""
    shanghai = timezone(timedelta(hours=8))
    local = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=shanghai)
    with book.work() as unit:
        unit.cases.add(pothole(reported_at=local))
    with book.work() as unit:
        (case,) = unit.cases.open_all()
    assert case.reported_at == local
    assert case.reported_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(book: Book) -> None:
    """In a row as in a question."""
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(NaiveTimeError), book.work() as unit:
        unit.cases.add(pothole(deadline=naive))
    with pytest.raises(NaiveTimeError), book.work() as unit:
        unit.dues.claim(naive, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"patrol_key": "officer01", "repair_key": "officer01"},
        {"status": Status.CLOSED, "patrol_key": "officer01", "repair_key": "repairer01"},
        {"status": Status.CLOSED, "closed_at": NOON, "patrol_key": "officer01"},
        {"version": 0},
        {"round": -1},
    ],
)
def test_the_database_refuses_a_case_that_cannot_be(book: Book, wrong: dict[str, Any]) -> None:
    """One person with both keys, a close without its time or keys, counts that run backwards."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        unit.cases.add(pothole(**wrong))


def test_the_database_refuses_a_second_case_of_a_number(book: Book) -> None:
    """A number names one case."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(replace(pothole(1), id=2))


@pytest.mark.parametrize("table", ["chats", "dues"])
def test_the_database_refuses_a_state_nobody_knows(book: Book, table: str) -> None:
    """A misspelt word would never be found again."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        if table == "chats":
            unit.chats.save(Chat(chat=GROUP, origin=GROUP, state="asleep"))
        else:
            unit.dues.add(due("digest", state="forgotten"))
