"""What the doctor sees on this machine: configuration, files, calendar, font, database, disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.checkup.findings import Finding, Mark
from bot.checkup.ownership import closed
from bot.config.calendar_files import calendar, file_of, missing_years
from bot.owners import nearest
from pictures import typefaces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.cli_texts import Language
    from bot.config import ConfigError, Settings

GIGABYTE: Final = 10**9
LITTLE: Final = 2 * GIGABYTE
"""Below this a disk wants a look: a busy day of photos is about a gigabyte."""
TOO_LITTLE: Final = GIGABYTE // 5


def look(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Time zone, the office's own files, calendar and font; `load` has read them all.

    Args:
        settings: The city.
        now: The present moment, aware.
    """
    zone = ZoneInfo(settings.city.timezone)
    local = now.astimezone(zone)
    yield Finding(Mark.GOOD, "doctor_zone", {"zone": zone.key, "now": f"{local:%Y-%m-%d %H:%M}"})
    for file in ("doctor_categories", "doctor_words", "doctor_texts"):
        yield Finding(Mark.GOOD, file)
    yield from _calendar(settings, local)
    font = typefaces.find(settings.files.font).path
    yield Finding(Mark.GOOD, "doctor_font", {"file": font})


def wrong(error: ConfigError, language: Language) -> Iterator[Finding]:
    """Each thing that is wrong in a file that an office edits."""
    for line in error.lines(language):
        yield Finding(Mark.BAD, "doctor_wrong", {"detail": line})


def _calendar(settings: Settings, local: datetime) -> Iterator[Finding]:
    folder = settings.files.calendar
    known = calendar(folder)
    if known.years:
        years = ", ".join(map(str, sorted(known.years)))
        yield Finding(Mark.GOOD, "doctor_calendar", {"years": years})
    for year in missing_years(known, local.date()):
        fields = {"year": year, "file": file_of(folder, year)}
        yield Finding(Mark.LOOK, "doctor_no_year", fields)


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
