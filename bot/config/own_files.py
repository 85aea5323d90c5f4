"""The files of the office itself: whether each is there, is of its kind, and can be used.

All are read before anything begins: no start changes the database, and then fails over a text.
"""

from __future__ import annotations

import stat
from dataclasses import fields
from typing import TYPE_CHECKING

from bot.config.calendar_files import calendar
from bot.config.category_files import categories
from bot.config.city import words
from bot.config.problems import ConfigError, Problem
from bot.config.texts import why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.config.reading import Report
    from bot.config.settings import Settings

FOLDERS = frozenset({"texts", "calendar"})


def check_data(settings: Settings, report: Report) -> None:
    """Note a data folder that cannot be one."""
    if not may_be_folder(settings.data):
        report.add("data", "no_folder", given=str(settings.data))


def may_be_folder(path: Path) -> bool:
    """Whether a path is a folder, or can become one: nothing on the way to it is a file."""
    whole = path.absolute()
    for one in (whole, *whole.parents):
        try:
            return stat.S_ISDIR(one.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            break
    return True  # what may not be looked at is told when it is used


def check_files(settings: Settings, report: Report) -> Iterator[Problem]:
    """Note each file that is missing or of another kind, and yield what is wrong inside others."""
    for one in fields(settings.files):
        path = getattr(settings.files, one.name)
        fault = _fault(one.name, path) if path is not None else ""
        # Without its folder the calendar knows no year, and the bot says so.
        if (one.name, fault) == ("calendar", "no_path"):
            continue
        if fault:
            report.add(f"files.{one.name}", fault, given=str(path), detail="")
        elif path is not None and one.name in _READERS:
            yield from _wrong(_READERS[one.name], path)


def _fault(name: str, path: Path) -> str:
    """The sentence that says why a file or folder cannot be used; empty: it may be."""
    if name in FOLDERS and not may_be_folder(path):
        return "no_folder"
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        if name == "font" and not is_folder:
            return _font_fault(path)
    except OSError as error:
        return why_not(error)
    return "named_is_folder" if is_folder and name not in FOLDERS else ""


def _font_fault(path: Path) -> str:
    from pictures.typefaces import readable  # noqa: PLC0415 - few have a font of their own

    with path.open("rb"):
        return "" if readable(path) else "no_font"


def _wrong(read: Callable[[Path], object], path: Path) -> tuple[Problem, ...]:
    try:
        read(path)
    except ConfigError as error:
        return error.problems
    return ()


def _texts(path: Path) -> None:
    from messages.catalogue import BrokenCatalogue, Catalogue  # noqa: PLC0415 - it takes a while

    try:
        Catalogue.load(path)
    except BrokenCatalogue as error:
        told = tuple(
            Problem(
                place=str(one.file),
                code=one.code,
                line=one.line or None,
                fields=one.fields,
                suggestion=one.suggestion,
            )
            for one in error.problems
        )
        raise ConfigError(str(path), told) from error


_READERS: dict[str, Callable[[Path], object]] = {
    "categories": categories,
    "words": words,
    "texts": _texts,
    "calendar": calendar,
}
