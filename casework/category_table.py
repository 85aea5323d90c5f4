"""The rows of a category file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.case import Tier

if TYPE_CHECKING:
    from casework.category_file import Words
    from casework.spans import Span
    from casework.stages import Stage


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
    tier: Tier = Tier.THREE_DAYS
    """The tier a case of this leaf opens in, unless its words tell of danger."""
    limit: Span | None = None
    """The limit of its own in its own tier; None: that of the tier. Never beside `stages`."""
    stages: tuple[Stage, ...] = ()
    """Limits one after the other, in its own tier; empty: there is one limit only."""
    standard_zh: str = ""
    """What a good repair is, in one short sentence; either language stands in for the other."""
    standard_en: str = ""
    unit_zh: str = ""
    """What the work is counted in: 处, 米, 平方米."""
    unit_en: str = ""
    prices: Words = ()
    """The price items a repair of this leaf usually needs, by code."""
    part_codes: Words = ()
    """部件: classes (4 digits, 大类 and 小类) or single parts (16 digits) of GB/T 30428."""
    event_codes: Words = ()
    """事件: classes (4 digits) of GB/T 30428."""


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
