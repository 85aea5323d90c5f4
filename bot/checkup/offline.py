"""What the doctor sees on this machine: configuration, files, calendar, font, database, disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.checkup.findings import Finding, Mark
from bot.checkup.ownership import closed
from bot.config import ConfigError
from bot.config.calendar_files import calendar, file_of, missing_years
from bot.config.category_files import categories
from bot.config.city import words
from bot.owners import nearest
from messages.catalogue import BrokenCatalogue, Catalogue
from pictures import typefaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.cli_texts import Language
    from bot.config import Settings

GIGABYTE: Final = 10**9
LITTLE: Final = 2 * GIGABYTE
"""Below this a disk wants a look: a busy day of photos is about a gigabyte."""
TOO_LITTLE: Final = GIGABYTE // 5


def look(settings: Settings, now: datetime, language: Language) -> Iterator[Finding]:
    """Time zone, the office's own files, calendar and font.

    Args:
        settings: The city.
        now: The present moment, aware.
        language: That of what the findings quote.
    """
    zone = ZoneInfo(settings.city.timezone)
    local = now.astimezone(zone)
    yield Finding(Mark.GOOD, "doctor_zone", {"zone": zone.key, "now": f"{local:%Y-%m-%d %H:%M}"})
    yield from _files(settings, language)
    yield from _calendar(settings, local, language)
    yield _font(settings)


def wrong(error: ConfigError, language: Language) -> Iterator[Finding]:
    """Each thing that is wrong in a file that an office edits."""
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
            yield from wrong(error, language)
        except BrokenCatalogue as error:
            yield from (Finding(Mark.BAD, "doctor_wrong", {"detail": p}) for p in error.problems)
        else:
            yield Finding(Mark.GOOD, name)


def _calendar(settings: Settings, local: datetime, language: Language) -> Iterator[Finding]:
    folder = settings.files.calendar
    try:
        known = calendar(folder)
    except ConfigError as error:
        yield from wrong(error, language)
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


def room(settings: Settings) -> Iterator[Finding]:
    """Whether the data folder can be written to, and how much of its disk is free."""
    folder = settings.data
    place = nearest(folder)
    shut = list(closed(place))
    yield from shut
    if shut:
        return
    yield Finding(Mark.GOOD, "doctor_data", {"folder": folder})
    free = shutil.disk_usage(place).free
    fields = {"free": f"{free / GIGABYTE:.1f}"}
    if free < LITTLE:
        yield Finding(Mark.BAD if free < TOO_LITTLE else Mark.LOOK, "doctor_disk_full", fields)
    else:
        yield Finding(Mark.GOOD, "doctor_disk", fields)
