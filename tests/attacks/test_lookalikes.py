"""Characters that look like others: full width, Cyrillic, Greek, long s, dotless i.

A command or a tag written with them is either what a person plainly meant, as on a Chinese keyboard
that writes ＃ for #, or nothing at all; never another command, and never a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attacks.office import office
from tests.attacks.updates import photo_by, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.attacks.updates import Raw

NUMBER = "XC-20260310-0001"
PRIVATE = {"id": 1001, "type": "private", "first_name": "officer01"}
NOT_THE_COMMAND = {
    "full-width slash": "／today",
    "division slash": "\u2215today",
    "fraction slash": "\u2044today",
    "Cyrillic о": "/t\u043eday",
    "Cyrillic с": "/\u0441ase " + NUMBER,
    "Cyrillic а": "/c\u0430se " + NUMBER,
    "Greek ο": "/t\u03bfday",
    "long s": "/ca\u017fe " + NUMBER,
    "dotless i": "/m\u0131ne",
    "full width": "/ｍｉｎｅ",
    "zero width within": "/to\u200bday",
    "soft hyphen within": "/to\u00adday",
    "direction before": "\u202e/today",
    "combining mark": "/today\u0301",
    "another word": "/todays",
    "closing, which is none": "/\u0441lose",
}
MEANT = {
    "plain": f"/case {NUMBER}",
    "capitals": f"/CASE {NUMBER}",
    "full-width number": "/case ＸＣ－２０２６０３１０－０００１",
    "full-width blank": f"/case\u3000{NUMBER}",
}
NO_CASE = ("#无关", "＃无关", "# 无关", "＃ 无关", "#無關", "＃無關", "#\u200b无关")
A_CASE = ("♯无关", "﹟无关", "无关", "#无夫")
"""A sharp, a small number sign, no sign, another word: a photo is rather filed than lost."""


def command(number: int, text: str, **more: object) -> Raw:
    """Words that Telegram marks as a command, as it does with whatever begins with a slash."""
    first = text.split(maxsplit=1)[0]
    entities = [{"type": "bot_command", "offset": 0, "length": len(first)}]
    return said(number, text, entities=entities, **more)


@pytest.mark.parametrize("chat", [{}, {"chat": PRIVATE}], ids=["group", "private"])
async def test_what_only_looks_like_a_command_is_none(
    tmp_path: Path, chat: dict[str, object]
) -> None:
    """Nothing is answered, nothing is changed."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"), said(2, "…", chat=PRIVATE))
        before = desk.state(), desk.rows("SELECT count(*) FROM outbox")
        for number, text in enumerate(NOT_THE_COMMAND.values(), start=100):
            assert await desk.take(command(number, text, **chat)) == []
            now = desk.state(), desk.rows("SELECT count(*) FROM outbox")
            assert now == before, text
        assert desk.untroubled()


async def test_what_a_chinese_keyboard_writes_is_understood(tmp_path: Path) -> None:
    """The number of a case in full width, a blank in full width."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        for number, text in enumerate(MEANT.values(), start=100):
            await desk.take(command(number, text))
            answer = f"SELECT kind FROM outbox WHERE key = 'answer:{number}'"  # noqa: S608 - a number
            assert desk.rows(answer) == [("dossier",)], text


async def test_the_tag_that_opens_no_case_may_be_written_in_full_width(tmp_path: Path) -> None:
    """And in the other script; what only looks like it opens one."""
    async with office(tmp_path) as desk:
        for number, tag in enumerate(NO_CASE, start=100):
            await desk.take(photo_by(number, "officer01", f"{tag} 金城路 井盖缺失"))
            assert desk.rows("SELECT count(*) FROM cases") == [(0,)], tag
        for count, tag in enumerate(A_CASE, start=1):
            await desk.take(photo_by(200 + count, "officer01", f"{tag} 金城路 井盖缺失"))
            assert desk.rows("SELECT count(*) FROM cases") == [(count,)], tag
        assert desk.untroubled()


@pytest.mark.parametrize(
    "words", ["收到\u0430", "\u0440ass", "оk", "通\u200b过吗", "0K", "Оκ"], ids=range(6)
)
async def test_words_that_only_look_like_an_answer_claim_nothing(
    tmp_path: Path, words: str
) -> None:
    """A claim is a word of the list, not one that looks like it."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        reply = {
            "reply_to_message": {
                "message_id": 1,
                "date": 1,
                "chat": {"id": -4000001, "type": "group"},
            }
        }
        sender = {"id": 1011, "is_bot": False, "first_name": "x", "username": "repairer01"}
        await desk.take(said(100, words, **reply, **{"from": sender}))
        assert desk.rows("SELECT status FROM cases") == [("waiting",)]
        assert desk.untroubled()
