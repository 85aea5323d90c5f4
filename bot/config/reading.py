"""Tables of TOML become frozen objects, by the fields of their classes; every fault is noted.

What could not be read is left out, and its path is marked as broken, so that the checks of sense
do not complain about consequences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from functools import cache
from typing import TypeVar, cast, get_type_hints

from bot.config.lines import line_of
from bot.config.problems import Problem
from bot.config.values import WrongValueError, convert, inner, item_of, nearest

T = TypeVar("T")
Raw = Mapping[str, object]
_UNREADABLE = object()


@dataclass(kw_only=True, slots=True)
class Report:
    """What was found wrong so far."""

    lines: dict[str, int] = field(default_factory=dict)
    """The line of each key of the file."""
    variables: dict[str, str] = field(default_factory=dict)
    """The environment variable that a key's value came from."""
    problems: list[Problem] = field(default_factory=list)
    reading: bool = True
    """Whether values are being read; afterwards it is only their sense that is looked at."""
    broken: set[str] = field(default_factory=set)
    """The paths of which something could not be read."""
    kept: dict[str, list[int]] = field(default_factory=dict)
    """The numbers (from 1) of the tables of each list that could be read."""
    lost: dict[str, set[str]] = field(default_factory=dict)
    """The keys of the tables of each list that could not: others may refer to them all the same."""

    def add(
        self, place: str, code: str, *, spot: str = "", suggestion: str = "", **fields: str
    ) -> None:
        """Note one fault at a key's path; `spot` is the path of the value in it whose line counts.

        A long list stands on many lines, and the fault is in one of its values.
        """
        if self.reading and code != "unknown_key":
            self.broken.add(place)
        variable = self.variables.get(place)
        self.problems.append(
            Problem(
                place=variable or place,
                code=code,
                line=None if variable else line_of(spot or place, self.lines),
                fields=fields,
                suggestion=suggestion,
            )
        )

    def intact(self, place: str) -> bool:
        """Whether everything at a path and below it could be read."""
        return not any(b.startswith(place) or place.startswith(b) for b in self.broken)

    def may_know(self, name: str, key: object) -> bool:
        """Whether a table of a list that could not be read has this key, or the list itself not."""
        if name in self.broken:
            return True
        return str(key).lower().lstrip("@") in self.lost.get(name, set())

    def numbered(self, name: str, items: Iterable[T]) -> Iterator[tuple[int, T]]:
        """The tables of a list with the numbers that they have in the file."""
        return zip(self.kept.get(name, ()), items, strict=True)


def read_table(
    kind: type[T], given: object, place: str, report: Report, *, lenient: bool = False
) -> T | None:
    """One table as an object of its class, or nothing if a value of it is wrong or missing.

    Args:
        kind: A frozen dataclass.
        given: What TOML holds.
        place: The table's path; empty for the whole file.
        report: Takes every fault.
        lenient: Faulty values fall back to their defaults, if they have one.
    """
    if not isinstance(given, Mapping):
        report.add(place, "wrong_type", expected="table", given=str(given)[:40])
        return None
    own = _fields(kind)
    _refuse_unknown(given, own, place, report)
    for name, one in own.items():
        if name not in given and _required(one):
            report.add(join(place, name), "missing", key=name)
    values = _read_values(kind, given, place, report, lenient=lenient)
    readable = all(name in values for name, one in own.items() if _required(one))
    complete = all(name in values for name in own if name in given)
    if not readable or not (complete or lenient):
        return None
    return cast("Callable[..., T]", kind)(**values)


def join(place: str, name: str) -> str:
    """The path of a key inside a table."""
    return f"{place}.{name}" if place else name


_hints = cache(get_type_hints)
"""The types of a table's fields: each class has them worked out once, however often it is read."""


def _fields(kind: type) -> dict[str, Field[object]]:
    return {one.name: one for one in fields(kind) if one.init}


def _refuse_unknown(
    given: Raw, own: Mapping[str, Field[object]], place: str, report: Report
) -> None:
    for name in given:
        if name not in own:
            report.add(join(place, name), "unknown_key", given=name, suggestion=nearest(name, own))


def _read_values(
    kind: type, given: Raw, place: str, report: Report, *, lenient: bool
) -> dict[str, object]:
    hints = _hints(kind)
    read: dict[str, object] = {}
    for name, one in _fields(kind).items():
        if name in given:
            hint = inner(hints[name])
            here = join(place, name)
            if isinstance(hint, type) and is_dataclass(hint):
                table: object = read_table(hint, given[name], here, report, lenient=lenient)
                read[name] = _UNREADABLE if table is None else table
            else:
                read[name] = _read_value(hint, one, given[name], here, report)
    return {name: value for name, value in read.items() if value is not _UNREADABLE}


def _read_value(
    hint: object, one: Field[object], given: object, place: str, report: Report
) -> object:
    item = item_of(hint)
    if isinstance(item, type) and is_dataclass(item):
        return _read_tables(item, given, place, report)
    if item is not None:
        return _read_items(item, one, given, place, report)
    value = _converted(hint, one, given, place, report)
    if value == "" and _required(one):
        report.add(place, "empty")
    if value is None and one.default is not None:
        report.add(place, "empty")
        return _UNREADABLE
    return value


def _read_items(
    item: object, one: Field[object], given: object, place: str, report: Report
) -> object:
    """A list of plain values; each that is wrong is told."""
    if not isinstance(given, list):
        report.add(place, "wrong_type", expected="list", given=str(given)[:40])
        return _UNREADABLE
    read = [
        _converted(item, one, single, place, report, spot=f"{place}[{nth}]")
        for nth, single in enumerate(given, start=1)
    ]
    return _UNREADABLE if _UNREADABLE in read else tuple(read)


def _converted(  # noqa: PLR0913 - what the fault is told of
    hint: object, one: Field[object], given: object, place: str, report: Report, *, spot: str = ""
) -> object:
    try:
        return convert(hint, given, one.metadata)
    except WrongValueError as wrong:
        report.add(place, wrong.code, spot=spot, suggestion=wrong.suggestion, **wrong.fields)
        return _UNREADABLE


def _read_tables(item: type, given: object, place: str, report: Report) -> object:
    if not isinstance(given, list):
        report.add(place, "wrong_type", expected="tables", given=str(given)[:40])
        return _UNREADABLE
    read: list[object] = [
        read_table(item, one, f"{place}[{number}]", report)
        for number, one in enumerate(given, start=1)
    ]
    for one, table in zip(given, read, strict=True):
        if table is None and isinstance(one, dict):
            names = {str(one[key]).lower().lstrip("@") for key in _KEYS if key in one}
            report.lost.setdefault(place, set()).update(names)
    report.kept[place] = [number for number, one in enumerate(read, start=1) if one is not None]
    return tuple(one for one in read if one is not None)


_KEYS = ("username", "key", "number")
"""What tables of a list are referred to by."""


def _required(one: Field[object]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING
