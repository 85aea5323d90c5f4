"""The category file as typed rows; every mistake in it is told at once, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from casework.folding import fold

Words: TypeAlias = tuple[str, ...]

_SET_MARK: Final = "@"
_ABSENT: Final = object()  # a table told as missing already; what it lacks is not told again


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with a category file: `place` is like `items[3].leaves[0].code`."""

    place: str
    what: str


class CategoryFileError(Exception):
    """The category file cannot be used; `mistakes` holds all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{one.place}: {one.what}" for one in self.mistakes))


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryGroup:
    """One of the classes a leaf belongs to, such as 市政设施."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A leaf of the tree: what a case can be about.

    `item` is the code of the thing it is about (检查井). `words` name that thing, `faults` make
    it this leaf when they stand near it, `keywords` name the leaf alone. All words are folded.
    """

    code: str
    name_zh: str
    name_en: str
    group: str
    item: str = ""
    words: Words = ()
    faults: Words = ()
    keywords: Words = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing that can have faults; `default` lets it name its first leaf without a fault."""

    code: str
    name_zh: str
    name_en: str
    words: Words
    leaves: tuple[Category, ...]
    default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPair:
    """The words that mean danger beside one of the items, given by code."""

    items: frozenset[str]
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTable:
    """All rows of a category file."""

    groups: tuple[CategoryGroup, ...]
    items: tuple[Item, ...]
    fallback: Category
    danger_anywhere: Words
    danger_denied: Words
    danger_negators: Words
    danger_pairs: tuple[DangerPair, ...]
    decoys: Words


def read_table(data: Mapping[str, object]) -> CategoryTable:
    """Return the table of a parsed category file.

    Raises:
        CategoryFileError: something is missing, unknown, doubled or of the wrong kind.
    """
    reader = _Reader()
    table = reader.table(_Section("", data, reader))
    if reader.mistakes:
        raise CategoryFileError(reader.mistakes)
    return table


class _Section:
    """One TOML table being read; remembers which keys were asked for, to find the others."""

    def __init__(self, place: str, value: object, reader: _Reader) -> None:
        self.place = place
        self._reader = reader
        self._asked: list[str] = []
        self._rows: Mapping[str, object] = value if isinstance(value, Mapping) else {}
        self._is_there = isinstance(value, Mapping)
        if not self._is_there and value is not _ABSENT:
            reader.mistake(place, "a table is wanted here")

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def text(self, key: str) -> str:
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value
        if key in self._rows:
            self._reader.mistake(self.at(key), "a text that is not empty is wanted here")
        return ""

    def flag(self, key: str, *, unless_given: bool) -> bool:
        self._asked.append(key)
        value = self._rows.get(key, unless_given)
        if isinstance(value, bool):
            return value
        self._reader.mistake(self.at(key), "true or false is wanted here")
        return unless_given

    def texts(self, key: str) -> Words:
        value = self._get(key)
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(value)
        if key in self._rows:
            self._reader.mistake(self.at(key), "a list of texts is wanted here")
        return ()

    def words(self, key: str) -> Words:
        return self._reader.expand(self.at(key), self.texts(key))

    def section(self, key: str) -> _Section:
        value = self._get(key) if self.need(key) else _ABSENT
        return _Section(self.at(key), value, self._reader)

    def sections(self, key: str) -> list[_Section]:
        value = self._get(key)
        if isinstance(value, list) and value:
            rows = enumerate(value)
            return [_Section(f"{self.at(key)}[{row}]", one, self._reader) for row, one in rows]
        if key in self._rows:
            self._reader.mistake(self.at(key), "a list of tables is wanted here")
        return []

    def names(self) -> list[str]:
        self._asked.extend(self._rows)
        return list(self._rows)

    def need(self, key: str) -> bool:
        self._asked.append(key)
        if self._is_there and key not in self._rows:
            self._reader.mistake(self.at(key), "is missing")
        return key in self._rows

    def done(self) -> None:
        """Tell of every key that nobody asked for."""
        for key in self._rows:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, n=1)
                hint = f", did you mean {near[0]}?" if near else ""
                self._reader.mistake(self.at(key), f"is not known{hint}")

    def _get(self, key: str) -> object:
        return self._rows[key] if self.need(key) else None


class _Reader:
    """Builds the table and gathers what is wrong on the way."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._sets: dict[str, Words] = {}
        self._codes: set[str] = set()

    def mistake(self, place: str, what: str) -> None:
        self.mistakes.append(Mistake(place, what))

    def expand(self, place: str, words: Words) -> Words:
        """Return folded `words` with each `@name` replaced by the set of that name."""
        expanded: list[str] = []
        for word in words:
            if not word.startswith(_SET_MARK):
                expanded.append(fold(word))
            elif word[1:] in self._sets:
                expanded.extend(self._sets[word[1:]])
            else:
                self.mistake(place, f"no word set is called {word[1:]!r}")
        return tuple(dict.fromkeys(expanded))

    def table(self, top: _Section) -> CategoryTable:
        sets = top.section("word_sets")
        self._sets = {name: tuple(map(fold, sets.texts(name))) for name in sets.names()}
        groups = tuple(self._group(one) for one in top.sections("groups"))
        known = frozenset(group.code for group in groups)
        items = tuple(self._item(one, known) for one in top.sections("items"))
        fallback = self._fallback(top.section("fallback"), known)
        danger = top.section("danger")
        decoys = top.section("decoys")
        table = CategoryTable(
            groups=groups,
            items=items,
            fallback=fallback,
            danger_anywhere=danger.words("anywhere"),
            danger_denied=danger.words("denied"),
            danger_negators=danger.words("negators"),
            danger_pairs=self._pairs(danger, frozenset(item.code for item in items)),
            decoys=decoys.words("words"),
        )
        for section in (sets, danger, decoys, top):
            section.done()
        return table

    def _group(self, row: _Section) -> CategoryGroup:
        code, name_zh, name_en = self._names(row)
        row.done()
        return CategoryGroup(code=code, name_zh=name_zh, name_en=name_en)

    def _item(self, row: _Section, groups: frozenset[str]) -> Item:
        code, name_zh, name_en = self._names(row)
        group = self._known(row, "group", groups)
        words = row.words("words")
        default = row.flag("default", unless_given=True)
        shell = Category(
            code=code, name_zh=name_zh, name_en=name_en, group=group, item=code, words=words
        )
        leaves = tuple(self._leaf(one, shell) for one in row.sections("leaves"))
        row.done()
        return Item(
            code=code, name_zh=name_zh, name_en=name_en, words=words, leaves=leaves, default=default
        )

    def _leaf(self, row: _Section, item: Category) -> Category:
        code, name_zh, name_en = self._names(row)
        faults, keywords = row.words("faults"), row.words("keywords")
        if not faults and not keywords:
            self.mistake(row.place, "has neither faults nor keywords, so no words lead to it")
        row.done()
        return Category(
            code=code,
            name_zh=name_zh,
            name_en=name_en,
            group=item.group,
            item=item.item,
            words=item.words,
            faults=faults,
            keywords=keywords,
        )

    def _fallback(self, row: _Section, groups: frozenset[str]) -> Category:
        code, name_zh, name_en = self._names(row)
        group = self._known(row, "group", groups)
        row.done()
        return Category(code=code, name_zh=name_zh, name_en=name_en, group=group)

    def _pairs(self, danger: _Section, items: frozenset[str]) -> tuple[DangerPair, ...]:
        pairs = []
        for row in danger.sections("pairs"):
            codes = frozenset(row.texts("items"))
            for code in sorted(codes - items):
                self.mistake(row.at("items"), f"no item has the code {code!r}")
            pairs.append(DangerPair(items=codes, words=row.words("words")))
            row.done()
        return tuple(pairs)

    def _names(self, row: _Section) -> tuple[str, str, str]:
        code = row.text("code")
        if code and code in self._codes:
            self.mistake(row.at("code"), f"{code!r} is used twice")
        self._codes.add(code)
        return code, row.text("name_zh"), row.text("name_en")

    def _known(self, row: _Section, key: str, groups: frozenset[str]) -> str:
        code = row.text(key)
        if code and code not in groups:
            self.mistake(row.at(key), f"no group has the code {code!r}")
        return code
