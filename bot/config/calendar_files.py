"""The working calendar: a file for each year in a folder, with the mistakes of all of them by line.

A year without a file is no mistake: its weekdays are worked, and the bot says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from bot.config.lines import key_lines
from bot.config.problems import ConfigError
from bot.config.reading import Report, read_table
from bot.config.texts import text_of, toml_of
from bot.config.values import WrongValueError, convert
from casework.workcalendar import SATURDAY, WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.config.problems import Problem

FIRST_YEAR, LAST_YEAR = 2000, 2999
DECEMBER = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedDays:
    """Days that belong together, such as those of one holiday."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarYear:
    """What one file says."""

    year: int = field(default=0, metadata={"least": FIRST_YEAR, "most": LAST_YEAR})
    holidays: tuple[NamedDays, ...] = ()
    """Days off."""
    workdays: tuple[NamedDays, ...] = ()
    """Make-up days: worked, though they fall on a weekend."""


def file_of(folder: Path, year: int) -> Path:
    """Where the calendar of a year lies."""
    return folder / f"{year}.toml"


def calendar(folder: Path) -> WorkCalendar:
    """The working calendar of a folder; one without files knows no year.

    Raises:
        ConfigError: Files are not as they should be; it holds all that is wrong with all of them.
    """
    found: list[CalendarYear] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            found.append(_year(file))
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(str(folder), tuple(problems))
    return WorkCalendar(
        holidays=frozenset(day for year in found for one in year.holidays for day in one.days),
        workdays=frozenset(day for year in found for one in year.workdays for day in one.days),
        years=frozenset(year.year for year in found),
    )


def years_wanted(today: date) -> tuple[int, ...]:
    """The years that a calendar should hold: this one, and from December on the next one too."""
    return (today.year, today.year + 1) if today.month == DECEMBER else (today.year,)


def missing_years(known: WorkCalendar, today: date) -> tuple[int, ...]:
    """The wanted years whose holidays are not known."""
    return tuple(year for year in years_wanted(today) if year not in known.years)


def _year(file: Path) -> CalendarYear:
    source = str(file)
    text = text_of(file)
    raw = toml_of(text, source)
    report = Report(lines=key_lines(text))
    if "year" not in raw:
        report.add("year", "missing", key="year")
    read = read_table(CalendarYear, raw, "", report, lenient=True) or CalendarYear()
    report.reading = False
    _check(read.year, raw, file.stem, report)
    if report.problems:
        ordered = sorted(report.problems, key=_by_line)
        told = (replace(one, place=f"{source} {one.place}") for one in ordered)
        raise ConfigError(source, tuple(told))
    return read


def _by_line(problem: Problem) -> int:
    return problem.line or 0


class _Day(NamedTuple):
    """A day that stands in a file: the path of its list, and its own."""

    place: str
    spot: str
    day: date


def _check(year: int, raw: Mapping[str, object], stem: str, report: Report) -> None:
    if year and stem != str(year):
        report.add("year", "year_not_name", given=f"{stem}.toml", year=str(year))
    seen: dict[date, str] = {}
    for place, spot, day in _days(raw, report):
        if year and day.year != year:
            report.add(place, "not_in_year", spot=spot, given=str(day), year=str(year))
        if day in seen:
            report.add(place, "double", spot=spot, given=str(day), other=seen[day])
        seen.setdefault(day, place)
        if place.startswith("workdays") and day.weekday() < SATURDAY:
            report.add(place, "no_weekend", spot=spot, given=str(day))


def _days(raw: Mapping[str, object], report: Report) -> Iterator[_Day]:
    """Every day of a file, also beside one that is none: one slip hides no other.

    Lists without a day are noted.
    """
    for name in ("holidays", "workdays"):
        for number, entry in enumerate(_listed(raw.get(name)), start=1):
            place = f"{name}[{number}].days"
            given = entry.get("days") if isinstance(entry, Mapping) else None
            if given == []:
                report.add(place, "empty")
            found = enumerate(map(_day, _listed(given)), start=1)
            yield from (_Day(place, f"{place}[{nth}]", day) for nth, day in found if day)


def _listed(given: object) -> list[object]:
    return given if isinstance(given, list) else []


def _day(given: object) -> date | None:
    """The day; what is none the reading has told already."""
    try:
        day = convert(date, given, {})
    except WrongValueError:
        return None
    return day if isinstance(day, date) else None
