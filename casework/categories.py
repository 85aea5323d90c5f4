"""What a caption is about: the category tree, the guess from words, and danger.

The words all come from the category file. A fault belongs to the thing named nearest to it,
first of all the one right before it, so that 井盖旁边路沿石缺失 speaks of the kerb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from casework.category_file import CategoryFileError, Mistake
from casework.category_reading import read_table
from casework.category_table import Category, CategoryGroup, CategoryTable, Item
from casework.folding import fold
from casework.wordfinder import Hit, WordFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "Categories",
    "Category",
    "CategoryFileError",
    "CategoryGroup",
    "Guess",
    "Mistake",
]

ALTERNATIVES_SHOWN: Final = 5

# What a found word can be; `_OfItem` names a thing, `_AsFault` and `_AsKeyword` a leaf.
_REACH: Final = 12
_CLAUSE_ENDS: Final = re.compile(r"[,.;!?、，。；！？|\n]")
_JOINS: Final = re.compile(r"\s*(?:和|与|及|以及|跟|还有|连同|、|,|/|and|&|\+)?\s*")
_BESIDE: Final = re.compile(
    r"(?:旁|边上|边(?!石|沟)|附近|周边|周围|下面|下边|下方|对面|对过|后面|前面|处|侧)"
)
_BEFORE_IT: Final = re.compile(
    r"(?:near|beside|next to|by|behind|under|opposite|at)\s+(?:the |a )?"
)
_FAULT_FIRST: Final = 2
_NEW_CLAUSE: Final = 6
_BESIDE_COST: Final = 5
_BLANK: Final = 2
_JOINED_REACH: Final = 3

_PAIR_WORTH: Final = 1000
_KEYWORD_WORTH: Final = 900
_BARE_ITEM_WORTH: Final = 500
_SURE_FROM: Final = 700
_PER_GAP: Final = 15


@dataclass(frozen=True, slots=True)
class _OfItem:
    item: str


@dataclass(frozen=True, slots=True)
class _AsFault:
    leaf: str


@dataclass(frozen=True, slots=True)
class _AsKeyword:
    leaf: str


@dataclass(frozen=True, slots=True)
class _AsDanger:
    items: frozenset[str]  # empty: danger wherever it stands


_Meaning: TypeAlias = _OfItem | _AsFault | _AsKeyword | _AsDanger | None
_Found: TypeAlias = Hit[_Meaning]


@dataclass(frozen=True, slots=True)
class Guess:
    """The best leaf and up to five others, likeliest first.

    `sure` is false when nothing fitted (the leaf is then the fallback) or only a thing without
    its fault was named; a caller may then offer `alternatives` at once.
    """

    category: Category
    alternatives: tuple[Category, ...]
    sure: bool


class Categories:
    """The tree of categories; build it once, reading costs some ten microseconds a caption."""

    def __init__(self, table: CategoryTable) -> None:
        self.groups: Final = table.groups
        self.fallback: Final = table.fallback
        self.leaves: Final = tuple(leaf for item in table.items for leaf in item.leaves)
        self._items = {item.code: item for item in table.items}
        self._by_code = {leaf.code: leaf for leaf in (*self.leaves, table.fallback)}
        self._negators = tuple(map(str.strip, table.danger_negators))
        self._leaf_words: WordFinder[_Meaning] = WordFinder(_leaf_words(table))
        self._danger_words: WordFinder[_Meaning] = WordFinder(_danger_words(table))

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Self:
        """Build the tree from a parsed category file.

        Raises:
            CategoryFileError: names all mistakes of the file with their places.
        """
        return cls(read_table(data))

    def get(self, code: str) -> Category | None:
        """Return the leaf (or the fallback) with this code."""
        return self._by_code.get(code)

    def in_group(self, group: str) -> tuple[Category, ...]:
        """Return the leaves of one group in the file's order."""
        return tuple(leaf for leaf in self.leaves if leaf.group == group)

    def guess(self, text: str) -> Guess:
        """Return what `text` is about; never fails, whatever the text."""
        folded = fold(text)
        hits = self._leaf_words.hits(folded)
        worth: dict[str, float] = {}
        for leaf, value in self._scores(folded, hits):
            worth[leaf] = max(value, worth.get(leaf, 0))
        ranked = sorted(worth, key=worth.__getitem__, reverse=True)
        if not ranked:
            return Guess(self.fallback, (), sure=False)
        best = self._by_code[ranked[0]]
        siblings = [leaf.code for leaf in self._items[best.item].leaves if leaf is not best]
        others = list(dict.fromkeys([*ranked[1:], *siblings]))[:ALTERNATIVES_SHOWN]
        alternatives = tuple(self._by_code[code] for code in others)
        return Guess(best, alternatives, sure=worth[best.code] >= _SURE_FROM)

    def dangerous(self, text: str) -> bool:
        """Whether the words tell of danger by the file's danger list.

        A denial (不危险, 没有危险) or a negator right before a word takes back that one word:
        不危险 漏电 and 井盖缺失 不危险 are dangers still, since no word of the reporter leads a
        missing cover away from the urgent tier; only a supervisor does.
        """
        folded = fold(text)
        hits = self._danger_words.hits(folded)
        dangers = [(hit, one) for hit in hits for one in hit.meanings if isinstance(one, _AsDanger)]
        if not dangers:
            return False
        things = _things(folded, hits)
        return any(self._is_danger(folded, hit, meaning, things) for hit, meaning in dangers)

    def _is_danger(
        self, text: str, hit: _Found, meaning: _AsDanger, things: tuple[_Thing, ...]
    ) -> bool:
        if text[: hit.start].rstrip(" ").endswith(self._negators):
            return False
        if not meaning.items:
            return True
        return any(thing.item in meaning.items for thing in _owners(text, hit, things))

    def _scores(self, text: str, hits: tuple[_Found, ...]) -> Iterator[tuple[str, float]]:
        things = _things(text, hits)
        for hit in hits:
            leaves = {meaning.leaf for meaning in hit.meanings if isinstance(meaning, _AsFault)}
            keywords = [one.leaf for one in hit.meanings if isinstance(one, _AsKeyword)]
            worth = _KEYWORD_WORTH + 20 * len(hit.word) - hit.start / 100
            yield from ((leaf, worth) for leaf in keywords)
            if leaves:
                yield from self._pairs(text, hit, leaves, things)
        for thing in things:
            item = self._items[thing.item]
            near = _BESIDE_COST if thing.is_beside else 0
            worth = _BARE_ITEM_WORTH + 10 * len(thing.hit.word) + thing.hit.start / 10 - near
            yield from (
                (leaf.code, min(worth, _SURE_FROM - 1)) for leaf in item.leaves[: item.default]
            )

    def _pairs(
        self, text: str, fault: _Found, leaves: set[str], things: tuple[_Thing, ...]
    ) -> Iterator[tuple[str, float]]:
        for thing in things:
            cost = _cost(text, thing, fault)
            for leaf in self._items[thing.item].leaves if cost is not None else ():
                if leaf.code in leaves:
                    length = len(thing.hit.word) + len(fault.word)
                    gap = _PER_GAP * (cost or 0)
                    yield leaf.code, _PAIR_WORTH + 10 * length - gap - thing.hit.start / 100


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing named in the text; `is_beside` when it only tells where (井盖旁边)."""

    hit: _Found
    item: str
    is_beside: bool


def _leaf_words(table: CategoryTable) -> Iterator[tuple[str, _Meaning]]:
    for item in table.items:
        yield from _item_words(item)
        for leaf in item.leaves:
            names = (fold(leaf.name_zh), fold(leaf.name_en))
            yield from ((word, _AsKeyword(leaf.code)) for word in (*leaf.keywords, *names))
    for word, leaves in _faults(table).items():
        yield from ((word, _AsFault(leaf)) for leaf in leaves)
    yield from ((word, None) for word in table.decoys)


def _faults(table: CategoryTable) -> dict[str, list[str]]:
    """Return the leaves of each fault word.

    Only the longest word at a place is found, so a word also means what the shorter ones inside
    it mean for other items: 爆了, said of a bin, must not hide 爆, said of a pipe.
    """
    own: dict[str, dict[str, list[str]]] = {}
    for leaf in (leaf for item in table.items for leaf in item.leaves):
        for word in leaf.faults:
            own.setdefault(word, {}).setdefault(leaf.item, []).append(leaf.code)
    found = {}
    for word in own:
        by_item: dict[str, list[str]] = {}
        for part in _parts(word):
            by_item = own.get(part, {}) | by_item
        found[word] = [code for codes in by_item.values() for code in codes]
    return found


def _parts(word: str) -> Iterator[str]:
    """Return the words inside a Chinese word, itself first, longer ones before shorter ones."""
    yield word
    for length in range(len(word) - 1, 0, -1) if not word.isascii() else ():
        yield from (word[at : at + length] for at in range(len(word) - length + 1))


def _danger_words(table: CategoryTable) -> Iterator[tuple[str, _Meaning]]:
    """Without the leaves' words: 电线外露, a keyword, must not hide 外露, a danger."""
    for item in table.items:
        yield from _item_words(item)
    for word, beside in _dangers(table).items():
        yield from ((word, _AsDanger(items)) for items in beside)
    yield from ((word, None) for word in (*table.danger_denied, *table.decoys))


def _dangers(table: CategoryTable) -> dict[str, list[frozenset[str]]]:
    """Return the items beside which each word is a danger, with those of the words inside it."""
    own = {word: [frozenset[str]()] for word in table.danger_anywhere}
    for pair in table.danger_pairs:
        for word in pair.words:
            own.setdefault(word, []).append(pair.items)
    return {word: [items for part in _parts(word) for items in own.get(part, ())] for word in own}


def _item_words(item: Item) -> Iterator[tuple[str, _Meaning]]:
    return ((word, _OfItem(item.code)) for word in item.words)


def _things(text: str, hits: Iterable[_Found]) -> tuple[_Thing, ...]:
    return tuple(
        _Thing(hit, meaning.item, _tells_where(text, hit))
        for hit in hits
        for meaning in hit.meanings
        if isinstance(meaning, _OfItem)
    )


def _tells_where(text: str, hit: _Found) -> bool:
    if _BESIDE.match(text, hit.end):
        return True
    before = text[max(hit.start - 14, 0) : hit.start]
    return any(match.end() == len(before) for match in _BEFORE_IT.finditer(before))


def _cost(text: str, thing: _Thing, fault: _Found) -> int | None:
    """How far a thing is from a fault; None when too far or when they share characters."""
    if thing.hit.end <= fault.start:
        between, extra = text[thing.hit.end : fault.start], 0
    elif fault.end <= thing.hit.start:
        between, extra = text[fault.end : thing.hit.start], _FAULT_FIRST
    elif thing.hit == fault:
        return None
    else:
        between, extra = "", 1
    if len(between) > _REACH + 12 * between.isascii():
        return None
    gap = _gap(between, thing.hit.word)
    clause = _NEW_CLAUSE if _CLAUSE_ENDS.search(between) else 0
    return gap + extra + clause + _BESIDE_COST * thing.is_beside


def _gap(between: str, word: str) -> int:
    """Words between Latin ones, characters between Chinese ones, where a blank parts a little."""
    if word.isascii() and between.isascii():
        return len(between.split())
    return len(between.strip()) + _BLANK * (between != between.strip())


def _owners(text: str, fault: _Found, things: tuple[_Thing, ...]) -> Iterator[_Thing]:
    """The things a fault may belong to: the nearest, those as near, and those joined to them."""
    priced = [(cost, thing) for thing in things if (cost := _cost(text, thing, fault)) is not None]
    if not priced:
        return
    nearest = min(cost for cost, _ in priced)
    owned = [thing for cost, thing in priced if cost <= nearest + _JOINED_REACH]
    yield from owned
    first = min(thing.hit.start for thing in owned)
    for _, thing in sorted(priced, key=lambda row: row[1].hit.start, reverse=True):
        if thing.hit.end <= first and _JOINS.fullmatch(text, thing.hit.end, first):
            first = thing.hit.start
            yield thing
