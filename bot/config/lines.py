"""Where in a TOML text each key stands, so that a problem can name its line."""

from __future__ import annotations

import re
from collections import Counter

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"'\- ]+?)\s*=\s*(.*)$")
_SHORT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")
_LONG = re.compile(r'"""|\'\'\'')


def key_lines(text: str) -> dict[str, int]:
    """The line (from 1) of every header and key, by path such as `people[3].role`."""
    return _Scan().run(text)


def line_of(place: str, lines: dict[str, int]) -> int | None:
    """The line of a path, or of the nearest table around it that has one."""
    while place:
        if place in lines:
            return lines[place]
        place = _around(place)
    return None


def _around(place: str) -> str:
    if place.endswith("]"):
        return place[: place.rindex("[")]
    return place.rpartition(".")[0]


class _Scan:
    """A walk over the lines that skips what stands inside long strings and open brackets."""

    def __init__(self) -> None:
        self._table = ""
        self._counts: Counter[str] = Counter()
        self._depth = 0
        self._quote = ""
        self._found: dict[str, int] = {}

    def run(self, text: str) -> dict[str, int]:
        for number, line in enumerate(text.splitlines(), start=1):
            if self._quote:
                self._inside_quote(line)
            elif self._depth > 0:
                self._value(line)
            else:
                self._statement(number, line)
        return self._found

    def _statement(self, number: int, line: str) -> None:
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            self._header(number, many=header[1] == "[[", name=_plain(header[2]))
        elif key:
            place = _plain(key[1])
            self._found.setdefault(f"{self._table}.{place}" if self._table else place, number)
            self._value(key[2])

    def _header(self, number: int, *, many: bool, name: str) -> None:
        around, _, last = name.rpartition(".")
        here = f"{self._newest(around)}.{last}" if around else last
        if many:
            self._counts[here] += 1
            self._found.setdefault(here, number)
            here = f"{here}[{self._counts[here]}]"
        self._table = here
        self._found.setdefault(here, number)

    def _newest(self, name: str) -> str:
        """The path of a table: `items.leaves` stands in the newest of the items, say the fourth."""
        path = ""
        for part in name.split("."):
            path = f"{path}.{part}" if path else part
            path = f"{path}[{self._counts[path]}]" if path in self._counts else path
        return path

    def _value(self, rest: str) -> None:
        opened = _LONG.search(rest)
        if opened:
            self._quote = opened[0]
            self._inside_quote(rest[opened.end() :])
            return
        bare = _SHORT.sub("", rest)
        self._depth += sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")

    def _inside_quote(self, line: str) -> None:
        if self._quote in line:
            rest = line.partition(self._quote)[2]
            self._quote = ""
            self._value(rest)


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
