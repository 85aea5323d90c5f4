"""The shelves of history, undos, held reminders and quarantined updates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.errors import DatabaseRefusedError
from tests.integration.storage.cast import GROUP, MINUTE, NOON, Book, pothole
from usecases.records import HeldNudge, HistoryRow, Quarantined, Undo


@pytest.fixture
def book(book: Book) -> Book:
    """The database with two cases."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(pothole(2))
    return book


def _event(seq: int, case_id: int = 1) -> HistoryRow:
    return HistoryRow(
        case_id=case_id,
        seq=seq,
        at=NOON + seq * MINUTE,
        actor="officer01",
        event="CaseReported",
        data={"z": 1, "a": "井盖", "nested": {"list": [1, 2.5, None, True]}},
        previous="",
        hash="ab" * 32,
    )


def _undo(case_id: int, version: int) -> Undo:
    until = NOON + MINUTE
    return Undo(
        case_id=case_id, person="repairer01", version=version, until=until, snapshot={"v": version}
    )


def _nudge(person: str, minutes: int, chat: str = GROUP) -> HeldNudge:
    at = NOON + minutes * MINUTE
    return HeldNudge(chat=chat, person=person, case_id=1, kind="half", at=at)


def _failed(update_id: int) -> Quarantined:
    return Quarantined(update_id=update_id, raw="{}", traceback="ZeroDivisionError", at=NOON)


def test_history_comes_back_in_order_and_to_the_letter(book: Book) -> None:
    """The hash is over these words: the order of the keys stays too."""
    with book.work() as unit:
        unit.history.append(_event(1))
        unit.history.append(_event(2))
        unit.history.append(_event(1, case_id=2))
        assert unit.history.of(1) == [_event(1), _event(2)]
    with book.work() as unit:
        found = unit.history.of(1)
        assert found == [_event(1), _event(2)]
        assert list(found[0].data) == ["z", "a", "nested"]


def test_no_event_takes_the_place_of_another(book: Book) -> None:
    """One case, one number, one event."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        unit.history.append(_event(1))
        unit.history.append(_event(1))


def test_the_last_press_of_a_case_can_be_undone(book: Book) -> None:
    """A later press takes its place; it can be forgotten."""
    with book.work() as unit:
        assert unit.undos.get(1) is None
        unit.undos.put(_undo(1, 2))
        assert unit.undos.get(1) == _undo(1, 2)
    with book.work() as unit:
        unit.undos.put(_undo(1, 3))
        unit.undos.put(_undo(2, 1))
    with book.work() as unit:
        assert unit.undos.get(1) == _undo(1, 3)
        unit.undos.drop(1)
        assert unit.undos.get(1) is None
        unit.undos.put(_undo(2, 2))
        unit.undos.drop(2)
    with book.work() as unit:
        assert unit.undos.get(1) is None
        assert unit.undos.get(2) is None


def test_held_reminders_are_taken_out_once(book: Book) -> None:
    """Those of the group that fell due by then, earliest first."""
    with book.work() as unit:
        unit.nudges.hold(_nudge("repairer02", 2))
        unit.nudges.hold(_nudge("repairer01", 1))
        unit.nudges.hold(_nudge("repairer03", 3))
        unit.nudges.hold(_nudge("repairer06", 1, chat="-2"))
        taken = unit.nudges.take(GROUP, NOON + 2 * MINUTE)
        assert [nudge.person for nudge in taken] == ["repairer01", "repairer02"]
    with book.work() as unit:
        assert unit.nudges.take(GROUP, NOON + 2 * MINUTE) == []
        assert len(unit.nudges.take("-2", NOON + 2 * MINUTE)) == 1


def test_a_failed_update_is_kept_until_it_is_replayed(book: Book) -> None:
    """Oldest first; one that fails again counts one attempt more."""
    with book.work() as unit:
        unit.quarantine.add(_failed(900))
        unit.quarantine.add(_failed(100))
        unit.quarantine.add(replace(_failed(900), traceback="KeyError", at=NOON + MINUTE))
    with book.work() as unit:
        first, second = unit.quarantine.waiting()
        assert (first.update_id, first.attempts, first.traceback) == (900, 2, "KeyError")
        assert (second.update_id, second.attempts) == (100, 1)
        unit.quarantine.replayed(900, NOON + 2 * MINUTE)
        assert [entry.update_id for entry in unit.quarantine.waiting()] == [100]
        unit.quarantine.add(_failed(900))
        assert [entry.attempts for entry in unit.quarantine.waiting()] == [3, 1]
