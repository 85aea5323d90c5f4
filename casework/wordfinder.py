"""Many words looked for in one walk over a text.

Linear in the text however it was made: each position asks one dictionary, and a text full of
words is read for its first hits only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Meaning = TypeVar("Meaning")

HITS_READ: Final = 64


@dataclass(frozen=True, slots=True)
class Hit(Generic[Meaning]):
    """A word found at `start` (up to `end`, exclusive), with all it was registered for."""

    start: int
    end: int
    word: str
    meanings: tuple[Meaning, ...]


class WordFinder(Generic[Meaning]):
    """Finds the longest registered word at each position; shorter ones inside it do not count.

    Words and texts are expected folded (`folding.fold`). A Latin word is found only whole, with
    an English plural allowed.
    """

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        meanings: dict[str, list[Meaning]] = {}
        for word, meaning in entries:
            meanings.setdefault(word, []).append(meaning)
        self._by_first: dict[str, list[tuple[str, tuple[Meaning, ...]]]] = {}
        for word in sorted(meanings, key=len, reverse=True):
            row = (word, tuple(dict.fromkeys(meanings[word])))
            self._by_first.setdefault(word[0], []).append(row)

    def hits(self, text: str) -> tuple[Hit[Meaning], ...]:
        """Return what is found in `text` from left to right, at most `HITS_READ` words."""
        found: list[Hit[Meaning]] = []
        for hit in self._walk(text):
            if not found or hit.end > found[-1].end:
                found.append(hit)
                if len(found) == HITS_READ:
                    break
        return tuple(found)

    def _walk(self, text: str) -> Iterator[Hit[Meaning]]:
        by_first = self._by_first
        for start, character in enumerate(text):
            for word, meanings in by_first.get(character, ()):
                end = start + len(word)
                if text.startswith(word, start) and _is_whole(text, start, end):
                    yield Hit(start, end, word, meanings)
                    break


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a word found there is one: a Latin one must not be part of a longer."""
    return not _is_latin(text[start]) or _stands_alone(text, start, end)


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


def _stands_alone(text: str, start: int, end: int) -> bool:
    if start and _is_latin(text[start - 1]):
        return False
    if text.startswith("es", end) and not _is_latin(text[end + 2 : end + 3]):
        return True
    rest = end + 1 if text.startswith("s", end) else end
    return not _is_latin(text[rest : rest + 1])
