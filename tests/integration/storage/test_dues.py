"""The shelf of what falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.storage.cast import MINUTE, NOON, Book, due, pothole

if TYPE_CHECKING:
    from storage.unit import Unit


@pytest.fixture
def book(book: Book) -> Book:
    """The database with two cases."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(pothole(2))
    return book


def _states(unit: Unit, case_id: int = 1) -> dict[str, str]:
    return {row.key: row.state for row in unit.dues.of_case(case_id)}


def test_a_due_row_comes_back_as_it_was_added(book: Book) -> None:
    """With its data; and it has a number then."""
    row = due("1:half", 1, minutes=5, data={"step": 2, "word": "催办"})
    with book.work() as unit:
        assert unit.dues.add(row)
    with book.work() as unit:
        (found,) = unit.dues.of_case(1)
        assert (found.key, found.at, found.data) == (row.key, row.at, row.data)
        assert found.id > 0


def test_a_key_is_added_once(book: Book) -> None:
    """In the same transaction as in a later one."""
    with book.work() as unit:
        assert unit.dues.add(due("digest:2026-11-20"))
        assert not unit.dues.add(due("digest:2026-11-20", minutes=1))
    with book.work() as unit:
        for later in (2, 3):
            assert not unit.dues.add(due("digest:2026-11-20", minutes=later))
        assert unit.dues.next_at() == NOON


def test_set_case_makes_these_the_pending_rows(book: Book) -> None:
    """Those with other keys are cancelled; another case's rows are left alone."""
    with book.work() as unit:
        unit.dues.set_case(1, [due("1:half", 1), due("1:limit", 1)])
        unit.dues.set_case(2, [due("2:half", 2)])
    with book.work() as unit:
        unit.dues.set_case(1, [due("1:limit", 1), due("1:night", 1)])
        assert _states(unit) == {
            "1:half": "cancelled",
            "1:limit": "pending",
            "1:night": "pending",
        }
        assert _states(unit, 2) == {"2:half": "pending"}


def test_set_case_revives_what_was_cancelled(book: Book) -> None:
    """At the time that it is given now; so an undo restores the rows of before."""
    with book.work() as unit:
        unit.dues.set_case(1, [due("1:half", 1, minutes=5)])
        unit.dues.set_case(1, [])
    with book.work() as unit:
        assert _states(unit) == {"1:half": "cancelled"}
        assert unit.dues.next_at() is None
        unit.dues.set_case(1, [due("1:half", 1, minutes=9)])
        assert _states(unit) == {"1:half": "pending"}
        assert unit.dues.next_at() == NOON + 9 * MINUTE


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_set_case_never_repeats_what_was_done(book: Book, state: str) -> None:
    """What became of a key stays so, whatever is asked for later."""
    with book.work() as unit:
        unit.dues.set_case(1, [due("1:half", 1)])
        (row,) = unit.dues.claim(NOON, 10)
        unit.dues.finish(row, state=state, note="told")
        unit.dues.set_case(1, [due("1:half", 1, minutes=3)])
        unit.dues.set_case(1, [])
    with book.work() as unit:
        (row,) = unit.dues.of_case(1)
        assert (row.state, row.note, row.at) == (state, "told", NOON)


def test_set_case_moves_a_pending_row_to_its_new_time(book: Book) -> None:
    """The limit of the case was changed."""
    with book.work() as unit:
        unit.dues.set_case(1, [due("1:limit", 1)])
    with book.work() as unit:
        unit.dues.set_case(1, [due("1:limit", 1, minutes=30)])
    with book.work() as unit:
        assert unit.dues.claim(NOON, 10) == []
        assert unit.dues.next_at() == NOON + 30 * MINUTE


def test_set_case_may_follow_itself_before_anything_is_written(book: Book) -> None:
    """A case that is opened and changed in one transaction has the rows of its end."""
    with book.work() as unit:
        unit.cases.add(pothole(3))
        unit.dues.set_case(3, [due("3:half", 3), due("3:limit", 3)])
        unit.dues.set_case(3, [due("3:limit", 3, minutes=1)])
        unit.dues.set_case(3, [due("3:limit", 3, minutes=2), due("3:half", 3, minutes=4)])
        assert unit.dues.next_at() == NOON + 2 * MINUTE
        unit.dues.set_case(3, [due("3:half", 3, minutes=4)])
        assert _states(unit, 3) == {"3:limit": "cancelled", "3:half": "pending"}


def test_claim_takes_what_is_due_earliest_first(book: Book) -> None:
    """No more than asked for, nothing that is not due or no longer pending."""
    with book.work() as unit:
        for key, minutes in (("c", 2), ("a", 0), ("b", 1), ("later", 3)):
            unit.dues.add(due(key, 1, minutes=minutes))
        unit.dues.add(due("cancelled", 1, state="cancelled"))
        assert [row.key for row in unit.dues.claim(NOON + 2 * MINUTE, 10)] == ["a", "b", "c"]
        assert [row.key for row in unit.dues.claim(NOON + 2 * MINUTE, 2)] == ["a", "b"]


def test_finished_rows_are_not_claimed_again(book: Book) -> None:
    """Also when they were added in the same transaction."""
    with book.work() as unit:
        row = due("digest")
        unit.dues.add(row)
        unit.dues.finish(row, state="done")
        assert unit.dues.claim(NOON, 10) == []


def test_planned_names_the_pending_rows_of_a_kind(book: Book) -> None:
    """A digest that was made is planned no more."""
    with book.work() as unit:
        assert not unit.dues.planned("digest")
        for minutes in (5, 3):
            unit.dues.add(due(f"digest:{minutes}", minutes=minutes, kind="digest"))
        assert [row.key for row in unit.dues.planned("digest")] == ["digest:3", "digest:5"]
        unit.dues.finish(unit.dues.planned("digest")[0], state="done")
        assert [row.key for row in unit.dues.planned("digest")] == ["digest:5"]


@pytest.mark.parametrize(
    ("state", "owed"), [("pending", True), ("cancelled", True), ("done", False)]
)
def test_what_is_owed_waits_at_its_time_unless_its_key_is_used_up(
    book: Book,
    state: str,
    owed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A row that stands at a wrong time is moved, one that was cancelled comes back."""
    with book.work() as unit:
        unit.dues.add(due("digest:1", minutes=99, kind="digest", state=state))
    with book.work() as unit:
        assert unit.dues.used_up("digest:1") is not owed
        assert unit.dues.owe(due("digest:1", minutes=3, kind="digest")) is owed
        assert [row.at for row in unit.dues.planned("digest")] == [NOON + 3 * MINUTE] * owed


def test_two_processes_never_claim_the_same_row(postgres_url: str) -> None:
    """PostgreSQL: what one has claimed is skipped by the other."""
    book, other = Book(postgres_url), Book(postgres_url)
    with book.work() as unit:
        unit.dues.add(due("a"))
        unit.dues.add(due("b", minutes=1))
    with book.work() as mine, other.work() as theirs:
        assert [row.key for row in mine.dues.claim(NOON, 10)] == ["a"]
        assert [row.key for row in theirs.dues.claim(NOON + MINUTE, 10)] == ["b"]
    book.close()
    other.close()
