"""Where in a TOML text each key stands, so that a problem can name its line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"'\- ]+?)\s*=\s*(.*)$")
_SIGN = re.compile(r"\"{3}|'{3}|\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*|[\[\]{},=]|[^\s\[\]{},=\"'#]+")
_CLOSING = {
    '"""': re.compile(r"(?:\\.|[^\\])*?\"{3,5}"),
    "'''": re.compile(r".*?'{3,5}"),
}
"""From inside a long string to behind its end; up to two quotes before the end belong to it."""


def key_lines(text: str) -> dict[str, int]:
    """The line (from 1) of every header and key, by path such as `people[3].role`.

    What stands in an array has a line of its own, `days[2]`, where that is not the array's.
    """
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


@dataclass(slots=True)
class _Open:
    """A bracket that is open: an array counts its values, an inline table reads its keys."""

    path: str
    is_array: bool
    awaits_value: bool
    count: int = 0
    key: str = ""

    def place(self) -> str:
        """The path of the value that has begun last."""
        return f"{self.path}[{self.count}]" if self.is_array else f"{self.path}.{self.key}"


class _Scan:
    """A walk over the lines that skips long strings and follows open brackets to their end."""

    def __init__(self) -> None:
        self._table = ""
        self._counts: Counter[str] = Counter()
        self._key = ""
        self._open: list[_Open] = []
        self._quote = ""
        self._found: dict[str, int] = {}

    def run(self, text: str) -> dict[str, int]:
        for number, line in enumerate(text.splitlines(), start=1):
            if self._quote:
                self._inside_quote(number, line)
            elif self._open:
                self._value(number, line)
            else:
                self._statement(number, line)
        return self._found

    def _statement(self, number: int, line: str) -> None:
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            self._header(number, many=header[1] == "[[", name=_plain(header[2]))
        elif key:
            place = _plain(key[1])
            self._key = f"{self._table}.{place}" if self._table else place
            self._found.setdefault(self._key, number)
            self._value(number, key[2])

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

    def _value(self, number: int, rest: str) -> None:
        at = 0
        while found := _SIGN.search(rest, at):
            self._sign(number, found[0])
            at = found.end()
            if found[0] in _CLOSING:
                end = _CLOSING[found[0]].match(rest, at)
                if end is None:
                    self._quote = found[0]
                    return
                at = end.end()

    def _inside_quote(self, number: int, line: str) -> None:
        end = _CLOSING[self._quote].match(line)
        if end:
            self._quote = ""
            self._value(number, line[end.end() :])

    def _sign(self, number: int, sign: str) -> None:
        """One bracket, comma, text or other word of a value, or a remark behind it."""
        if sign.startswith("#"):
            return
        if not self._open:
            self._bracket(sign, self._key)
        elif sign in {"]", "}"}:
            self._open.pop()
        else:
            self._inside(number, sign, self._open[-1])

    def _inside(self, number: int, sign: str, around: _Open) -> None:
        if sign == ",":
            around.key, around.awaits_value = "", around.is_array
        elif sign == "=":
            around.awaits_value = True
        elif around.awaits_value:
            around.count += 1
            around.awaits_value = False
            self._own_line(around.place(), number)
            self._bracket(sign, around.place())
        else:
            around.key += _plain(sign)

    def _bracket(self, sign: str, path: str) -> None:
        if sign in {"[", "{"}:
            is_array = sign == "["
            self._open.append(_Open(path, is_array=is_array, awaits_value=is_array))

    def _own_line(self, place: str, number: int) -> None:
        if line_of(place, self._found) != number:
            self._found.setdefault(place, number)


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
