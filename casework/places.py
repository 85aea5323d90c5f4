"""Where a caption says the defect is: streets, crossings, landmarks, sides, numbers, grids.

A place is read as a chain: something with a name first (金城路), then what narrows it down
(与鼓楼路口, 东侧, 50米, 15号). The chain stops before the first word that is no place word, so
the defect is never part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from casework import streetwords
from casework.folding import fold
from casework.wordfinder import WordFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHAINS_READ: Final = 3

_CHINESE_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A grid of the city: its number, its zone, the company that mends there, its names."""

    number: int
    zone: str
    company: str
    streets: tuple[str, ...]
    landmarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFound:
    """A place read from a text.

    `text` is the place in the writer's own words. `grid` is None when nothing known was named or
    when it lies in several grids. `spans` are the parts of the text that were read (start, end).
    """

    text: str
    grid: int | None
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the text; `grids` is empty when the gazetteer does not have it."""

    start: int
    end: int
    grids: frozenset[int] = frozenset()
    is_explicit: bool = False


@dataclass(frozen=True, slots=True)
class _Chain:
    start: int
    end: int
    names: tuple[_Name, ...]

    @property
    def is_known(self) -> bool:
        return any(name.grids or name.is_explicit for name in self.names)

    def is_direction(self, text: str) -> bool:
        return all(streetwords.is_direction(text, name.start, name.end) for name in self.names)


class Gazetteer:
    """The streets and landmarks of all grids; build it once."""

    def __init__(self, grids: Iterable[Grid]) -> None:
        self.grids: Final = tuple(grids)
        self._numbers = frozenset(grid.number for grid in self.grids)
        self._streets = frozenset(fold(name) for grid in self.grids for name in grid.streets)
        where: dict[str, set[int]] = {}
        for grid in self.grids:
            for name in chain(grid.streets, grid.landmarks):
                for alias in streetwords.aliases(fold(name)):
                    where.setdefault(alias, set()).add(grid.number)
        self._where = {name: frozenset(numbers) for name, numbers in where.items()}
        self._stems = streetwords.stems(self._streets)
        self._corners: WordFinder[frozenset[int]] = WordFinder(
            (stem + "口", self._where[street]) for stem, street in self._stems.items()
        )
        self._finder: WordFinder[str] = WordFinder((name, name) for name in self._where)

    def grid(self, number: int) -> Grid | None:
        """Return the grid of this number."""
        return next((grid for grid in self.grids if grid.number == number), None)

    def find(self, text: str) -> PlaceFound | None:
        """Return the place that `text` names, or None; never fails, whatever the text.

        Of two streets in different grids the first one counts, unless it is a mere direction
        (往鼓楼路方向). A grid named by its number counts before any street.
        """
        folded = fold(text)
        names = self._names(folded)
        chains = list(_chains(folded, names))
        known = [one for one in chains if one.is_known]
        here = [one for one in known if not one.is_direction(folded)] or known or chains[:1]
        read = here[:CHAINS_READ]
        if not read:
            return None
        spans = tuple(streetwords.trimmed(folded, one.start, one.end) for one in read)
        named = [name for one in read for name in one.names]
        return PlaceFound(
            text=" ".join(text[start:end] for start, end in spans),
            grid=_grid_of(folded, named),
            spans=spans,
        )

    def _names(self, text: str) -> list[_Name]:
        known = [*self._explicit(text), *self._known(text)]
        taken = sorted((name.start, name.end) for name in known)
        unknown = (_Name(start, end) for start, end in streetwords.unknown_names(text, taken))
        return sorted(chain(known, unknown), key=lambda name: (name.start, -name.end))

    def _explicit(self, text: str) -> Iterator[_Name]:
        for match in streetwords.GRID.finditer(text):
            number = _number(match["before"] or match["after"])
            grids = frozenset({number} & self._numbers)
            yield _Name(match.start(), match.end(), grids=grids, is_explicit=True)

    def _known(self, text: str) -> Iterator[_Name]:
        end = 0
        for hit in self._finder.hits(text):
            if hit.start >= end and streetwords.is_whole(text, hit.start, hit.word):
                end = hit.end
                yield _Name(hit.start, end, self._where[hit.word])
        yield from self._shortened(text)

    def _shortened(self, text: str) -> Iterator[_Name]:
        """A street's bare stem at a crossing: 金城与鼓楼路口, 鼓楼口."""
        for match in streetwords.STEM_PAIR.finditer(text):
            halves = [self._street_of(text, match.span(half)) for half in ("first", "second")]
            if all(halves):
                yield from (name for name in halves if name)
        for hit in self._corners.hits(text):
            yield _Name(hit.start, hit.end - 1, hit.meanings[0])

    def _street_of(self, text: str, span: tuple[int, int]) -> _Name | None:
        half = text[span[0] : span[1]]
        street = half if half in self._streets else self._stems.get(half)
        return _Name(*span, self._where[street]) if street else None


def _chains(text: str, names: list[_Name]) -> Iterator[_Chain]:
    index = 0
    while index < len(names):
        first, read = names[index], [names[index]]
        end = streetwords.tail_end(text, first.end)
        index += 1
        while index < len(names) and streetwords.is_joined(text, end, names[index].start):
            if names[index].end > end:
                read.append(names[index])
                end = streetwords.tail_end(text, names[index].end)
            index += 1
        yield _Chain(first.start, streetwords.closed(text, first.start, end), tuple(read))
        while index < len(names) and names[index].start < end:
            index += 1


def _grid_of(text: str, names: list[_Name]) -> int | None:
    explicit = [name.grids for name in names if name.is_explicit and name.grids]
    placed = [name for name in names if name.grids and not name.is_explicit]
    here = [name for name in placed if not streetwords.is_direction(text, name.start, name.end)]
    candidates = explicit + [name.grids for name in here or placed]
    if not candidates:
        return None
    left = candidates[0]
    for other in candidates[1:]:
        left = left & other if len(left) > 1 and left & other else left
    return next(iter(left)) if len(left) == 1 else None


def _number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    value = _CHINESE_DIGITS.get(ones, 0)
    return value + 10 * (_CHINESE_DIGITS.get(tens, 1)) if "十" in digits else value
