"""From the settings of a city to the `Town` that the use cases know."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.config.calendar_files import calendar
from bot.config.category_files import categories
from bot.config.problems import ConfigError, Problem
from bot.config.settings import username_key
from bot.config.texts import text_of, toml_of
from casework.digests import Digest, Digests
from casework.people import Company, Group, Person, Roster
from casework.places import Gazetteer, Grid
from casework.reading import Words, WordsFileError
from casework.town import Town

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config.settings import PersonEntry, Settings

WORDS = "words.toml"
AnyDigest = TypeVar("AnyDigest", bound=Digest)


def town(settings: Settings) -> Town:
    """Put the city together; categories, words and calendar come from their files.

    Raises:
        ConfigError: One of these files is not as it should be.
    """
    return Town(
        name=settings.city.name,
        zone=ZoneInfo(settings.city.timezone),
        roster=_roster(settings),
        groups=_groups(settings),
        gazetteer=_gazetteer(settings),
        categories=categories(settings.files.categories),
        words=words(settings.files.words),
        language=settings.city.language,
        rules=settings.rules,
        digests=_digests(settings.digests),
        calendar=calendar(settings.files.calendar),
    )


def _roster(settings: Settings) -> Roster:
    people = [_person(entry) for entry in settings.people]
    return Roster(
        people={person.key: person for person in people},
        companies={
            one.key: Company(key=one.key, name=one.name, zone=one.zone)
            for one in settings.companies
        },
        grid_company={grid.number: grid.company for grid in settings.grids},
    )


def _person(entry: PersonEntry) -> Person:
    return Person(
        key=entry.key,
        name=entry.name,
        role=entry.role,
        company=entry.company,
        grid=entry.grid,
        pair=username_key(entry.pair),
        away=entry.away,
        language=entry.language or "",
    )


def _groups(settings: Settings) -> dict[str, Group]:
    language = settings.city.language
    return {
        str(entry.chat): Group(
            chat=str(entry.chat), language=entry.language or language, kind=entry.kind
        )
        for entry in settings.groups
    }


def _digests(given: Digests) -> Digests:
    """The digests with their people as the roster names them."""
    return Digests(
        meet=_by_key(given.meet),
        filing=_by_key(given.filing),
        week=_by_key(given.week),
        month=_by_key(given.month),
    )


def _by_key(digest: AnyDigest) -> AnyDigest:
    return replace(digest, people=tuple(map(username_key, digest.people)))


def _gazetteer(settings: Settings) -> Gazetteer:
    zones = {company.key: company.zone for company in settings.companies}
    return Gazetteer(
        Grid(
            number=grid.number,
            zone=zones[grid.company],
            company=grid.company,
            streets=grid.streets,
            landmarks=grid.landmarks,
        )
        for grid in settings.grids
    )


def words(path: Path | None) -> Words:
    """The words that act: of a file, or those that ship.

    Raises:
        ConfigError: The file is not as it should be.
    """
    return _read_words(path) if path else _shipped_words()


@cache
def _shipped_words() -> Words:
    return _read_words(None)


def _read_words(path: Path | None) -> Words:
    data = _table(path)
    try:
        return Words.from_mapping(data)
    except WordsFileError as error:
        raise _wrong(str(path or WORDS), *error.places) from error


def _table(path: Path | None) -> dict[str, object]:
    """The words of the office, or those that ship."""
    if path is not None:
        return toml_of(text_of(path), str(path))
    file = resources.files("casework").joinpath("data", WORDS)
    return toml_of(file.read_text(encoding="utf-8"), WORDS)


def _wrong(source: str, *details: str) -> ConfigError:
    problems = tuple(
        Problem(place=source, code="wrong_content", fields={"given": source, "detail": detail})
        for detail in details
    )
    return ConfigError(source, problems)
