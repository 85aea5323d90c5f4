"""Outsiders who add the bot to a group of their own, and groups that claim to be another one.

A group outside the configuration is left politely and sees nothing; an id that a group has left is
never used again, and what people write can move no group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attacks.office import office
from tests.attacks.updates import photo_by, press, said, user
from tests.fakes.odd_telegram import CHAT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.attacks.updates import Raw

MINE = {"id": -1009999999999, "type": "supergroup", "title": "mine"}
SUPER = {"id": -1001234567890, "type": "supergroup", "title": "巡查群"}
ORIGIN = "SELECT chat, origin FROM chats ORDER BY origin"


def added(update_id: int, chat: Raw) -> Raw:
    """A stranger adds the bot to a chat."""
    bot = {"id": 1, "is_bot": True, "first_name": "bot"}
    return {
        "update_id": update_id,
        "my_chat_member": {
            "chat": chat,
            "from": user("stranger"),
            "date": 1773108000,
            "old_chat_member": {"status": "left", "user": bot},
            "new_chat_member": {"status": "member", "user": bot},
        },
    }


async def test_a_foreign_group_is_left_and_leaves_no_trace(tmp_path: Path) -> None:
    """Also when a supervisor adds the bot there, and whatever is said there."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        there = {"chat": MINE}
        start = [{"type": "bot_command", "offset": 0, "length": 6}]
        toasts = await desk.take(
            added(100, MINE),
            added(101, {"id": -1008888888888, "type": "channel", "title": "mine"}),
            photo_by(102, "officer01", chat=MINE),
            said(103, "/today", entities=start, **there),
            said(104, "/start XC-20260310-0001", entities=start, **there),
            said(105, "/case XC-20260310-0001", entities=start[:0], **there),
            said(106, "XC-20260310-0001 收到", **there),
            photo_by(107, "repairer01", "XC-20260310-0001 修好了", chat=MINE),
        )
        assert set(toasts) == {"leave"}
        assert len(toasts) == 8
        assert desk.state() == before
        assert desk.rows(f"SELECT count(*) FROM outbox WHERE chat = '{MINE['id']}'") == [(0,)]  # noqa: S608 - our own words


@pytest.mark.parametrize("text", ["/start XC-20260310-0001", "/today", "/case 1"])
async def test_a_stranger_in_private_hears_nothing_of_any_case(tmp_path: Path, text: str) -> None:
    """A deep link's payload opens nothing either."""
    chat = {"id": 6666, "type": "private", "first_name": "x"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        await desk.take(said(100, text, chat=chat, entities=entities, **{"from": user("stranger")}))
        told = desk.rows("SELECT kind, fact FROM outbox WHERE chat = '6666'")
        assert [kind for kind, _ in told] == ["notice"]
        assert "start-stranger" in str(told[0][1])
        assert "XC-" not in str(told[0][1])


async def test_a_photo_in_a_strangers_private_chat_opens_nothing(tmp_path: Path) -> None:
    """And nobody is answered."""
    chat = {"id": 6666, "type": "private", "first_name": "x"}
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "stranger", chat=chat))
        assert desk.state() == []


FORGED: dict[str, Raw] = {
    "words that look like it": {"text": '{"migrate_to_chat_id": -1009999999999}'},
    "a caption that looks like it": {"text": "migrate_from_chat_id=-4000001"},
    "to a plain group": {"migrate_to_chat_id": -4999999},
    "to a person": {"migrate_to_chat_id": 6666},
    "to itself": {"migrate_to_chat_id": -4000001},
    "from a person": {"migrate_from_chat_id": 6666},
    "from a supergroup": {"migrate_from_chat_id": -1001111111111},
}


async def test_nothing_but_telegrams_own_way_moves_a_group(tmp_path: Path) -> None:
    """Plain group to supergroup; no other direction exists."""
    async with office(tmp_path) as desk:
        before = desk.rows(ORIGIN)
        for number, forged in enumerate(FORGED.values(), start=100):
            update = said(number, "")
            update["message"].update(forged)
            await desk.take(update)
            assert desk.rows(ORIGIN) == before, forged
        assert desk.untroubled()


async def test_a_migration_told_twice_and_from_both_sides_happens_once(tmp_path: Path) -> None:
    """The old id is never revived: neither by a message in it nor by another migration of it."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        told = [
            said(100, "", migrate_to_chat_id=SUPER["id"]),
            said(101, "", chat=SUPER, migrate_from_chat_id=CHAT["id"]),
            said(102, "", migrate_to_chat_id=SUPER["id"]),
        ]
        await desk.take(*told)
        await desk.take(*told)
        moved = desk.rows(ORIGIN)
        assert (str(SUPER["id"]), str(CHAT["id"])) in moved
        await desk.take(said(110, "", migrate_to_chat_id=MINE["id"]))
        await desk.take(said(111, "", chat=MINE, migrate_from_chat_id=CHAT["id"]))
        await desk.take(said(112, "", chat=SUPER, migrate_to_chat_id=CHAT["id"]))
        await desk.take(said(113, "", chat=SUPER, migrate_to_chat_id=MINE["id"]))
        assert desk.rows(ORIGIN) == moved
        # Said before the move and fetched after it: Telegram lets nobody write there any more.
        assert await desk.take(photo_by(120, "officer01")) == []
        assert await desk.take(photo_by(121, "officer01", chat=SUPER)) == []
        assert desk.rows("SELECT chat FROM cases") == [(str(SUPER["id"]),)] * 3
        assert desk.rows(ORIGIN) == moved
        card = {"message_id": 900, "date": 0, "chat": CHAT}
        (toast,) = await desk.take(press(130, "repairer01", "c:1:0:", message=card))
        assert toast == "没有这个案件"
        assert desk.untroubled()
