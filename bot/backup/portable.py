"""A configuration that may leave the machine: no secret in it, and its files beside it.

The text stays the office's own, comments and all; only the lines of the keys concerned change.
What comes out is read again and compared: what cannot be cleaned for certain is not backed up.
"""

from __future__ import annotations

import json
import logging
import tomllib
from copy import deepcopy
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, cast

from bot.backup.errors import SecretStaysError
from bot.backup.manifest import CONFIG, safe
from bot.config.addresses import passwords_of, without_user
from bot.config.environment import variables
from bot.config.lines import key_lines
from bot.config.settings import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.config import Settings

log = logging.getLogger(__name__)

TELLING: Final = 6
"""Characters from which on a secret is looked for in comments, too; shorter ones are any word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Portable:
    """A configuration for the backup.

    Attributes:
        text: Without secrets; its paths lie beside it.
        files: The city's own files: the member's name, and where the file lies now.
        left_out: The keys that were secret.
    """

    text: str
    files: tuple[tuple[str, Path], ...]
    left_out: tuple[str, ...]


def portable(text: str, settings: Settings) -> Portable:
    """The configuration as it goes into the backup.

    Args:
        text: The file's.
        settings: What it means, with the environment's share.

    Raises:
        SecretStaysError: A key's value cannot be taken out with certainty.
    """
    raw = tomllib.loads(text)
    emptied = dict(_secrets(raw))
    own = dict(_own_files(settings))
    moved = {"data": "data"} if "data" in raw else {}
    named = {f"files.{key}": name for key, (name, _) in own.items()}
    if _at(raw, "files.calendar") is None:
        named.pop("files.calendar", None)  # the default is where it goes
    changes = {**emptied, **moved, **named}
    hidden = [*settings.secrets, *_hidden(raw, emptied)]
    clean = _without_remarks(_changed(text, changes), hidden)
    _see(clean, raw, changes, hidden)
    return Portable(
        text=clean,
        files=tuple(_members(own)),
        left_out=tuple(emptied),
    )


def _secrets(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys that hold a secret or an address with a password, and what is left of each.

    Of an address that cannot be read for certain nothing is left. The environment may have another
    one in its place, so that it is here all the same.
    """
    for path, hint in variables().values():
        value = _at(raw, path)
        if not isinstance(value, str) or not value:
            continue
        if hint is Secret:
            yield path, ""
        elif without_user(value) != value:
            yield path, without_user(value)


def _hidden(raw: Mapping[str, Any], emptied: Mapping[str, str]) -> Iterator[str]:
    for path in emptied:
        value = cast("str", _at(raw, path))
        yield value
        yield from passwords_of(value)


def _own_files(settings: Settings) -> Iterator[tuple[str, tuple[str, Path]]]:
    """The city's own files that are there: key, name beside the configuration, place."""
    for one in fields(settings.files):
        place: Path | None = getattr(settings.files, one.name)
        if place is not None and place.exists():
            suffix = ".toml" if one.name in {"categories", "words"} else place.suffix
            yield one.name, (one.name + suffix if place.is_file() else one.name, place)


def _members(own: Mapping[str, tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
    for name, place in own.values():
        if place.is_file():
            yield f"{CONFIG}{name}", place
            continue
        for file in sorted(path for path in place.rglob("*") if path.is_file()):
            member = f"{CONFIG}{name}/{file.relative_to(place).as_posix()}"
            if safe(member):
                yield member, file
            else:
                log.warning("left out: %a", member, extra={"action": "backup.odd_name"})


def _changed(text: str, changes: Mapping[str, str]) -> str:
    where = key_lines(text)
    lines = text.splitlines()
    added: dict[int, list[str]] = {}
    for path, value in changes.items():
        table, _, key = path.rpartition(".")
        said = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        if path in where:
            lines[where[path] - 1] = said
        elif table in where:
            added.setdefault(where[table], []).append(said)
        else:
            added.setdefault(len(lines), []).append(f"\n[{table}]\n{said}")
    out: list[str] = []
    for number, line in enumerate(lines, start=1):
        out += [line, *added.get(number, ())]
    return "\n".join(out) + "\n"


def _without_remarks(text: str, hidden: list[str]) -> str:
    """Comments that repeat a secret go with it."""
    kept = (
        line
        for line in text.splitlines()
        if not line.lstrip().startswith("#") or not _tells(line, hidden)
    )
    return "\n".join(kept) + "\n"


def _tells(text: str, hidden: list[str]) -> bool:
    return any(len(secret) >= TELLING and secret in text for secret in hidden)


def _see(clean: str, raw: dict[str, Any], changes: Mapping[str, str], hidden: list[str]) -> None:
    """The text means what it meant but for the changes, and tells no secret."""
    wanted = deepcopy(raw)
    for path, value in changes.items():
        _put(wanted, path, value)
    names = ", ".join(changes)
    try:
        found = tomllib.loads(clean)
    except tomllib.TOMLDecodeError as error:
        raise SecretStaysError(names) from error
    if found != wanted or _tells(clean, hidden):
        raise SecretStaysError(names)


def _at(raw: Mapping[str, Any], path: str) -> object:
    value: object = raw
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _put(raw: dict[str, Any], path: str, value: str) -> None:
    *tables, key = path.split(".")
    for part in tables:
        raw = raw.setdefault(part, {})
    raw[key] = value
