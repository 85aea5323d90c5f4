"""Presses forged, tampered with and replayed.

Callback data is no secret: anybody with a client of his own may send any 64 bytes for any message.
It carries no right, so whatever it says is checked as if a stranger had typed it.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from messages.buttons import decode, encode
from tests.attacks.office import office
from tests.attacks.updates import photo_by, press, user
from tests.fakes.odd_telegram import CHAT
from usecases.views import Action, Button

if TYPE_CHECKING:
    from pathlib import Path

GONE = "已过时，请看最新的卡片"
NO_CASE = "没有这个案件"

ARGUMENTS = {
    Action.HOURS: "24",
    Action.PROMISE: "7.long-works",
    Action.EXTEND: "materials",
    Action.SUSPEND: "14.permits",
    Action.TIER: "A",
    Action.DEADLINE: "72",
    Action.CATEGORY: "kerb",
    Action.GRID: "2",
    Action.REFUSE: "not-ours",
    Action.DUPLICATE: "2",
    Action.HAND_OVER: "repairer02",
    Action.CLAIM_FOR: "repairer02",
    Action.WITHDRAW: "mistake",
    Action.MOVE_PHOTO: "1.2",
    Action.ISSUE: "2.1",
    Action.NOT_ISSUE: "2.1",
    Action.FILE: "1",
    Action.NEW: "1",
    Action.MORE: "category.kerbs",
    Action.MUTE_DIGEST: "daily",
    Action.CHOOSE_DIGEST: "daily",
}
VALID = [
    encode(Button(action=action, case_id=1, arg=ARGUMENTS.get(action, ""))) for action in Action
]
NEVER_WRITTEN: dict[str, str | None] = {
    "a word": "close:999999",
    "a negative case": "close:-1",
    "a float": "close:1e9",
    "an Arabic digit": "close:٣",
    "negative in our form": "c:-1:0:",
    "a float in our form": "c:1e9:0:x y",
    "Arabic digits in our form": "c:٣:٣:",
    "fullwidth": "ｃ:１:０:",
    "64 bytes": "c:1:0:" + "x" * 58,
    "65 bytes": "c:1:0:" + "x" * 59,
    "NUL": "\x00",
    "NUL behind": "c:1:0:\x00",
    "a line break behind": "c:1:0:\n",
    "a line break before": "\nc:1:0:",
    "a blank before": " c:1:0:",
    "a leading zero": "c:01:0:",
    "a round with a sign": "c:1:+0:",
    "a round of five digits": "c:1:10000:",
    "a case above 63 bits": "c:zzzzzzzzzzzzz:0:",
    "no parts": "c",
    "three parts": "c:1:0",
    "five parts": "c:1:0::",
    "an unknown action": "zz:1:0:",
    "an upper-case action": "C:1:0:",
    "an upper-case case": "c:A:0:",
    "a path": "c:1:0:../../etc/passwd",
    "SQL": "c:1 OR 1=1:0:",
    "SQL behind": "c:1:0:';DROP TABLE cases;--",
    "markup": "<b>c:1:0:</b>",
    "JSON": '{"action":"c","case":1}',
    "a surrogate": "\ud800",
    "direction": "\u202ec:1:0:",
    "zero width": "c:\u200b1:0:",
    "empty": "",
    "nothing (a game's button)": None,
}


def flips(data: str) -> list[str]:
    """The data with each of its bits flipped, one at a time, as text where it still is any."""
    found = []
    for at in range(len(data)):
        for bit in range(8):
            raw = bytearray(data.encode())
            raw[at] ^= 1 << bit
            found.append(raw.decode("utf-8", "replace"))
    return found


def test_whatever_is_decoded_is_exactly_what_would_be_written() -> None:
    """Every bit of every button: one payload has one meaning, and one meaning one payload."""
    checked = 0
    for data in VALID:
        assert decode(data) is not None
        for forged in flips(data):
            read = decode(forged)
            checked += 1
            if read is None:
                continue
            back = Button(action=read.action, case_id=read.case_id, arg=read.arg, round=read.round)
            assert encode(back) == forged
            assert len(forged.encode()) <= 64
    assert checked > 3000


def test_a_hundred_thousand_random_payloads_are_read_without_a_failure() -> None:
    """Half of them out of the letters that matter."""
    dice = random.Random(20260310)  # noqa: S311 - the same payloads in every run
    letters = "abcdefghijklmnopqrstuvwxyz0123456789:::--.._ٌ٣\x00\n"
    for _ in range(100_000):
        data = "".join(dice.choices(letters, k=dice.randrange(14)))
        read = decode(data)
        if read is not None:
            back = Button(action=read.action, case_id=read.case_id, arg=read.arg, round=read.round)
            assert encode(back) == data


async def test_payloads_that_were_never_written_are_out_of_date(tmp_path: Path) -> None:
    """Each is answered, politely and once; nothing changes, nothing fails."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        forged = [
            press(100 + n, who, data)
            for n, (data, who) in enumerate(
                (data, who)
                for data in NEVER_WRITTEN.values()
                for who in ("repairer01", "supervisor01", "stranger")
            )
        ]
        toasts = await desk.take(*forged)
        assert len(toasts) == len(forged)
        assert set(toasts) == {GONE}
        assert desk.state() == before
        assert desk.untroubled()


async def test_no_bit_of_any_button_gives_an_outsider_a_right(tmp_path: Path) -> None:
    """An officer of another grid sends everything that still reads as a button."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"), photo_by(2, "officer02", date=1773108001))
        before = desk.state()[:1]
        readable = {data for valid in VALID for data in (valid, *flips(valid)) if decode(data)}
        aimed = sorted(data for data in readable if data.split(":")[1] == "1")
        assert len(aimed) > 800
        toasts = await desk.take(
            *(press(100 + n, "officer02", data) for n, data in enumerate(aimed))
        )
        assert len(toasts) == len(aimed)
        assert desk.state()[:1] == before
        assert desk.untroubled()


@pytest.mark.parametrize("data", ["c:zz:0:", "c:zzzzzzzzzzzz:0:", "p:2:0:", "f:2:0:1", "xx:2:0:1"])
async def test_a_case_that_is_none_answers_politely(tmp_path: Path, data: str) -> None:
    """Numbers may be guessed; they lead nowhere."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        assert await desk.take(press(100, "supervisor01", data)) == [NO_CASE]


async def test_a_press_of_another_group_or_of_a_foreign_one_reaches_no_case(tmp_path: Path) -> None:
    """The same data on a copy of the card elsewhere: forwarded, or in a group of one's own."""
    elsewhere = {"id": -4000002, "type": "group", "title": "城西"}
    foreign = {"id": -1009999999999, "type": "supergroup", "title": "mine"}
    channel = {"id": -1008888888888, "type": "channel", "title": "mine"}
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        for number, chat in enumerate((elsewhere, foreign, channel)):
            card = {"message_id": 900, "date": 1773108010, "chat": chat, "text": "card"}
            for at, data in enumerate(VALID):
                update = press(1000 + number * 100 + at, "supervisor01", data, message=card)
                toasts = await desk.take(update)
                assert toasts == [NO_CASE] or chat is elsewhere, data
        assert desk.state() == before
        assert desk.rows(
            "SELECT count(*) FROM outbox WHERE chat IN ('-1009999999999', '-1008888888888')"
        ) == [(0,)]


async def test_a_press_without_a_message_reaches_no_case(tmp_path: Path) -> None:
    """`inline_message_id`: this bot has no inline messages, so nobody can have got one."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        forged = press(100, "repairer01", "c:1:0:", inline_message_id="AAAA")
        del forged["callback_query"]["message"]
        assert await desk.take(forged) == [NO_CASE]
        assert desk.state() == before


async def test_a_press_on_a_message_that_telegram_no_longer_shows_is_checked_alike(
    tmp_path: Path,
) -> None:
    """Date 0: an old card. Whoever may, may; whoever may not, may not."""
    old = {"message_id": 900, "date": 0, "chat": CHAT}
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        (refused,) = await desk.take(press(100, "officer02", "c:1:0:", message=old))
        assert refused.startswith("只有李强")
        assert desk.state() == before
        await desk.take(press(101, "repairer01", "c:1:0:", message=old))
        assert desk.rows("SELECT claimer FROM cases") == [("repairer01",)]


async def test_a_replayed_press_is_answered_and_done_once(tmp_path: Path) -> None:
    """Twenty at once under new ids, and twenty times the same update."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        await desk.take(*(press(100 + n, "repairer01", "c:1:0:") for n in range(20)))
        await desk.take(*(press(100, "repairer01", "c:1:0:") for _ in range(20)))
        claims = "SELECT count(*) FROM history WHERE event = 'CaseClaimed'"
        assert desk.rows(claims) == [(1,)]


async def test_a_key_of_an_earlier_round_turns_nothing(tmp_path: Path) -> None:
    """The sheet of the first round, pressed after the rework."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        reply = {"reply_to_message": photo_by(1, "officer01")["message"]}
        await desk.take(photo_by(2, "repairer01", "", **reply))
        await desk.take(press(100, "officer01", "w:1:0:"))
        await desk.take(photo_by(3, "repairer01", "", **reply))
        for number, data in enumerate(("p:1:0:", "r:1:0:", "w:1:0:", "p:1:2:")):
            for at, who in enumerate(("officer01", "repairer01", "supervisor01")):
                assert await desk.take(press(200 + number * 10 + at, who, data)) == [GONE]
        assert desk.rows("SELECT patrol_key, repair_key, round FROM cases") == [("", "", 1)]


async def test_a_closed_case_is_not_split_by_an_old_button(tmp_path: Path) -> None:
    """拆开 of a menu that was left open: no case comes out of one that has ended."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"), photo_by(2, "officer01", ""))
        await desk.take(press(100, "supervisor01", "x:1:0:not-ours"))
        before = desk.state()
        toasts = await desk.take(press(101, "officer01", "sp:1:0:"))
        assert toasts == ["XC-20260310-0001 退单，不用再办了"]
        assert desk.state() == before


async def test_a_language_that_is_none_is_answered_in_one_of_ours(tmp_path: Path) -> None:
    """The app tells the language; a forged one names no file and no catalogue."""
    async with office(tmp_path) as desk:
        for number, code in enumerate(("../../etc", "zh\x00", "x" * 5000, "\u202e", "{", "")):
            sender = user("officer02", language_code=code)
            toasts = await desk.take(press(100 + number, "officer02", "c:1:0:", **{"from": sender}))
            assert toasts == [NO_CASE]
        assert desk.untroubled()
