"""The shelves of links, albums and last words."""

from __future__ import annotations

import pytest

from storage.errors import DatabaseRefusedError
from tests.integration.storage.cast import GROUP, MINUTE, NOON, Book, link, pothole
from usecases.records import Album, Part, Words


@pytest.fixture
def book(book: Book) -> Book:
    """The database with two cases."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
        unit.cases.add(pothole(2))
    return book


def _words(message: str, minutes: int = 0, person: str = "officer01", text: str = "井盖") -> Words:
    at = NOON + minutes * MINUTE
    return Words(chat=GROUP, thread="", message=message, person=person, text=text, at=at)


def test_a_message_belongs_to_the_case_it_was_first_linked_to(book: Book) -> None:
    """A second link is refused, in the same transaction as later; the old one stays."""
    with book.work() as unit:
        assert unit.links.get(GROUP, "101") is None
        assert unit.links.add(link("101", 1, person="officer01"))
        assert not unit.links.add(link("101", 2, part=Part.CARD))
        assert unit.links.get(GROUP, "101") == link("101", 1, person="officer01")
    with book.work() as unit:
        assert not unit.links.add(link("101", 2))
        assert unit.links.get(GROUP, "101") == link("101", 1, person="officer01")
        assert unit.links.get("-2", "101") is None


def test_a_message_is_given_to_another_case(book: Book) -> None:
    """Whether it was linked just now or long ago; a stranger stays one."""
    with book.work() as unit:
        unit.links.add(link("101", 1))
        unit.links.add(link("102", 1))
        unit.links.move(GROUP, "101", 2)
        unit.links.move(GROUP, "999", 2)
    with book.work() as unit:
        unit.links.move(GROUP, "102", 2)
        assert unit.links.get(GROUP, "102") == link("102", 2)
    with book.work() as unit:
        assert unit.links.get(GROUP, "101") == link("101", 2)
        assert unit.links.get(GROUP, "102") == link("102", 2)
        assert unit.links.get(GROUP, "999") is None


def test_a_link_to_no_case_is_refused(book: Book) -> None:
    """At the commit, at the latest."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        unit.links.add(link("101", 9))


def test_an_album_is_kept_and_replaced(book: Book) -> None:
    """What became of it changes: a question first, then a case."""
    asked = Album(chat=GROUP, album="a1", at=NOON, person="repairer01", question=4)
    filed = Album(chat=GROUP, album="a1", at=NOON, case_id=2, phase="after", ignored=True)
    with book.work() as unit:
        assert unit.albums.get(GROUP, "a1") is None
        unit.albums.save(asked)
        assert unit.albums.get(GROUP, "a1") == asked
    with book.work() as unit:
        assert unit.albums.get(GROUP, "a1") == asked
        unit.albums.save(filed)
    with book.work() as unit:
        assert unit.albums.get(GROUP, "a1") == filed


def test_the_last_words_are_those_said_last_since_then(book: Book) -> None:
    """Of this person in this chat, whatever the order in which they came in."""
    with book.work() as unit:
        unit.words.add(_words("12", 2))
        unit.words.add(_words("11", 1))
        unit.words.add(_words("13", 3, person="officer02"))
        assert unit.words.last(GROUP, "officer01", NOON) == _words("12", 2)
    with book.work() as unit:
        assert unit.words.last(GROUP, "officer01", NOON + 2 * MINUTE) == _words("12", 2)
        assert unit.words.last(GROUP, "officer01", NOON + 3 * MINUTE) is None
        assert unit.words.last("-2", "officer01", NOON) is None


def test_used_words_are_forgotten(book: Book) -> None:
    """Before they were written as after."""
    with book.work() as unit:
        unit.words.add(_words("11"))
        unit.words.add(_words("12", 1))
        unit.words.forget(GROUP, "12")
        assert unit.words.last(GROUP, "officer01", NOON) == _words("11")
        unit.words.forget(GROUP, "11")
        assert unit.words.last(GROUP, "officer01", NOON) is None


def test_the_same_message_again_replaces_its_words(book: Book) -> None:
    """It was delivered twice, or edited."""
    with book.work() as unit:
        unit.words.add(_words("11"))
    with book.work() as unit:
        unit.words.add(_words("11", text="路灯"))
    with book.work() as unit:
        assert unit.words.last(GROUP, "officer01", NOON) == _words("11", text="路灯")


def test_old_words_are_purged_and_the_next_purge_is_known(book: Book) -> None:
    """What is older than the moment goes; the oldest that stays is told."""
    with book.work() as unit:
        assert unit.words.purge(NOON) is None
        for minutes in range(3):
            unit.words.add(_words(str(minutes), minutes))
        assert unit.words.purge(NOON + MINUTE) == NOON + MINUTE
        assert unit.words.purge(NOON + 3 * MINUTE) is None
