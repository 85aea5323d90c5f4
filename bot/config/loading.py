"""From a file and the environment to `Settings`."""

from __future__ import annotations

from dataclasses import fields, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.checks import check
from bot.config.environment import override_with
from bot.config.lines import key_lines
from bot.config.own_files import check_data, check_files
from bot.config.problems import ConfigError, Problem
from bot.config.reading import Report, read_table
from bot.config.settings import Settings
from bot.config.texts import text_of, toml_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE = "sample_town.toml"
CALENDAR = "calendar"
"""The folder of the sample town's working calendar, beside it."""


def load(path: Path, env: Mapping[str, str], *, files: bool = True, token: bool = True) -> Settings:
    """Read a configuration file; the `XUNCHAQUN_…` variables of the environment override it.

    Paths of the file are relative to its folder. Without `files` those of the office itself are
    not looked at: a backup takes them along as they are, a restore is to bring them back first.
    Without `token` none is asked for: it may be where only the service has it, and many a tool
    has nothing to say to Telegram.

    Raises:
        ConfigError: It cannot be read or makes no sense; it holds all that is wrong.
    """
    base = path.absolute().parent
    return parse(text_of(path), env, source=str(path), base=base, files=files, token=token)


def sample(env: Mapping[str, str] | None = None) -> Settings:
    """The sample town that ships with the program, and its calendar beside it.

    All other paths are relative to the current folder.
    """
    data = Path(str(resources.files("bot").joinpath("data")))
    text = (data / SAMPLE).read_text(encoding="utf-8")
    beside = {"XUNCHAQUN_FILES_CALENDAR": str(data / CALENDAR)}
    return parse(text, {**beside, **(env or {})}, source=SAMPLE, base=Path.cwd())


def parse(  # noqa: PLR0913 - the last two say what is not looked at
    text: str,
    env: Mapping[str, str],
    *,
    source: str,
    base: Path,
    files: bool = True,
    token: bool = True,
) -> Settings:
    """Read a configuration from its text; `files` and `token` as for `load`.

    Raises:
        ConfigError: It makes no sense.
    """
    raw = toml_of(text, source)
    report = Report(lines=key_lines(text))
    override_with(raw, env, report)
    settings = read_table(Settings, raw, "", report, lenient=True)
    report.reading = False
    settings = _with_paths(settings or Settings(), base)
    check(settings, report, token=token)
    check_data(settings, report)
    inside = tuple(check_files(settings, report)) if files else ()
    if report.problems or inside:
        raise ConfigError(source, (*sorted(report.problems, key=_by_line), *inside))
    return settings


def _by_line(problem: Problem) -> int:
    return problem.line or 0


def _with_paths(settings: Settings, base: Path) -> Settings:
    files = settings.files
    given = {one.name: getattr(files, one.name) for one in fields(files)}
    absolute = {name: base / path for name, path in given.items() if path is not None}
    return replace(settings, data=base / settings.data, files=replace(files, **absolute))
