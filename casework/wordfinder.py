"""Many words looked for in one walk over a text.

Linear in the text however it was made: each position asks two dictionaries, and a text full of
words is read for its first hits only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Meaning = TypeVar("Meaning")
Rows = list[tuple[str, tuple[Meaning, ...]]]
"""Words and what they were registered for."""

HITS_READ: Final = 64
HEAD: Final = 2
"""Characters by which words are looked up: by two, hardly any is compared in vain."""


class Hit(NamedTuple, Generic[Meaning]):
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
        self._by_head: dict[str, Rows[Meaning]] = {}
        """Longer words first. A word of one character has a head of one, and stands last among
        those of two that begin with it."""
        for word in sorted(meanings, key=len, reverse=True):
            row = (word, tuple(dict.fromkeys(meanings[word])))
            single = len(word) == 1
            longer = [head for head in self._by_head if head[0] == word] if single else []
            for head in (*longer, word[:HEAD]):
                self._by_head.setdefault(head, []).append(row)

    def hits(self, text: str) -> tuple[Hit[Meaning], ...]:
        """Return what is found in `text` from left to right, at most `HITS_READ` words."""
        found: list[Hit[Meaning]] = []
        reached = 0
        for start, rows in self._begun(text):
            hit = _longest(text, start, rows)
            if hit is not None and hit.end > reached:
                reached = hit.end
                found.append(hit)
                if len(found) == HITS_READ:
                    break
        return tuple(found)

    def _begun(self, text: str) -> Iterator[tuple[int, Rows[Meaning]]]:
        """Where words may begin, and which."""
        find = self._by_head.get
        for start in range(len(text)):
            rows = find(text[start : start + HEAD]) or find(text[start])
            if rows:
                yield start, rows


def _longest(text: str, start: int, rows: Rows[Meaning]) -> Hit[Meaning] | None:
    for word, meanings in rows:
        end = start + len(word)
        if text.startswith(word, start) and _is_whole(text, start, end):
            return Hit(start, end, word, meanings)
    return None


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
