"""The shelf of the photos."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from casework.case import Phase
from tests.integration.storage.cast import GROUP, MINUTE, NOON, Book, photo, pothole
from usecases.records import Photo, PhotoState

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def book(book: Book) -> Book:
    """The database with one case."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
    return book


def _messages(photos: Sequence[Photo]) -> list[str]:
    return [photo.message for photo in photos]


def test_a_photo_comes_back_as_it_was_kept(book: Book) -> None:
    """With a number, and changes to it are seen at once."""
    posted = photo("101", 1, caption="井盖没了", order=3, round=2, question=5)
    with book.work() as unit:
        unit.photos.add(posted)
    with book.work() as unit:
        (found,) = unit.photos.of_case(1)
        assert found == replace(posted, id=found.id)
        kept = replace(found, state=PhotoState.KEPT, sha256="ab" * 32, width=1280, height=960)
        unit.photos.save(kept)
        assert unit.photos.get(found.id) == kept
    with book.work() as unit:
        assert unit.photos.get(found.id) == kept
        assert unit.photos.get(found.id + 1) is None


def test_the_same_photo_of_a_message_is_kept_once(book: Book) -> None:
    """A replaced one is another file, and both are kept."""
    with book.work() as unit:
        unit.photos.add(photo("101", 1))
        unit.photos.add(photo("101", 1))
    with book.work() as unit:
        unit.photos.add(photo("101", 1))
        unit.photos.add(photo("101", 1, unique="replaced"))
        found = unit.photos.of_message(GROUP, "101")
        assert [photo.unique for photo in found] == ["unique-101", "replaced"]


def test_photos_of_a_case_come_by_time_and_order(book: Book) -> None:
    """An album's items have one time and an order."""
    with book.work() as unit:
        unit.photos.add(photo("104", 1, at=NOON + MINUTE))
        unit.photos.add(photo("103", 1, order=2))
        unit.photos.add(photo("102", 1, order=1))
        unit.photos.add(photo("109", 0, question=3))
        assert _messages(unit.photos.of_case(1)) == ["102", "103", "104"]


def test_photos_wait_for_the_answer_to_a_question(book: Book) -> None:
    """They belong to no case until then."""
    with book.work() as unit:
        unit.photos.add(photo("101", 0, question=3))
        unit.photos.add(photo("102", 0, question=4))
        (asked,) = unit.photos.of_question(3)
        assert (asked.message, asked.case_id) == ("101", 0)
        unit.photos.save(replace(asked, case_id=1, question=0))
        assert unit.photos.of_question(3) == []
        assert _messages(unit.photos.of_case(1)) == ["101"]


def test_photos_are_fetched_when_due_oldest_first(book: Book) -> None:
    """Only those that are wanted, no more than asked for."""
    with book.work() as unit:
        assert unit.photos.next_try() is None
        for minutes in (2, 0, 1):
            at = NOON + minutes * MINUTE
            unit.photos.add(photo(f"m{minutes}", 1, try_at=at))
        unit.photos.add(photo("kept", 1, state=PhotoState.KEPT))
        assert _messages(unit.photos.wanted(NOON + MINUTE, 10)) == ["m0", "m1"]
        assert _messages(unit.photos.wanted(NOON + MINUTE, 1)) == ["m0"]
        assert unit.photos.next_try() == NOON


def test_a_case_knows_whether_photos_are_still_being_fetched(book: Book) -> None:
    """Of these phases; a broken one is waited for no more."""
    with book.work() as unit:
        unit.photos.add(photo("101", 1, phase=Phase.AFTER))
        assert unit.photos.pending(1, {Phase.AFTER, Phase.BEFORE})
        assert not unit.photos.pending(1, {Phase.BEFORE})
        (posted,) = unit.photos.of_case(1)
        unit.photos.save(replace(posted, state=PhotoState.BROKEN))
        assert not unit.photos.pending(1, {Phase.AFTER})
