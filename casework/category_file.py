"""One table of a category file, read key by key; every mistake is noted with its place."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from casework.folding import fold

Words: TypeAlias = tuple[str, ...]

_SET_MARK: Final = "@"
_ABSENT: Final = object()  # a table told as missing already; what it lacks is not told again
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with a category file, as data.

    `place` is like `items[3].leaves[1].code`, counted from 1; `code` names the sentence that
    tells it, `fields` what the sentence names, `suggestion` what may have been meant.
    """

    place: str
    code: str
    fields: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""


class CategoryFileError(Exception):
    """The category file cannot be used; `mistakes` holds all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{one.place}: {one.code}" for one in self.mistakes))


class Notes:
    """What was found wrong so far, and the word sets that lists may name."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.sets: dict[str, Words] = {}

    def mistake(self, place: str, code: str, /, *, suggestion: str = "", **fields: str) -> None:
        """Note one mistake."""
        self.mistakes.append(Mistake(place, code, fields, suggestion))

    def expand(self, place: str, words: Words) -> Words:
        """Return folded `words` with each `@name` replaced by the set of that name."""
        expanded: list[str] = []
        for word in words:
            if not word.startswith(_SET_MARK):
                expanded.append(fold(word))
            elif word[1:] in self.sets:
                expanded.extend(self.sets[word[1:]])
            else:
                near = _near(word[1:], self.sets)
                self.mistake(place, "unknown_set", given=word, suggestion=near and f"@{near}")
        return tuple(dict.fromkeys(expanded))


class Section:
    """One TOML table being read; remembers which keys were asked for, to find the others."""

    def __init__(self, place: str, value: object, notes: Notes) -> None:
        self.place = place
        self._notes = notes
        self._asked: list[str] = []
        self._rows: Mapping[str, object] = value if isinstance(value, Mapping) else {}
        self._is_there = isinstance(value, Mapping)
        if not self._is_there and value is not _ABSENT:
            notes.mistake(place, "wrong_type", expected="table", given=_shown(value))

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def mistake(self, key: str, code: str, /, *, suggestion: str = "", **fields: str) -> None:
        """Note a mistake at a key."""
        self._notes.mistake(self.at(key), code, suggestion=suggestion, **fields)

    def has(self, key: str) -> bool:
        """Whether a key that may be left out is there."""
        self._asked.append(key)
        return key in self._rows

    def text(self, key: str) -> str:
        """A text that is not empty; empty after a mistake."""
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, str):
            self.mistake(key, "empty")
        elif key in self._rows:
            self._wrong(key, "text")
        return ""

    def maybe_text(self, key: str) -> str:
        """A text that may be left out."""
        return self.text(key) if self.has(key) else ""

    def flag(self, key: str, *, unless_given: bool) -> bool:
        """A yes or no that may be left out."""
        value = self._rows[key] if self.has(key) else unless_given
        if isinstance(value, bool):
            return value
        self._wrong(key, "yes_no")
        return unless_given

    def texts(self, key: str) -> Words:
        """A list of texts, as written."""
        value = self._get(key)
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(value)
        if key in self._rows:
            self._wrong(key, "texts")
        return ()

    def maybe_texts(self, key: str) -> Words:
        """A list of texts that may be left out."""
        return self.texts(key) if self.has(key) else ()

    def words(self, key: str) -> Words:
        """A list of words, folded, with the word sets it names."""
        return self._notes.expand(self.at(key), self.texts(key))

    def section(self, key: str) -> Section:
        """A table inside this one."""
        value = self._get(key) if self.need(key) else _ABSENT
        return Section(self.at(key), value, self._notes)

    def sections(self, key: str) -> list[Section]:
        """A list of tables, at least one."""
        value = self._get(key)
        if isinstance(value, list) and value:
            rows = enumerate(value, start=1)
            return [Section(f"{self.at(key)}[{row}]", one, self._notes) for row, one in rows]
        if key in self._rows:
            self._wrong(key, "tables")
        return []

    def names(self) -> list[str]:
        """All keys, whatever they are called."""
        self._asked.extend(self._rows)
        return list(self._rows)

    def need(self, key: str) -> bool:
        """Whether a key is there; that it is missing is noted."""
        self._asked.append(key)
        if self._is_there and key not in self._rows:
            self.mistake(key, "missing", key=key)
        return key in self._rows

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._rows:
            if key not in self._asked:
                self.mistake(key, "unknown_key", given=key, suggestion=_near(key, self._asked))

    def _get(self, key: str) -> object:
        return self._rows[key] if self.need(key) else None

    def _wrong(self, key: str, expected: str) -> None:
        self.mistake(key, "wrong_type", expected=expected, given=_shown(self._rows[key]))


def _near(given: str, known: Sequence[str] | Mapping[str, object]) -> str:
    return next(iter(difflib.get_close_matches(given, list(known), n=1)), "")


def _shown(value: object) -> str:
    return str(value)[:_SHOWN]
