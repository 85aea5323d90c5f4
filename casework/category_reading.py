"""From a parsed category file to its rows; every mistake is told at once, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casework.case import Tier
from casework.category_file import CategoryFileError, Notes, Section
from casework.category_table import Category, CategoryGroup, CategoryTable, DangerPair, Item
from casework.changing import replace
from casework.folding import fold
from casework.spans import read_span
from casework.stages import ORDER, StageName, staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.category_file import Words
    from casework.spans import Span
    from casework.stages import Stage

_CLASS: Final = re.compile(r"(?!00)\d\d(?!00)\d\d", re.ASCII)
_PART: Final = re.compile(r"\d{6}(?!00)\d\d(?!00)\d{8}", re.ASCII)
"""部件编码: 6 digits of the area, 2 of 大类, 2 of 小类, 6 of its own."""


def read_table(data: Mapping[str, object]) -> CategoryTable:
    """Return the table of a parsed category file.

    Raises:
        CategoryFileError: something is missing, unknown, doubled or of the wrong kind.
    """
    notes = Notes()
    table = _Reader(notes).table(Section("", data, notes))
    if notes.mistakes:
        raise CategoryFileError(notes.mistakes)
    return table


class _Reader:
    """Builds the table; codes are looked after across all of it."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._codes: dict[str, str] = {}
        self._own_dangers: list[DangerPair] = []

    def table(self, top: Section) -> CategoryTable:
        sets = top.section("word_sets")
        self._notes.sets = {name: tuple(map(fold, sets.texts(name))) for name in sets.names()}
        groups = tuple(self._group(one) for one in top.sections("groups"))
        known = frozenset(group.code for group in groups)
        items = tuple(self._item(one, known) for one in top.sections("items"))
        fallback = self._fallback(top.section("fallback"), known)
        danger = top.section("danger")
        decoys = top.section("decoys")
        pairs = _danger_pairs(danger, frozenset(item.code for item in items))
        table = CategoryTable(
            groups=groups,
            items=items,
            fallback=fallback,
            danger_anywhere=danger.words("anywhere"),
            danger_denied=danger.words("denied"),
            danger_negators=danger.words("negators"),
            danger_pairs=(*pairs, *self._own_dangers),
            decoys=decoys.words("words"),
        )
        for section in (sets, danger, decoys, top):
            section.done()
        return table

    def _group(self, row: Section) -> CategoryGroup:
        code, name_zh, name_en = self._names(row)
        row.done()
        return CategoryGroup(code=code, name_zh=name_zh, name_en=name_en)

    def _item(self, row: Section, groups: frozenset[str]) -> Item:
        code, name_zh, name_en = self._names(row)
        group = _known(row, "group", groups)
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

    def _leaf(self, row: Section, item: Category) -> Category:
        code, name_zh, name_en = self._names(row)
        faults, keywords = row.words("faults"), row.words("keywords")
        if not faults and not keywords:
            self._notes.mistake(row.place, "leaf_without_words", given=code)
        if row.has("danger"):
            words = row.words("danger")
            self._own_dangers.append(DangerPair(items=frozenset({item.code}), words=words))
            if not item.words:
                row.mistake("danger", "item_without_words", given=item.code)
        leaf = replace(
            item, code=code, name_zh=name_zh, name_en=name_en, faults=faults, keywords=keywords
        )
        leaf = _with_work(row, _with_time(row, leaf))
        row.done()
        return leaf

    def _fallback(self, row: Section, groups: frozenset[str]) -> Category:
        code, name_zh, name_en = self._names(row)
        group = _known(row, "group", groups)
        leaf = _with_work(row, Category(code=code, name_zh=name_zh, name_en=name_en, group=group))
        row.done()
        return leaf

    def _names(self, row: Section) -> tuple[str, str, str]:
        code = row.text("code")
        if code in self._codes:
            row.mistake("code", "double", given=code, other=self._codes[code])
        elif code:
            self._codes[code] = row.at("code")
        return code, row.text("name_zh"), row.text("name_en")


def _with_time(row: Section, leaf: Category) -> Category:
    limit = _span(row, "limit") if row.has("limit") else None
    stages = _stages(row) if row.has("stages") else ()
    if row.has("limit") and row.has("stages"):
        row.mistake("limit", "limit_and_stages")
    return replace(leaf, tier=_tier(row), limit=limit, stages=stages)


def _with_work(row: Section, leaf: Category) -> Category:
    standard_zh, standard_en = _both(row, "standard")
    unit_zh, unit_en = _both(row, "unit")
    return replace(
        leaf,
        standard_zh=standard_zh,
        standard_en=standard_en,
        unit_zh=unit_zh,
        unit_en=unit_en,
        prices=_unique(row, "prices"),
        part_codes=_codes(row, "part_codes", (_CLASS, _PART)),
        event_codes=_codes(row, "event_codes", (_CLASS,)),
    )


def _both(row: Section, key: str) -> tuple[str, str]:
    """A text in both languages; where one is left out, the other stands in for it."""
    zh, en = row.maybe_text(f"{key}_zh"), row.maybe_text(f"{key}_en")
    return zh or en, en or zh


def _tier(row: Section) -> Tier:
    given = row.maybe_text("tier")
    if given and given not in set(Tier):
        row.mistake("tier", "not_choice", given=given, choices=", ".join(Tier))
        return Tier.THREE_DAYS
    return Tier(given) if given else Tier.THREE_DAYS


def _span(row: Section, key: str) -> Span | None:
    given = row.text(key)
    try:
        return read_span(given) if given else None
    except ValueError:
        row.mistake(key, "wrong_span", given=given)
        return None


def _stages(row: Section) -> tuple[Stage, ...]:
    read = [_stage(one) for one in row.sections("stages")]
    names = [name for name, _ in read if name is not None]
    if names != sorted(set(names), key=ORDER.index):
        row.mistake("stages", "stages_order", choices=", ".join(ORDER))
    if names[-1:] == [StageName.GUARD]:
        row.mistake("stages", "stages_end")
    return staged([(name, limit) for name, limit in read if name and limit])


def _stage(row: Section) -> tuple[StageName | None, Span | None]:
    given, limit = row.text("name"), _span(row, "limit")
    row.done()
    if given in set(StageName):
        return StageName(given), limit
    if given:
        row.mistake("name", "not_choice", given=given, choices=", ".join(ORDER))
    return None, limit


def _unique(row: Section, key: str) -> Words:
    given = row.maybe_texts(key)
    for one in sorted({one for one in given if given.count(one) > 1}):
        row.mistake(key, "double", given=one, other=row.at(key))
    return given


def _codes(row: Section, key: str, shapes: tuple[re.Pattern[str], ...]) -> Words:
    given = _unique(row, key)
    for one in given:
        if not any(shape.fullmatch(one) for shape in shapes):
            row.mistake(key, f"wrong_{key}", given=one)
    return given


def _danger_pairs(danger: Section, items: frozenset[str]) -> tuple[DangerPair, ...]:
    pairs = []
    for row in danger.sections("pairs"):
        codes = frozenset(row.texts("items"))
        for code in sorted(codes - items):
            row.mistake("items", "unknown_item", given=code)
        pairs.append(DangerPair(items=codes, words=row.words("words")))
        row.done()
    return tuple(pairs)


def _known(row: Section, key: str, groups: frozenset[str]) -> str:
    code = row.text(key)
    if code and code not in groups:
        row.mistake(key, "unknown_group", given=code)
    return code
