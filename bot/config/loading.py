"""From a file and the environment to `Settings`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.checks import check
from bot.config.environment import override_with
from bot.config.lines import key_lines
from bot.config.problems import ConfigError, Problem
from bot.config.reading import Report, read_table
from bot.config.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE = "sample_town.toml"
CALENDAR = "calendar"
"""The folder of the sample town's working calendar, beside it."""
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


def load(path: Path, env: Mapping[str, str]) -> Settings:
    """Read a configuration file; the `XUNCHAQUN_…` variables of the environment override it.

    Paths of the file are relative to its folder.

    Raises:
        ConfigError: It cannot be read or makes no sense; it holds all that is wrong.
    """
    return parse(text_of(path), env, source=str(path), base=path.absolute().parent)


def sample(env: Mapping[str, str] | None = None) -> Settings:
    """The sample town that ships with the program, and its calendar beside it.

    All other paths are relative to the current folder.
    """
    data = Path(str(resources.files("bot").joinpath("data")))
    text = (data / SAMPLE).read_text(encoding="utf-8")
    beside = {"XUNCHAQUN_FILES_CALENDAR": str(data / CALENDAR)}
    return parse(text, {**beside, **(env or {})}, source=SAMPLE, base=Path.cwd())


def parse(text: str, env: Mapping[str, str], *, source: str, base: Path) -> Settings:
    """Read a configuration from its text.

    Raises:
        ConfigError: It makes no sense.
    """
    raw = toml_of(text, source)
    report = Report(lines=key_lines(text))
    override_with(raw, env, report)
    settings = read_table(Settings, raw, "", report, lenient=True)
    report.reading = False
    settings = _with_paths(settings or Settings(), base)
    check(settings, report)
    if report.problems:
        raise ConfigError(source, tuple(sorted(report.problems, key=_by_line)))
    return settings


def _by_line(problem: Problem) -> int:
    return problem.line or 0


def text_of(path: Path) -> str:
    """The text of a file that an office edits.

    Raises:
        ConfigError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        code, detail = "no_file", ""
    except UnicodeDecodeError:
        code, detail = "encoding", ""
    except OSError as error:
        code, detail = "unreadable", error.strerror or str(error)
    raise ConfigError(str(path), (Problem(place=str(path), code=code, fields={"detail": detail}),))


def toml_of(text: str, source: str) -> dict[str, object]:
    """What a TOML text holds.

    Raises:
        ConfigError: It is no TOML; `source` is the file's name.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
    found = _AT_LINE.search(told)
    fault = Problem(
        place=source,
        code="syntax",
        line=int(found[1]) if found else None,
        fields={"detail": _AT_LINE.sub("", told)},
    )
    raise ConfigError(source, (fault,))


def _with_paths(settings: Settings, base: Path) -> Settings:
    files = settings.files
    given = {one.name: getattr(files, one.name) for one in fields(files)}
    absolute = {name: base / path for name, path in given.items() if path is not None}
    return replace(settings, data=base / settings.data, files=replace(files, **absolute))
