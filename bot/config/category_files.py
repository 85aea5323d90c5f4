"""The category file: the one that ships or the office's own, with its mistakes by line."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from bot.config.lines import key_lines, line_of
from bot.config.problems import ConfigError, Problem
from bot.config.texts import text_of, toml_of
from casework.categories import Categories, CategoryFileError

if TYPE_CHECKING:
    from pathlib import Path

    from casework.categories import Mistake

CATEGORIES = "categories.toml"


def categories(path: Path | None) -> Categories:
    """The tree of a file; of the one that ships if there is no path.

    Raises:
        ConfigError: The file cannot be read or used; it holds all that is wrong.
    """
    return _shipped() if path is None else tree_of(text_of(path), str(path))


def category_text(path: Path | None) -> str:
    """The text of a category file; of the one that ships if there is no path.

    Raises:
        ConfigError: It cannot be read.
    """
    if path is not None:
        return text_of(path)
    file = resources.files("casework").joinpath("data", CATEGORIES)
    return file.read_text(encoding="utf-8")


def tree_of(text: str, source: str) -> Categories:
    """The tree of a category file's text; `source` is the file's name.

    Raises:
        ConfigError: It makes no sense; it holds all that is wrong, in the order of the file.
    """
    data = toml_of(text, source)
    try:
        return Categories.from_mapping(data)
    except CategoryFileError as error:
        lines = key_lines(text)
        problems = [_problem(mistake, source, lines) for mistake in error.mistakes]
        raise ConfigError(source, tuple(sorted(problems, key=_by_line))) from error


@cache
def _shipped() -> Categories:
    """The ones that ship never change, and nothing changes them."""
    return tree_of(category_text(None), CATEGORIES)


def _problem(mistake: Mistake, source: str, lines: dict[str, int]) -> Problem:
    return Problem(
        place=f"{source} {mistake.place}",
        code=mistake.code,
        line=line_of(mistake.place, lines),
        fields=mistake.fields,
        suggestion=mistake.suggestion,
    )


def _by_line(problem: Problem) -> int:
    return problem.line or 0
