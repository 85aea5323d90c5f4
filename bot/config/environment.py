"""`XUNCHAQUN_…` variables override the file: `XUNCHAQUN_DIGESTS_FILING_AT=17:30`.

A secret may also come from a file: `XUNCHAQUN_TELEGRAM_TOKEN_FILE=/run/secrets/token`.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_type_hints

from bot.config.settings import Secret, Settings
from bot.config.texts import why_not
from bot.config.values import from_text, inner, item_of, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.config.reading import Report

PREFIX = "XUNCHAQUN_"
OTHER = frozenset({"XUNCHAQUN_CONFIG", "XUNCHAQUN_LANG"})
"""Variables of the command line, not of the configuration."""
FOR_TESTS = "XUNCHAQUN_TEST_"
_FROM_FILE = "_FILE"


def variables() -> dict[str, tuple[str, object]]:
    """Every variable's name with the path and the type of the key that it overrides."""
    return {
        PREFIX + path.replace(".", "_").upper(): (path, hint) for path, hint in _leaves(Settings)
    }


def override_with(raw: dict[str, object], env: Mapping[str, str], report: Report) -> None:
    """Put the values of the environment in the place of the file's; empty ones do not count."""
    known = variables()
    for name, text in env.items():
        if not name.startswith(PREFIX) or name in OTHER or name.startswith(FOR_TESTS) or not text:
            continue
        target = known.get(name)
        if target is not None:
            _put(raw, target, from_text(target[1], text))
            report.variables[target[0]] = name
        else:
            _from_file(raw, name, text, report)


def _from_file(raw: dict[str, object], name: str, path: str, report: Report) -> None:
    known = variables()
    target = known.get(name.removesuffix(_FROM_FILE))
    if not name.endswith(_FROM_FILE) or target is None or target[1] is not Secret:
        report.variables[name] = name
        report.add(name, "unknown_variable", suggestion=nearest(name, known))
        return
    report.variables[target[0]] = name
    try:
        _put(raw, target, Path(path).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        report.add(target[0], why_not(error), given=path, detail=str(error))


def _put(raw: dict[str, object], target: tuple[str, object], value: object) -> None:
    *tables, key = target[0].split(".")
    table = raw
    for name in tables:
        inside = table.setdefault(name, {})
        if not isinstance(inside, dict):
            return  # the reading tells that this is no table
        table = cast("dict[str, object]", inside)
    table[key] = value


def _leaves(kind: type, before: str = "") -> Iterator[tuple[str, object]]:
    hints = get_type_hints(kind)
    for one in fields(kind):
        hint = inner(hints[one.name])
        item = item_of(hint)
        if isinstance(hint, type) and is_dataclass(hint):
            yield from _leaves(hint, f"{before}{one.name}.")
        elif not (isinstance(item, type) and is_dataclass(item)):
            yield f"{before}{one.name}", hint
