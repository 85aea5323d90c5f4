"""Reading words: answers that count as a press, captions of photos, numbers of cases.

The words come from a file. An answer counts only when it is the whole message and neither a
question nor a negation; it is better to miss an answer than to invent one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from casework.folding import fold, strip_invisible

if TYPE_CHECKING:
    from casework.categories import Categories, Guess
    from casework.places import Gazetteer, PlaceFound

__all__ = [
    "Caption",
    "Words",
    "WordsFileError",
    "case_numbers",
    "read_caption",
    "strip_invisible",
]

LONGEST_ANSWER: Final = 24
ANSWERS_JOINED: Final = 3
LONGEST_BARE_THING: Final = 8  # 井盖 alone names a category; inside a longer sentence it is talk

_NUMBER: Final = re.compile(
    r"(?<![a-z0-9])xc[- _.]{0,2}(\d{4})(\d\d)(\d\d)[- _.]{0,2}(\d{4,6})(?![a-z0-9])", re.ASCII
)
_LONE_DIGIT: Final = re.compile(r"[ \"']*1\ufe0f?\u20e3?[ !.~,、👌👍🙏🫡💪✅]*")
_KEPT_ESTATE: Final = "小区"
_SHARES_ROAD: Final = "面灯牌沿缘名边中"
_ONLY_MARKS: Final = frozenset("PSZM")


class WordsFileError(Exception):
    """The words file lacks these lists or has something else than texts in them."""

    def __init__(self, places: tuple[str, ...]) -> None:
        self.places = places
        super().__init__(", ".join(places))


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole: re.Pattern[str]
    anywhere: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Caption:
    """All that a caption says.

    `text` is without invisible characters and on one line; the spans of `place` refer to it.
    `numbers` are case numbers in their usual form.
    """

    text: str
    guess: Guess
    danger: bool
    place: PlaceFound | None
    numbers: tuple[str, ...]
    irrelevant: bool


class Words:
    """The lists of words that count as an act; build it once with `from_mapping`."""

    def __init__(self, lists: _Lists) -> None:
        self._claim, self._pass, self._fail = (
            lists.answer(key) for key in ("claim", "pass", "fail")
        )
        self._sign, self._begin, self._after = (
            lists.phrases(key) for key in ("sign", "begin", "after")
        )
        self._particles = lists.texts("particles")
        self._leading = lists.texts("leading")
        self._asks = _anywhere(lists.texts("asks"))
        self._asks_at_end = lists.texts("asks_at_end")
        self._denying = _anywhere(lists.texts("denying_marks"))
        self._not_yet = _anywhere(lists.texts("not_yet"))
        self._chatter = _anywhere(lists.texts("chatter"))
        self._irrelevant = lists.texts("irrelevant")
        self._stopgap = _anywhere(lists.texts("stopgap"))
        self._no_stopgap = _anywhere(lists.texts("no_stopgap"))

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Self:
        """Build the lists from a parsed words file.

        Raises:
            WordsFileError: names every list that is missing or holds something else than texts.
        """
        lists = _Lists(data)
        words = cls(lists)
        if lists.wrong:
            raise WordsFileError(tuple(lists.wrong))
        return words

    def claim_word(self, text: str) -> bool:
        """Whether the whole message takes the case: 收到, 接单, 1."""
        return self._answers(self._claim, text)

    def pass_word(self, text: str) -> bool:
        """Whether the whole message passes the joint check: 通过, 合格."""
        return self._answers(self._pass, text)

    def fail_word(self, text: str) -> bool:
        """Whether the whole message sends the case to rework: 返工, 不合格, 没修好."""
        return self._answers(self._fail, text)

    def sign_words(self, text: str) -> bool:
        """Whether a caption says that the place is guarded: 围挡好了, 警示牌放好了."""
        return self._says(self._sign, text)

    def begin_words(self, text: str) -> bool:
        """Whether a caption says that work has begun (到场, 开工) and is not done yet."""
        if self._says(self._sign, text):
            return False
        return self._says(self._begin, text) and not self._says(self._after, text)

    def stopgap_words(self, text: str) -> bool:
        """Whether the words say that it is mended for now only: 临时处置, 先临时处理."""
        folded = fold(strip_invisible(text))
        return bool(self._stopgap.search(folded)) and not self._unsure(text, folded)

    def _unsure(self, text: str, folded: str) -> bool:
        denied = self._no_stopgap.search(folded) or self._denying.search(folded)
        return bool(denied) or self.asks(text)

    def after_words(self, text: str) -> bool:
        """Whether a caption says that the work is done: 修好了, 完工; not 围挡好了."""
        return self._says(self._after, text) and not self._says(self._sign, text)

    def asks(self, text: str) -> bool:
        """Whether the words are a question: 收到?, 修好了没, 谁接单."""
        folded = fold(strip_invisible(text))
        return bool(self._asks.search(folded)) or _without_marks(folded).endswith(self._asks_at_end)

    def not_yet(self, text: str) -> bool:
        """Whether the words deny, ask about or only announce the work: 还没修好, 明天开工."""
        return self.asks(text) or bool(self._not_yet.search(fold(strip_invisible(text))))

    def irrelevant(self, text: str) -> bool:
        """Whether the words carry the tag that opens no case: #无关, also full width."""
        folded = fold(strip_invisible(text)).replace("# ", "#")
        return any(tag in folded for tag in self._irrelevant)

    def names_anything(self, caption: Caption) -> bool:
        """Whether words without a photo name a place or a category and answer nothing else.

        Answers, questions, words about a numbered case and mere talk do not describe a photo.
        """
        text = caption.text
        is_thing = caption.guess.category.item != "" and len(text) <= LONGEST_BARE_THING
        named = caption.place is not None or caption.guess.sure or is_thing
        if not named or caption.irrelevant or caption.numbers or self._answers_or_asks(text):
            return False
        return caption.guess.sure or not self._chatter.search(fold(text))

    def _answers_or_asks(self, text: str) -> bool:
        answers = (self.claim_word, self.pass_word, self.fail_word)
        captions = (self.sign_words, self.begin_words, self.after_words)
        return any(reads(text) for reads in (self.asks, *answers, *captions))

    def _answers(self, pattern: re.Pattern[str], text: str) -> bool:
        if len(text) > 4 * LONGEST_ANSWER:
            return False
        folded = fold(strip_invisible(text))
        if self._asks.search(folded) or self._denying.search(folded):
            return False
        if "1" in folded:
            return pattern.fullmatch("1") is not None and bool(_LONE_DIGIT.fullmatch(folded))
        return any(pattern.fullmatch(core) for core in self._cores(_without_marks(folded)))

    def _cores(self, bare: str) -> list[str]:
        """The message as it is, then with its particles taken off one by one."""
        if len(bare) > LONGEST_ANSWER:
            return []
        cores = [bare]
        while (shorter := self._shorter(cores[-1])) != cores[-1]:
            cores.append(shorter)
        return cores

    def _shorter(self, core: str) -> str:
        for lead in self._leading:
            if core.startswith(lead):
                return core.removeprefix(lead)
        for particle in self._particles:
            if core.endswith(particle):
                return core.removesuffix(particle)
        return core

    def _says(self, phrases: _Phrases, text: str) -> bool:
        folded = fold(strip_invisible(text))
        if self.not_yet(text) or self._denying.search(folded) or phrases.unless.search(folded):
            return False
        if phrases.anywhere.search(folded):
            return True
        return any(phrases.whole.fullmatch(core) for core in self._cores(_without_marks(folded)))


def read_caption(text: str, categories: Categories, gazetteer: Gazetteer, words: Words) -> Caption:
    """Read everything a caption says; never fails, whatever the text.

    The place is read first, so that names (污水处理厂) are not taken for defects.
    """
    text = strip_invisible(text)
    place = gazetteer.find(text)
    rest = text if place is None else _without_place(text, place)
    danger = categories.dangerous(rest) or (place is not None and categories.dangerous(text))
    return Caption(
        text=text,
        guess=categories.guess(rest),
        danger=danger,
        place=place,
        numbers=tuple(case_numbers(text)),
        irrelevant=words.irrelevant(text),
    )


def case_numbers(text: str) -> list[str]:
    """Return the case numbers in `text` as XC-YYYYMMDD-NNNN, each once, in their order.

    Case, width and dashes do not matter; a number whose date does not exist is none.
    """
    found: dict[str, None] = {}
    for match in _NUMBER.finditer(fold(strip_invisible(text))):
        year, month, day, serial = match.groups()
        if _is_date(int(year), int(month), int(day)):
            found[f"XC-{year}{month}{day}-{serial}"] = None
    return list(found)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _without_place(text: str, place: PlaceFound) -> str:
    """Take the place out, but leave what a defect needs: 路 of 金城路灯不亮, and 小区."""
    for start, end in reversed(place.spans):
        name = fold(text[start:end])
        kept = _KEPT_ESTATE if name.endswith(_KEPT_ESTATE) else ""
        if name.endswith("路") and text[end : end + 1] in tuple(_SHARES_ROAD):
            kept = "路"
        text = f"{text[:start]}|{kept}{text[end:]}"
    return text


def _without_marks(text: str) -> str:
    return "".join(one for one in text if unicodedata.category(one)[0] not in _ONLY_MARKS)


def _anywhere(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


class _Lists:
    """The words file being read; `wrong` gathers the places of its mistakes."""

    def __init__(self, data: Mapping[str, object], place: str = "") -> None:
        self._data = data
        self._place = place
        self.wrong: list[str] = []

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._data.get(key)
        if isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
            return tuple(map(fold, value))
        self.wrong.append(self._place + key)
        return ()

    def answer(self, key: str) -> re.Pattern[str]:
        return _whole(self._inside(key, ("whole",))[0])

    def phrases(self, key: str) -> _Phrases:
        whole, anywhere, unless = self._inside(key, ("whole", "anywhere", "unless"))
        return _Phrases(_whole(whole), _anywhere(anywhere), _anywhere(unless))

    def _inside(self, key: str, names: tuple[str, ...]) -> list[tuple[str, ...]]:
        section = self._data.get(key)
        inner = _Lists(section if isinstance(section, Mapping) else {}, f"{key}.")
        lists = [inner.texts(name) for name in names]
        self.wrong.extend(inner.wrong)
        return lists


def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """One of the words, or a few of them in a row, with nothing else."""
    choices = "|".join(sorted((re.escape(_without_marks(word)) for word in words), key=len)[::-1])
    return re.compile(rf"(?:{choices}){{1,{ANSWERS_JOINED}}}" if choices else r"(?!)")
