"""`xunchaqun doctor`: whether all is in order; needs no network and changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.cli_texts import say
from bot.config import ConfigError, load
from bot.config.calendar_files import calendar, file_of, missing_years
from bot.config.category_files import categories
from bot.config.city import words
from bot.heard import heard
from bot.logs import Mask
from bot.tools import NoDatabaseError, look_for_database
from messages.catalogue import BrokenCatalogue, Catalogue
from pictures import typefaces
from storage import migrate
from storage.errors import DatabaseNewerError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.cli_texts import Language
    from bot.config import Settings

GIGABYTE: Final = 10**9
LITTLE: Final = 2 * GIGABYTE
"""Below this a disk wants a look: a busy day of photos is about a gigabyte."""
TOO_LITTLE: Final = GIGABYTE // 5


class Mark(StrEnum):
    """How a thing stands."""

    GOOD = "✓"
    LOOK = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's."""

    mark: Mark
    text: str
    """The text of the command line that tells it."""
    fields: Mapping[str, object] = field(default_factory=dict)


def examine(
    file: Path, env: Mapping[str, str], now: datetime, language: Language
) -> Iterator[Finding]:
    """Everything that was looked at, in order; a wrong configuration ends it.

    Args:
        file: The configuration.
        env: The environment.
        now: The present moment, aware.
        language: That of what the findings quote.
    """
    try:
        settings = load(file, env)
    except ConfigError as error:
        yield from _wrong(error, language)
        return
    counts = {"people": len(settings.people), "grids": len(settings.grids)}
    yield Finding(Mark.GOOD, "doctor_config", {"file": file, **counts})
    zone = ZoneInfo(settings.city.timezone)
    local = now.astimezone(zone)
    yield Finding(Mark.GOOD, "doctor_zone", {"zone": zone.key, "now": f"{local:%Y-%m-%d %H:%M}"})
    yield from _files(settings, language)
    yield from _calendar(settings, local, language)
    yield _font(settings)
    database = _database(settings)
    yield database
    if database.text == "doctor_database":
        yield from _heard(settings, now)
    yield from _data(settings)


def _wrong(error: ConfigError, language: Language) -> Iterator[Finding]:
    for line in error.lines(language):
        yield Finding(Mark.BAD, "doctor_wrong", {"detail": line})


def _files(settings: Settings, language: Language) -> Iterator[Finding]:
    """The files of words; each that is wrong says all that is wrong with it."""
    files = settings.files
    readers: tuple[tuple[str, Callable[[], object]], ...] = (
        ("doctor_categories", lambda: categories(files.categories)),
        ("doctor_words", lambda: words(files.words)),
        ("doctor_texts", lambda: Catalogue.load(files.texts)),
    )
    for name, read in readers:
        try:
            read()
        except ConfigError as error:
            yield from _wrong(error, language)
        except BrokenCatalogue as error:
            yield from (Finding(Mark.BAD, "doctor_wrong", {"detail": p}) for p in error.problems)
        else:
            yield Finding(Mark.GOOD, name)


def _calendar(settings: Settings, local: datetime, language: Language) -> Iterator[Finding]:
    folder = settings.files.calendar
    try:
        known = calendar(folder)
    except ConfigError as error:
        yield from _wrong(error, language)
        return
    if known.years:
        years = ", ".join(map(str, sorted(known.years)))
        yield Finding(Mark.GOOD, "doctor_calendar", {"years": years})
    for year in missing_years(known, local.date()):
        fields = {"year": year, "file": file_of(folder, year)}
        yield Finding(Mark.LOOK, "doctor_no_year", fields)


def _font(settings: Settings) -> Finding:
    wanted = settings.files.font
    if wanted is not None and not typefaces.readable(wanted):
        return Finding(Mark.BAD, "doctor_no_font", {"file": wanted})
    return Finding(Mark.GOOD, "doctor_font", {"file": typefaces.find(wanted).path})


def _database(settings: Settings) -> Finding:
    try:
        look_for_database(settings)
        newest = migrate.is_newest(settings.database_url)
    except NoDatabaseError as error:
        return Finding(Mark.LOOK, "no_database", {"detail": error})
    except DatabaseNewerError as error:
        return Finding(Mark.BAD, "database_newer", {"detail": error})
    except ModuleNotFoundError as error:
        return Finding(Mark.BAD, "no_module", {"detail": error.name})
    except StorageError as error:
        first = Mask(settings.secrets)(next(iter(str(error).splitlines()), ""))
        return Finding(Mark.BAD, "doctor_database_failed", {"detail": first})
    if newest:
        return Finding(Mark.GOOD, "doctor_database")
    return Finding(Mark.LOOK, "doctor_database_older")


def _heard(settings: Settings, now: datetime) -> Iterator[Finding]:
    """When Telegram was heard last: what it kept for more than a day is lost."""
    for said in heard(settings, now):
        yield Finding(Mark.GOOD if said.good else Mark.LOOK, said.key, said.fields)


def _data(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    place = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError:
        yield Finding(Mark.BAD, "doctor_not_writable", {"folder": place})
        return
    yield Finding(Mark.GOOD, "doctor_data", {"folder": folder})
    free = shutil.disk_usage(place).free
    fields = {"free": f"{free / GIGABYTE:.1f}"}
    if free < LITTLE:
        yield Finding(Mark.BAD if free < TOO_LITTLE else Mark.LOOK, "doctor_disk_full", fields)
    else:
        yield Finding(Mark.GOOD, "doctor_disk", fields)


def doctor(
    file: Path,
    env: Mapping[str, str],
    now: datetime,
    language: Language,
    tell: Callable[[str], None],
) -> int:
    """Tell all findings, one line each; 1 if something must be mended, else 0."""
    bad = 0
    for finding in examine(file, env, now, language):
        tell(f"{finding.mark} {say(finding.text, language, **finding.fields)}")
        bad += finding.mark is Mark.BAD
    tell(say("doctor_bad", language, count=bad) if bad else say("doctor_good", language))
    return int(bad > 0)
