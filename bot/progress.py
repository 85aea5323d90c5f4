"""How far a long work is: one growing line on a terminal, plain lines elsewhere.

The one place for it: backup, restore, migrate and audit tell their progress through this class,
on stderr, so that what a command prints on stdout stays clean for scripts.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

from bot.cli_texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.cli_texts import Language

LIVE_GAP: Final = 0.1
"""Seconds between two states of the growing line."""
PLAIN_GAP: Final = 10.0
"""Seconds between two plain lines of one part: a log is not to be flooded."""
_TO_THE_END: Final = "\x1b[K"
"""Clears what an earlier, longer state has left on the line."""


class Progress:
    """Tells the parts of a work, one after another: `with progress.part("key", total) as advance`.

    Args:
        language: Of the words.
        stream: Where it is told; stderr if not given.
        seconds: A clock that only ever goes forward.
    """

    def __init__(
        self,
        language: Language,
        stream: TextIO | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._language: Language = language
        self._stream = sys.stderr if stream is None else stream
        self._live = self._stream.isatty()
        self._seconds = seconds

    @contextmanager
    def part(self, key: str, total: int, **fields: object) -> Iterator[Callable[[int], None]]:
        """One part of the work; what it yields is told how much more was done.

        Args:
            key: The text of the command line that names the part.
            total: How much there is to do, in whatever unit; 0: nobody knows.
            fields: What the text names.
        """
        count = _Count(say(key, self._language, **fields), total, self._seconds())
        self._tell(count)
        try:
            yield lambda more: self._advance(count, more)
            self._tell(count, over=True)
        finally:
            if self._live:
                self._stream.write("\n")
                self._stream.flush()

    def _advance(self, count: _Count, more: int) -> None:
        count.done += more
        gap = LIVE_GAP if self._live else PLAIN_GAP
        if self._seconds() - count.told >= gap:
            self._tell(count)

    def _tell(self, count: _Count, *, over: bool = False) -> None:
        count.told = self._seconds()
        words = count.words(over=over)
        if self._live:
            self._stream.write(f"\r{words}{_TO_THE_END}")
        elif not over or count.lasted(PLAIN_GAP):
            self._stream.write(f"{words}\n")
        self._stream.flush()


class _Count:
    """How far one part is."""

    def __init__(self, name: str, total: int, begun: float) -> None:
        self._name = name
        self._total = total
        self._begun = begun
        self.told = begun
        self.done = 0

    def lasted(self, seconds: float) -> bool:
        """Whether the part took so long that its end is worth a line of its own."""
        return self.told - self._begun >= seconds

    def words(self, *, over: bool) -> str:
        """The part, and its share in percent once there is one."""
        if over:
            return f"{self._name} 100 %"
        if not self.done:
            return f"{self._name} …"
        if not self._total:
            return f"{self._name} {self.done}"
        return f"{self._name} {min(99, 100 * self.done // self._total)} %"
