"""Words made to keep a pattern busy: no caption, answer or command takes long to read."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from bot.config import sample
from bot.config.city import town as build_town
from tests.attacks.office import office
from tests.attacks.updates import photo_by, said
from tests.fakes.odd_telegram import photo

if TYPE_CHECKING:
    from pathlib import Path

TOWN = build_town(sample({}))
LONGEST = 4096
AT_MOST = 0.25
"""Seconds of one core for reading the longest words; the usual caption takes far below one ms."""
PIECES = (
    *("a", "9", "第", "一", "十", "号", "路", "金城路", "金城路与", "XC-", "XC-2026", "2026-", "1"),
    *(
        "。",
        "，",
        " ",
        "# ",
        "收到",
        "通过",
        "不",
        "没",
        "吗",
        "?",
        "延期 ",
        "承诺 ",
        "危险",
        "好了",
    ),
    *("(", "(a+)+$", "%", "'", "\t", "e\u0301", "👩\u200d"),
)
ENDS = ("", "!", "吗")


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_no_words_take_long_to_read(piece: str) -> None:
    """As a caption and as an answer, whatever they end in."""
    for end in ENDS:
        text = (piece * LONGEST)[: LONGEST - len(end)] + end
        begun = process_time()
        TOWN.read(text)
        TOWN.words.claim_word(text)
        TOWN.words.not_yet(text)
        TOWN.words.after_words(text)
        assert process_time() - begun < AT_MOST, end


async def test_nor_to_take_in(tmp_path: Path) -> None:
    """The whole road of an update, in reply to a case and as a case."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        reply = {"reply_to_message": photo(1, "")["message"]}
        for number, piece in enumerate(PIECES[::5], start=100):
            text = (piece * LONGEST)[:LONGEST]
            begun = process_time()
            await desk.take(said(number, text, **reply))
            await desk.take(photo_by(number + 100, "officer01", text))
            assert process_time() - begun < 4 * AT_MOST, piece
        assert desk.untroubled()
