"""Values that no database takes: lone surrogates, NUL, numbers beyond any column, odd shapes.

None of them may stop the bot or be asked for again and again; what makes sense without the odd
character is taken in, the rest goes to the quarantine, and the next update is handled as ever.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.storable import storable
from tests.attacks.updates import SMALL, photo_by, press, said, user
from tests.fakes.odd_telegram import photo
from tests.integration.bot.test_receiver import product_in, rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.attacks.updates import Raw

WORDS = {
    "high surrogate": "\ud800",
    "two halves the wrong way round": "\udfff\ud800",
    "surrogate within words": "金城路\udc00 井盖缺失",
    "NUL": "\x00",
    "NUL within words": "金城路\x00 井盖缺失",
    "1e400": "1e400",
    "5000 Arabic digits": "٣" * 5000,
    "superscript two": "²",
    "an extension of 5000 digits": "延期 " + "9" * 5000,
    "a date of nines": "承诺 99999999-99-99",
    "a date in superscripts": "承诺 2026年²月³日",
    "a case of superscripts": "XC-²",
    "a grid of 5000 digits": "网格" + "9" * 5000,
    "a grid of 9000 numerals": "第" + "九" * 9000 + "网格",
    "an SQL injection": "' OR 1=1; DROP TABLE cases;--",
    "LIKE wildcards": "%_%",
    "an FTS query": '"*" NEAR(',
    "a template": "{0.__class__.__mro__} %s %(x)s ${jndi:ldap://x}",
}
SHAPES: dict[str, dict[str, Any]] = {
    "a message that is infinity": {"message": float("1e400")},
    "a date that is infinity": {"message": {"date": float("1e400")}},
    "a date of the year three million": {"message": {**photo(1, "")["message"], "date": 10**15}},
    "an edit of the year three million": {
        "edited_message": {**photo(1, "")["message"], "edit_date": 10**14}
    },
    "a message id of thirty digits": {"message": {**photo(1, "")["message"], "message_id": 10**30}},
    "a chat id of thirty digits": {
        "message": {**photo(1, "")["message"], "chat": {"id": -(10**30), "type": "group"}}
    },
    "an account of forty digits": {
        "message": {**photo(1, "")["message"], "from": {**user("officer01"), "id": 10**40}}
    },
    "keys of surrogates": {"message": {"\ud800": "\ud800"}},
    "a list for a message": {"message": []},
    "a press without a sender": {"callback_query": {"id": "1", "chat_instance": "1"}},
}


def attempts(words: str) -> list[Raw]:
    """The words in every field that a person fills."""
    odd = user("officer01", first_name=words, last_name=words, language_code=words)
    edited = photo(20, words)
    edited["edited_message"] = {**edited.pop("message"), "edit_date": 1773108020}
    edited["edited_message"]["message_id"] = 1
    return [
        photo(11, words),
        said(12, words),
        said(13, words, reply_to_message=photo(1, SMALL)["message"]),
        said(14, f"/case {words}", entities=[{"type": "bot_command", "offset": 0, "length": 5}]),
        photo_by(15, "officer01", media_group_id=words),
        {**said(16, SMALL), "message": {**said(16, SMALL)["message"], "from": odd}},
        press(17, "repairer01", words),
        press(18, "repairer01", f"c:1:0:{words}"),
        photo_by(19, "officer01", photo=[], document={**_file(), "file_name": words}),
        edited,
    ]


def _count_on(raw: Raw, number: int) -> None:
    raw["update_id"] = number
    for kind in ("message", "edited_message"):
        if kind in raw and raw[kind]["message_id"] != 1:
            raw[kind]["message_id"] = number


def _file() -> Raw:
    return {"file_id": "f", "file_unique_id": "u", "mime_type": "image/png"}


@pytest.mark.both_databases
async def test_words_that_no_database_takes_stop_nothing(tmp_path: Path) -> None:
    """In every field, one at a time and all together; the photo after them opens its case."""
    plain = [words for words in WORDS.values() if storable(words) == words]
    odd = [words for words in WORDS.values() if storable(words) != words]
    batches = [[raw for words in plain for raw in attempts(words)], *map(attempts, odd)]
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(1, SMALL)])
        for at, batch in enumerate(batches, start=1):
            for number, raw in enumerate(batch, start=at * 1000):
                _count_on(raw, number)
            await product.receiver.take_in(batch)
        await product.receiver.take_in([photo(90000, SMALL)])
    assert rows(tmp_path, "SELECT count(*) FROM quarantine") == [(0,)]
    assert rows(tmp_path, "SELECT count(*) FROM cases WHERE photo_message = '90000'") == [(1,)]


@pytest.mark.both_databases
async def test_shapes_that_no_column_holds_go_to_the_quarantine(tmp_path: Path) -> None:
    """Each once; what comes in the same batch is handled."""
    async with product_in(tmp_path) as product:
        for number, shape in enumerate(SHAPES.values(), start=100):
            await product.receiver.take_in([{"update_id": number, **shape}, photo(number, SMALL)])
    assert rows(tmp_path, "SELECT count(*) FROM quarantine") >= [(5,)]
    assert rows(tmp_path, "SELECT count(*) FROM cases") >= [(1,)]


def test_what_is_storable_stays_as_it_is() -> None:
    """A backslash and the letters u0000 that somebody typed, emoji, rare characters."""
    plain = {"a": ["\\u0000", "𠮷👩‍👩‍👧", 7, None, True, 1.5, {"b": "\n"}]}
    assert storable(plain) == plain
    assert storable({"\ud800": ["a\x00b\udc00"]}) == {"?": ["a?b?"]}
    assert json.dumps(storable(WORDS), ensure_ascii=False).encode()
