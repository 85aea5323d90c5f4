"""The shelves of people and groups, and the move of a group."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.errors import DatabaseRefusedError
from tests.integration.storage.cast import (
    GROUP,
    MINUTE,
    MOVED,
    NOON,
    Book,
    link,
    photo,
    pothole,
    row,
)
from usecases.records import Album, Binding, Chat, HeldNudge, Sent, Words
from usecases.teamwork import Pause

OFFICER = Binding(person="officer01", account="1001", bound_at=NOON, language="zh")


def test_a_binding_is_found_by_person_and_by_account(book: Book) -> None:
    """Before it is bound there is none; after it, both ways."""
    with book.work() as unit:
        assert unit.people.by_account("1001") is None
        assert unit.people.by_person("officer01") is None
        unit.people.save(OFFICER)
        assert unit.people.by_account("1001") == OFFICER
    with book.work() as unit:
        assert unit.people.by_person("officer01") == OFFICER
        assert unit.people.by_account("1001") == OFFICER


def test_a_binding_is_replaced(book: Book) -> None:
    """The person opened the private chat, or took another account."""
    changed = replace(OFFICER, account="2002", private="2002")
    with book.work() as unit:
        unit.people.save(OFFICER)
        assert unit.people.by_account("1001") == OFFICER
        unit.people.save(changed)
        assert unit.people.by_account("1001") is None
        assert unit.people.by_account("2002") == changed
        assert unit.people.by_person("officer01") == changed


def test_one_account_is_one_person(book: Book) -> None:
    """The database refuses a second one."""
    with pytest.raises(DatabaseRefusedError), book.work() as unit:
        unit.people.save(OFFICER)
        unit.people.save(replace(OFFICER, person="officer02"))


def test_a_group_is_found_by_both_of_its_ids(book: Book) -> None:
    """By the one in use and by the one in the configuration."""
    group = Chat(chat=MOVED, origin=GROUP, state="muted")
    with book.work() as unit:
        assert unit.chats.get(GROUP) is None
        unit.chats.save(Chat(chat=GROUP, origin=GROUP))
        assert unit.chats.get(GROUP) == Chat(chat=GROUP, origin=GROUP)
        unit.chats.save(group)
        assert unit.chats.get(GROUP) is None
    with book.work() as unit:
        assert unit.chats.get(MOVED) == group
        assert unit.chats.by_origin(GROUP) == group
        assert unit.chats.by_origin(MOVED) is None


def _live_in_the_group(book: Book) -> None:
    with book.work() as unit:
        unit.chats.save(Chat(chat=GROUP, origin=GROUP))
        unit.cases.add(pothole(1))
        unit.links.add(link("101", 1))
        unit.albums.save(Album(chat=GROUP, album="a1", case_id=1, at=NOON))
        unit.photos.add(photo("101", 1))
        unit.words.add(
            Words(chat=GROUP, thread="", message="9", person="officer01", text="井盖", at=NOON)
        )
        unit.outbox.add(row("sent", 1, state=Sent.SENT))
        unit.outbox.add(row("queued", 1))
        unit.nudges.hold(HeldNudge(chat=GROUP, person="officer01", case_id=1, kind="half", at=NOON))


def test_a_migrated_group_takes_along_what_has_no_message_number(book: Book) -> None:
    """Cases, albums, words, nudges, what was sent and what waits."""
    _live_in_the_group(book)
    with book.work() as unit:
        unit.chats.move(GROUP, MOVED)
        assert unit.chats.get(MOVED) == Chat(chat=MOVED, origin=GROUP)
        newest = unit.cases.newest_of("officer01", MOVED)
        assert newest == pothole(1, chat=MOVED, card="", photo_message="")
        assert unit.albums.get(MOVED, "a1") is not None
        assert unit.words.last(MOVED, "officer01", NOON) is not None
        assert [unit.outbox.get(number) for number in (1, 2)] == [
            row("sent", 1, id=1, chat=MOVED, state=Sent.SENT),
            row("queued", 1, id=2, chat=MOVED, reply_to=""),
        ]
        assert [nudge.chat for nudge in unit.nudges.take(MOVED, NOON)] == [MOVED]


def test_a_ban_moves_with_its_group(book: Book) -> None:
    """A shorter one never shortens a longer."""
    with book.work() as unit:
        unit.team.pause(Pause(chat=GROUP, since=NOON, until=NOON + 9 * MINUTE))
        unit.team.pause(Pause(chat=MOVED, since=NOON, until=NOON + 5 * MINUTE))
        unit.team.ban_moved(GROUP, MOVED)
        resting = {pause.chat for pause in unit.team.pauses(NOON + 8 * MINUTE)}
        assert resting == {GROUP, MOVED}
        unit.team.prune(NOON + 10 * MINUTE)
        assert unit.team.pauses(NOON) == []


def test_messages_of_before_stay_with_the_old_id(book: Book) -> None:
    """A supergroup counts its messages anew, so numbers meet."""
    _live_in_the_group(book)
    with book.work() as unit:
        unit.cases.add(pothole(2, chat=MOVED))
        unit.links.add(link("101", 2, chat=MOVED))
        unit.chats.move(GROUP, MOVED)
        assert unit.links.get(MOVED, "101") == link("101", 2, chat=MOVED)
        assert unit.links.get(GROUP, "101") == link("101", 1)
        assert len(unit.photos.of_message(GROUP, "101")) == 1
        assert not unit.photos.of_message(MOVED, "101")


def test_a_reaction_on_a_message_of_before_is_dropped(book: Book) -> None:
    """It would stand on somebody else's message."""
    _live_in_the_group(book)
    with book.work() as unit:
        unit.outbox.add(row("late", 1, kind="reaction"))
        unit.chats.move(GROUP, MOVED)
        dropped = unit.outbox.get(3)
        assert dropped is not None
        assert dropped.state is Sent.DROPPED
