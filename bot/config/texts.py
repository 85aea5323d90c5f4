"""The text of a file that an office edits, the TOML in it, and why a file cannot be read."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from bot.config.problems import ConfigError, Problem

if TYPE_CHECKING:
    from pathlib import Path

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


def text_of(path: Path) -> str:
    """The text of a file that an office edits.

    Raises:
        ConfigError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        fault = Problem(place=str(path), code="no_file")
    except (OSError, UnicodeDecodeError) as error:
        fault = Problem(place=str(path), code=_code_of(error), fields={"detail": str(error)})
    raise ConfigError(str(path), (fault,))


def why_not(error: OSError | UnicodeDecodeError) -> str:
    """The sentence that says why a file cannot be read; it names `given` and `detail`."""
    gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return "no_path" if gone else f"named_{_code_of(error)}"


def _code_of(error: OSError | UnicodeDecodeError) -> str:
    return next((code for kind, code in _WHY.items() if isinstance(error, kind)), "unreadable")


def toml_of(text: str, source: str) -> dict[str, object]:
    """What a TOML text holds.

    Raises:
        ConfigError: It is no TOML; `source` is the file's name.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        fault = Problem(place=source, code="too_deep")
    except ValueError as error:  # a number of thousands of digits is told by the plain kind
        found = _AT_LINE.search(str(error))
        fault = Problem(
            place=source,
            code="syntax",
            line=int(found[1]) if found else None,
            fields={"detail": _AT_LINE.sub("", str(error))},
        )
    raise ConfigError(source, (fault,))


_WHY: dict[type[Exception], str] = {
    IsADirectoryError: "is_folder",
    PermissionError: "not_allowed",
    UnicodeDecodeError: "encoding",
}
