"""A hundred thousand generated strings, in every field of a letter that people fill.

An independent parser must find exactly the template's own tags, within the limits in UTF-16 units,
and nothing that turns the direction of the text or cannot be seen.
"""

from __future__ import annotations

import random
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import Tags, card, case, length, line, notice, write
from usecases.views import Label, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.letter import Letter

STRINGS = 100_000
IN_A_LETTER = 14
PIECES = (
    *"<>&\"'/=;#{}$`*_[]()~|\\!-+. abXY路井",
    "</b>",
    '<a href="tg://user?id=1">',
    '<tg-time unix="0">',
    "&lt;",
    "&#60;",
    "<!--",
    "<script>",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u061c",
    "\u0301",
    "\n",
    "\r",
    "\u2028",
    "\x1b[31m",
    "\x00",
    "\ud800",
    "\ue000",
    "👩\u200d👩\u200d👧",
    "𠮷",
    "שלום",
    "٣",
    "ｆ",
    "с",
)
INVISIBLE = {"Cc", "Cf", "Cs", "Co"}


def generated() -> Iterator[str]:
    """Words without end, the same in every run; one in fifty is very long."""
    dice = random.Random(4)  # noqa: S311 - no secret: the same words in every run
    while True:
        count = dice.randrange(400, 2500) if dice.random() < 0.002 else dice.randrange(9)
        yield "".join(dice.choices(PIECES, k=count))


def letter_with(words: list[str], turn: int) -> Letter:
    """A card or a notice in which each of the words stands in a field of its own."""
    one = iter(words)
    name = Name(text=next(one), account="1001", username=next(one))
    label = Label(zh=next(one), en=next(one))
    view = card(
        case(words=next(one), place=next(one), reason=next(one), promise_reason=next(one)),
        defect=label,
        repairer=name,
        officer=Name(text=next(one)),
        company=next(one),
    )
    if turn % 2:
        listed = line(number=next(one), place=next(one), defect=label)
        fields = {"by": next(one), "reason": next(one), "round": 1}
        return write(notice("rework", to=(name,), fields=fields, lines=(listed,)))
    return write(view)


def test_no_string_of_a_hundred_thousand_is_anything_but_words() -> None:
    """Names, places, words, reasons, categories, numbers."""
    words, used, turn = generated(), 0, 0
    plain = ["平常话"] * IN_A_LETTER
    templates = [Tags(letter_with(plain, turn).text).tags for turn in (0, 1)]
    while used < STRINGS:
        letter = letter_with(list(islice(words, IN_A_LETTER)), turn)
        read = Tags(letter.text)
        assert read.tags == templates[turn % 2]
        assert length(read.text) <= MESSAGE_UNITS
        seen = {unicodedata.category(c) for c in set(read.text) - {"\n", "\u200d"}}
        assert not seen & INVISIBLE
        used += IN_A_LETTER
        turn += 1
