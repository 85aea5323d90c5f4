"""The shelf of the cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from casework.case import Case, Release, Status, Tier
from tests.integration.storage.cast import GROUP, MINUTE, NOON, Book, pothole
from usecases.ports import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence


def _ids(cases: Sequence[Case]) -> list[int]:
    return [case.id for case in cases]


def _keep(book: Book, *cases: Case) -> None:
    with book.work() as unit:
        for case in cases:
            unit.cases.add(case)


def _everything() -> Case:
    return pothole(
        version=7,
        status=Status.CLOSED,
        tier=Tier.PROMISED,
        thread="12",
        claimer="repairer01",
        claimed_at=NOON,
        promised=date(2026, 12, 1),
        promise_asked=date(2026, 12, 2),
        not_today=NOON,
        hours_asked=True,
        sign_at=NOON,
        patrol_key="officer01",
        repair_key="repairer01",
        repair_remote=True,
        closed_at=NOON + MINUTE,
        on_time=False,
        release=Release.CLAIMED,
        delivered_at=NOON,
        history_seq=9,
        history_hash="ab" * 32,
    )


def test_a_case_comes_back_as_it_was_kept(book: Book) -> None:
    """Every kind of value survives the row: enums, dates, moments, yes and no, none."""
    case = _everything()
    _keep(book, case)
    with book.work() as unit:
        assert unit.cases.get(case.id) == case


def test_a_new_case_is_found_in_its_own_transaction(book: Book) -> None:
    """Keyed reads see what the same transaction wrote."""
    case = pothole()
    with book.work() as unit:
        unit.cases.add(case)
        assert unit.cases.get(case.id) is case
        assert unit.cases.by_number(case.number) is case
        assert unit.cases.newest_of("officer01", GROUP) is case


def test_a_case_that_is_not_there_is_none(book: Book) -> None:
    """No id, no number, no reporter: no case."""
    with book.work() as unit:
        assert unit.cases.get(5) is None
        assert unit.cases.by_number("XC-20261120-0005") is None
        assert unit.cases.newest_of("officer02", GROUP) is None


def test_several_saves_end_as_one_row(book: Book) -> None:
    """The row holds the last of them, and its guard the first that was read."""
    _keep(book, pothole())
    with book.work() as unit:
        first = unit.cases.get(1)
        assert first is not None
        second = replace(first, version=2, status=Status.TAKEN, claimer="repairer01")
        unit.cases.save(second, was=first)
        third = replace(second, version=3, status=Status.REPAIRING)
        unit.cases.save(third, was=second)
        assert unit.cases.get(1) is third
    with book.work() as unit:
        assert unit.cases.get(1) == third


def test_a_case_is_opened_and_changed_in_one_transaction(book: Book) -> None:
    """What is kept is the case after the change."""
    with book.work() as unit:
        unit.cases.add(pothole())
        unit.cases.save(pothole(version=2, words="井盖没了"), was=pothole())
    with book.work() as unit:
        case = unit.cases.get(1)
    assert case is not None
    assert (case.version, case.words) == (2, "井盖没了")


def test_who_saves_over_an_older_reading_is_in_conflict(book: Book) -> None:
    """Within a transaction it is told at once."""
    _keep(book, pothole())
    with pytest.raises(Conflict), book.work() as unit:
        case = unit.cases.get(1)
        assert case is not None
        unit.cases.save(replace(case, version=2), was=case)
        unit.cases.save(replace(case, words="other"), was=case)


def test_who_saves_over_a_row_changed_elsewhere_is_in_conflict(book: Book) -> None:
    """Between transactions it is told at the commit, and nothing stays."""
    _keep(book, pothole())
    with book.work() as unit:
        unit.cases.save(pothole(version=2), was=pothole())
    with pytest.raises(Conflict), book.work() as unit:
        unit.cases.save(pothole(version=2, words="late"), was=pothole())
    with book.work() as unit:
        case = unit.cases.get(1)
    assert case is not None
    assert case.words == pothole().words


def test_a_grown_history_guards_a_case_as_its_version_does(book: Book) -> None:
    """A note changes no state, but it is not lost either."""
    _keep(book, pothole())
    with book.work() as unit:
        unit.cases.save(pothole(history_seq=1), was=pothole())
    with pytest.raises(Conflict), book.work() as unit:
        unit.cases.save(pothole(version=2), was=pothole())


def test_the_newest_case_of_a_reporter_is_the_one_opened_last(book: Book) -> None:
    """In this chat, by this person; also when the photo's time says otherwise."""
    _keep(book, pothole(1, reported_at=NOON + timedelta(hours=5)), pothole(2))
    _keep(book, pothole(3, reporter="officer02"), pothole(4, chat="-2"))
    with book.work() as unit:
        newest = unit.cases.newest_of("officer01", GROUP)
        assert newest is not None
        assert newest.id == 2
        unit.cases.add(pothole(5))
        assert unit.cases.newest_of("officer01", GROUP) == pothole(5)


def test_waiting_for_lists_what_tags_a_person(book: Book) -> None:
    """待对接, tagged, and opened since then; oldest first."""
    _keep(
        book,
        pothole(1),
        pothole(3),
        pothole(2),
        pothole(4, status=Status.TAKEN),
        pothole(5, repairer="repairer02"),
    )
    with book.work() as unit:
        assert _ids(unit.cases.waiting_for("repairer01", NOON + 2 * MINUTE)) == [2, 3]


def test_open_cases_are_listed_by_company_claimer_and_patrol(book: Book) -> None:
    """Each list holds the open ones it names, oldest first."""
    _keep(
        book,
        pothole(1),
        pothole(2, company="west", repairer="repairer06", reporter="leader01", officer="officer06"),
        pothole(3, claimer="repairer06", status=Status.TAKEN),
        pothole(4, status=Status.WITHDRAWN),
    )
    with book.work() as unit:
        cases = unit.cases
        assert _ids(cases.open_all()) == [1, 2, 3]
        assert _ids(cases.open_of_companies(["west", "east"])) == [1, 2, 3]
        assert _ids(cases.open_of_companies({"west"})) == [2]
        assert _ids(cases.open_of_companies([])) == []
        assert _ids(cases.open_of_claimer("repairer06")) == [2, 3]
        assert _ids(cases.open_of_patrol("officer06")) == [2]
        assert _ids(cases.open_of_patrol("leader01")) == [2]


def test_all_cases_are_read_in_pages(book: Book) -> None:
    """By id, whatever their state."""
    _keep(book, pothole(3), pothole(1), pothole(2, status=Status.WITHDRAWN))
    with book.work() as unit:
        assert _ids(unit.cases.page(0, 2)) == [1, 2]
        assert _ids(unit.cases.page(2, 2)) == [3]
        assert _ids(unit.cases.page(3, 2)) == []


def test_lists_see_what_the_same_transaction_gathered(book: Book) -> None:
    """New and changed cases are written before a list is read."""
    _keep(book, pothole(1), pothole(2))
    with book.work() as unit:
        unit.cases.add(pothole(3))
        unit.cases.save(pothole(1, version=2, status=Status.REFUSED), was=pothole(1))
        assert _ids(unit.cases.open_all()) == [2, 3]
        unit.cases.save(pothole(3, version=2, status=Status.WITHDRAWN), was=pothole(3))
        assert _ids(unit.cases.open_all()) == [2]


def _closed(number: int, hours: int) -> Case:
    return pothole(
        number,
        status=Status.CLOSED,
        patrol_key="officer01",
        repair_key="repairer01",
        closed_at=NOON + timedelta(hours=hours),
    )


def test_touched_lists_what_was_reported_closed_or_open_in_the_window(book: Book) -> None:
    """The window is (since, until]; a case that was closed before it is not of it."""
    since, until = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    _keep(
        book,
        pothole(1),
        _closed(2, hours=1),
        _closed(3, hours=2),
        _closed(4, hours=9),
        pothole(5, reported_at=until),
        pothole(6, reported_at=until + MINUTE),
        pothole(7, reported_at=since, status=Status.WITHDRAWN),
        pothole(8, reported_at=since + MINUTE, status=Status.WITHDRAWN),
    )
    with book.work() as unit:
        assert _ids(unit.cases.touched(since, until)) == [1, 3, 4, 8, 5]


def test_numbers_have_no_gaps_and_days_count_for_themselves(book: Book) -> None:
    """A transaction that is rolled back gives its numbers back."""
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    with book.work() as unit:
        assert [unit.cases.next_serial(friday) for _ in range(3)] == [1, 2, 3]
        assert unit.cases.next_serial(saturday) == 1
        assert [unit.cases.new_id(), unit.cases.new_id()] == [1, 2]
    with pytest.raises(ZeroDivisionError), book.work() as unit:
        assert unit.cases.next_serial(friday) == 4
        raise ZeroDivisionError
    with book.work() as unit:
        assert unit.cases.next_serial(friday) == 4
        assert unit.cases.new_id() == 3
        assert [unit.new_question(), unit.new_question()] == [1, 2]
