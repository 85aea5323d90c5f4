"""The shelf of the outbox: lanes, order, pace and the merging of edits."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from storage.errors import DatabaseRefusedError
from tests.integration.storage.cast import GROUP, MINUTE, NOON, Book, pothole, row
from usecases.records import Chat, Outgoing, Priority, Sent

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.unit import Unit

PRIVATE = "1001"


@pytest.fixture
def book(book: Book) -> Book:
    """The database with two cases."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(pothole(2))
    return book


def _heads(
    unit: Unit, *, shut: Collection[str] = (), narrow: Collection[str] = (), limit: int = 10
) -> list[str]:
    return [r.key for r in unit.outbox.heads(NOON, shut=shut, narrow=narrow, limit=limit)]


def _rows(unit: Unit) -> list[Outgoing]:
    """All rows; the query before writes what was only gathered."""
    unit.outbox.sending()
    return [found for number in range(1, 20) if (found := unit.outbox.get(number)) is not None]


def _queued(unit: Unit) -> list[Outgoing]:
    return [found for found in _rows(unit) if found.state is Sent.QUEUED]


def _by_key(unit: Unit, key: str) -> Outgoing:
    return next(found for found in _rows(unit) if found.key == key)


def test_a_row_comes_back_as_it_was_queued(book: Book) -> None:
    """With its fact, whatever is in it; and it has a number then."""
    queued = row(
        "notice:1",
        1,
        person="supervisor01",
        only="1025",
        reply_to="101",
        thread="7",
        fact={"cases": [1], "words": "督办 <b>&", "fields": {"hours": 2}},
        loud=True,
        free=True,
        priority=Priority.ANSWER,
    )
    with book.work() as unit:
        unit.outbox.add(queued)
    with book.work() as unit:
        (found,) = unit.outbox.heads(NOON, shut=(), narrow=(), limit=1)
        assert found == replace(queued, id=found.id)
        assert unit.outbox.get(found.id) == found
        assert unit.outbox.get(found.id + 1) is None


def test_the_same_fact_is_queued_once(book: Book) -> None:
    """By its key; in the same transaction as in a later one."""
    with book.work() as unit:
        unit.outbox.add(row("card:1", 1))
        unit.outbox.add(row("card:1", 1))
        assert len(_queued(unit)) == 1
    with book.work() as unit:
        assert unit.outbox.has("card:1")
        unit.outbox.add(row("card:1", 1))
        assert len(_queued(unit)) == 1


def test_a_fact_of_a_case_opened_just_now_takes_no_key_from_another(book: Book) -> None:
    """Nobody is asked whether its key is free: the first fact stays, and all else is kept."""
    with book.work() as unit:
        unit.outbox.add(row("card:3", 1))
    with book.work() as unit:
        unit.cases.add(pothole(3))
        unit.outbox.add(row("card:3", 3))
        unit.outbox.add(row("reaction:3", 3))
        unit.outbox.add(row("reaction:3", 3))
    with book.work() as unit:
        assert [(r.key, r.case_id) for r in _queued(unit)] == [("card:3", 1), ("reaction:3", 3)]


def test_a_row_is_found_by_its_key_whatever_became_of_it(book: Book) -> None:
    """What a reply answers is known by the message that the row became."""
    with book.work() as unit:
        unit.outbox.add(row("asked"))
        found = unit.outbox.by_key("asked")
        assert found is not None
        unit.outbox.save(replace(found, state=Sent.SENT, message="7"))
        again = unit.outbox.by_key("asked")
        assert again is not None
        assert again.message == "7"
        assert unit.outbox.by_key("never asked") is None


def test_a_lane_goes_out_in_order_one_at_a_time(book: Book) -> None:
    """A row is a head only when no earlier row of its lane is queued or being sent."""
    with book.work() as unit:
        for key in ("first", "second", "third"):
            unit.outbox.add(row(key, 1))
        unit.outbox.add(row("other case", 2))
        assert _heads(unit) == ["first", "other case"]
        first = _by_key(unit, "first")
        unit.outbox.save(replace(first, state=Sent.SENDING, attempts=1))
        assert _heads(unit) == ["other case"]
        unit.outbox.save(replace(first, state=Sent.SENT, sent_at=NOON, message="900"))
        assert _heads(unit) == ["second", "other case"]
        unit.outbox.save(replace(_by_key(unit, "second"), state=Sent.DROPPED, note="closed"))
        assert _heads(unit) == ["other case", "third"][::-1]


def test_a_row_that_waits_for_its_time_holds_back_its_lane(book: Book) -> None:
    """First in, first out, also when the first is tried again later."""
    with book.work() as unit:
        unit.outbox.add(row("later", 1, not_before=NOON + MINUTE))
        unit.outbox.add(row("behind", 1))
        unit.outbox.add(row("free lane", 2))
        assert _heads(unit) == ["free lane"]
        assert unit.outbox.next_time(NOON) == NOON + MINUTE
        assert unit.outbox.next_time(NOON + MINUTE) is None


def test_the_most_urgent_comes_first_then_the_oldest(book: Book) -> None:
    """Between lanes; and no more than asked for."""
    with book.work() as unit:
        unit.outbox.add(row("edit", 1, priority=Priority.EDIT))
        unit.outbox.add(row("board", kind="board", priority=Priority.BOARD))
        unit.outbox.add(row("card", 2, priority=Priority.CARD))
        unit.outbox.add(row("danger", kind="danger", priority=Priority.DANGER_CARD))
        unit.outbox.add(row("also an edit", 2, chat=PRIVATE, priority=Priority.EDIT))
        assert _heads(unit) == ["danger", "card", "edit", "also an edit", "board"]
        assert _heads(unit, limit=2) == ["danger", "card"]


def test_a_shut_chat_sends_nothing(book: Book) -> None:
    """However many are shut; a chat's pause stops no other chat."""
    with book.work() as unit:
        unit.outbox.add(row("group", 1))
        unit.outbox.add(row("free", kind="reaction", free=True))
        unit.outbox.add(row("private", 1, chat=PRIVATE))
        assert _heads(unit, shut={GROUP}) == ["private"]
        assert _heads(unit, shut={GROUP, PRIVATE, "7", "8", "9"}) == []


def test_a_narrow_chat_sends_danger_cards_and_what_is_free(book: Book) -> None:
    """The last places of a minute are kept for dangers."""
    with book.work() as unit:
        unit.outbox.add(row("card", 1))
        unit.outbox.add(row("danger", 2, priority=Priority.DANGER_CARD))
        unit.outbox.add(row("reaction", kind="reaction", free=True))
        unit.outbox.add(row("private", 1, chat=PRIVATE))
        assert _heads(unit, narrow=[GROUP]) == ["danger", "reaction", "private"]
        assert _heads(unit, narrow=[GROUP], shut=[GROUP]) == ["private"]


@pytest.mark.parametrize("state", ["muted", "gone"])
def test_a_chat_without_the_bot_waits(book: Book, state: str) -> None:
    """Muted or gone: its rows stay queued, and come when it is here again."""
    with book.work() as unit:
        unit.outbox.add(row("card", 1))
        unit.outbox.add(row("reaction", kind="reaction", free=True))
        unit.chats.save(Chat(chat=GROUP, origin=GROUP, state=state))
        assert _heads(unit) == []
        unit.chats.save(Chat(chat=GROUP, origin=GROUP))
        assert _heads(unit) == ["card", "reaction"]


def _edit(key: str, minutes: int = 0, **changes: object) -> Outgoing:
    due = NOON + minutes * MINUTE
    values: dict[str, Any] = {"case_id": 1, "kind": "edit", "priority": Priority.EDIT}
    return row(key, **(values | {"not_before": due} | changes))


@pytest.mark.parametrize("apart", [False, True])
def test_queued_edits_of_a_card_become_one(book: Book, *, apart: bool) -> None:
    """It keeps its place and the earlier time, and takes the more urgent priority."""
    with book.work() as unit:
        unit.outbox.add_edit(_edit("edit:1", minutes=2, fact={"a": 1, "b": 1}))
        if not apart:
            unit.outbox.add_edit(_edit("edit:2", 5, priority=Priority.CLOSE, fact={"b": 2}))
    with book.work() as unit:
        if apart:
            unit.outbox.add_edit(_edit("edit:2", 5, priority=Priority.CLOSE, fact={"b": 2}))
        (merged,) = _queued(unit)
    assert (merged.id, merged.key, merged.not_before) == (1, "edit:1", NOON + 2 * MINUTE)
    assert (merged.priority, merged.fact) == (Priority.CLOSE, {"a": 1, "b": 2})


def test_an_edit_is_merged_with_no_other_chat_and_with_none_on_its_way(book: Book) -> None:
    """What is being sent may hold the older state."""
    with book.work() as unit:
        unit.outbox.add_edit(_edit("edit:1"))
        unit.outbox.add_edit(_edit("edit:1:private", chat=PRIVATE))
        assert len(_queued(unit)) == 2
        unit.outbox.save(replace(_by_key(unit, "edit:1"), state=Sent.SENDING))
        unit.outbox.add_edit(_edit("edit:2"))
        assert [r.key for r in _queued(unit)] == ["edit:1:private", "edit:2"]


def test_edits_of_a_case_opened_just_now_become_one_too(book: Book) -> None:
    """Before and after the rows were written."""
    with book.work() as unit:
        unit.cases.add(pothole(3))
        for minutes in (3, 2):
            unit.outbox.add_edit(_edit(f"edit:{minutes}", minutes, case_id=3))
        assert len(_queued(unit)) == 1
        unit.outbox.add_edit(_edit("edit:1", 1, case_id=3))
        (merged,) = _queued(unit)
    assert (merged.key, merged.not_before) == ("edit:3", NOON + MINUTE)


def test_rows_on_their_way_are_found_after_a_start(book: Book) -> None:
    """They are the ambiguous ones."""
    with book.work() as unit:
        unit.outbox.add(row("card", 1))
        unit.outbox.add(row("notice", 2))
        unit.outbox.save(replace(_by_key(unit, "notice"), state=Sent.SENDING))
    with book.work() as unit:
        assert [r.key for r in unit.outbox.sending()] == ["notice"]


def test_the_last_row_of_a_kind_that_was_tried_is_found(book: Book) -> None:
    """Of this case; one that was dropped or waits untried shows nothing."""
    with book.work() as unit:
        assert unit.outbox.last_tried(1, "edit") is None
        unit.outbox.add(_edit("first", state=Sent.SENT, attempts=1, message="900"))
        unit.outbox.add(_edit("second", state=Sent.DEAD, attempts=2))
        unit.outbox.add(_edit("dropped", state=Sent.DROPPED))
        unit.outbox.add(_edit("waits"))
        unit.outbox.add(_edit("of another", case_id=2, state=Sent.SENT, attempts=1))
        unit.outbox.add(row("card", 1, kind="card", state=Sent.SENT, attempts=1))
        found = unit.outbox.last_tried(1, "edit")
        assert found is not None
        assert found.key == "second"


def test_the_pace_is_rebuilt_from_what_was_sent_and_counts(book: Book) -> None:
    """Times and chats of all that is not free, since a moment."""
    with book.work() as unit:
        unit.outbox.add(row("old", 1, state=Sent.SENT, sent_at=NOON - MINUTE))
        unit.outbox.add(row("new", 1, state=Sent.SENT, sent_at=NOON + MINUTE, chat=PRIVATE))
        unit.outbox.add(row("dead", 1, state=Sent.DEAD, sent_at=NOON))
        unit.outbox.add(row("free", 1, state=Sent.SENT, sent_at=NOON, free=True))
        unit.outbox.add(row("queued", 1))
        assert unit.outbox.sent_since(NOON) == [(GROUP, NOON), (PRIVATE, NOON + MINUTE)]


def test_what_waits_moves_with_its_chat_lane_and_all(book: Book) -> None:
    """Rows that come later stand behind those that moved."""
    with book.work() as unit:
        unit.outbox.add(row("of a case", 1))
        unit.outbox.add(row("of none", kind="digest"))
        unit.chats.move(GROUP, "-100")
        moved = unit.outbox.heads(NOON, shut=(), narrow=(), limit=9)
        assert [(r.key, r.chat) for r in moved] == [("of a case", "-100"), ("of none", "-100")]
        unit.outbox.add(row("behind", 1, chat="-100"))
        unit.outbox.add(row("behind too", kind="digest", chat="-100"))
        assert _heads(unit) == ["of a case", "of none"]


def test_a_row_of_a_case_that_is_not_there_is_refused(book: Book) -> None:
    """Foreign keys are enforced."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        unit.outbox.add(row("card:77", 77))


def _fill(unit: Unit, *, lanes: str) -> None:
    for number in range(10_000):
        chat = str(number % 1000 if lanes == "mixed" else number // 10)
        unit.outbox.add(row(f"row:{number}", 1 + number % 2, chat=chat))


@pytest.mark.parametrize("lanes", ["mixed", "in blocks"])
def test_heads_stay_fast_with_ten_thousand_rows_in_a_thousand_chats(
    sqlite_url: str, lanes: str
) -> None:
    """Under 5 ms at its best of many, however the lanes lie."""
    book = Book(sqlite_url)
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(pothole(2))
        _fill(unit, lanes=lanes)
    shut = [str(number) for number in range(100)]
    times = []
    with book.work() as unit:
        for _ in range(20):
            start = process_time()
            assert len(unit.outbox.heads(NOON, shut=shut, narrow=["500"], limit=50)) == 50
            times.append(process_time() - start)
    book.close()
    assert min(times) < 0.005
