"""Files of the working calendar, written from what the package chinesecalendar knows.

A file ends with a seal over what stands above it; where the seal does not fit, somebody has edited
the file, and it is overwritten only by force.
"""

from __future__ import annotations

import hashlib
import re
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.config.calendar_files import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

_HEAD: Final = """\
# {year} 年工作日历。这里没写的日子：周一至周五上班，周六、周日休息。
# Working calendar of {year}. Days not named here: Monday to Friday are worked, weekends are not.
# 可以直接修改，改完重启机器人。改过的文件，xunchaqun calendar update 不会覆盖。
# Edit it as you need, then restart the bot. calendar update never overwrites an edited file.

year = {year}
"""
_HOLIDAYS: Final = """
# ---- 放假 Public holidays ----
"""
_WORKDAYS: Final = """
# ---- 调休上班：这些周末要上班 Make-up days: these weekends are worked ----
"""
_SEAL: Final = "\n# 校验码，程序用来看文件改没改过 How the program sees an edit: {seal}\n"
_SEALED: Final = re.compile(r"\n# [^\n]*: (?P<seal>[0-9a-f]{16})\s*\Z")
_IN_A_LINE: Final = 6
READABLE: Final = 0o644
OPEN: Final = 0o755


class Outcome(Enum):
    """What became of one year; the value names the text that tells it."""

    WRITTEN = "calendar_written"
    SAME = "calendar_same"
    EDITED = "calendar_edited"
    UNKNOWN = "calendar_unknown"


def update(
    folder: Path, asked: Sequence[int], this_year: int, *, force: bool, tell: Callable[..., None]
) -> int:
    """Write the files of the years asked for, or of this year and the next if it is known.

    Returns 0 when that was done; 1 when a year is not known, or a file that was asked for has
    been edited.
    """
    outcomes = []
    for year in asked or (this_year, this_year + 1):
        outcome = seed(folder, year, force=force)
        if asked or year == this_year or outcome is not Outcome.UNKNOWN:
            tell(outcome.value, file=file_of(folder, year), year=year)
            outcomes.append(outcome)
    kept = bool(asked) and Outcome.EDITED in outcomes
    return int(kept or Outcome.UNKNOWN in outcomes)


class YearUnknownError(Exception):
    """The package of holidays does not know a year; whoever asks tells it with the remedy."""


def seed(folder: Path, year: int, *, force: bool = False) -> Outcome:
    """Write the file of a year; the folder is made.

    An edited file is left alone without `force`.
    """
    try:
        text = text_of_year(year)
    except YearUnknownError:
        return Outcome.UNKNOWN
    file = file_of(folder, year)
    if file.exists() and not force:
        found = file.read_text(encoding="utf-8-sig", errors="replace")
        if found == text:
            return Outcome.SAME
        if not _sealed(found):
            return Outcome.EDITED
    # Public holidays are no secret: a bot that is another user reads what root has written.
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(OPEN)
    file.write_text(text, encoding="utf-8")
    file.chmod(READABLE)
    return Outcome.WRITTEN


def text_of_year(year: int) -> str:
    """The file of a year.

    Raises:
        YearUnknownError: The package does not know the year.
    """
    from chinese_calendar import constants as known  # noqa: PLC0415 - only this command needs it

    holidays = _of_year(known.holidays, year)
    if not holidays:  # no year is without any
        raise YearUnknownError(year)
    body = "".join(
        (
            _HEAD.format(year=year),
            _HOLIDAYS,
            *_tables("holidays", holidays),
            _WORKDAYS,
            *_tables("workdays", _of_year(known.workdays, year)),
        )
    )
    return body + _SEAL.format(seal=_seal(body))


def _of_year(days: Mapping[date, str], year: int) -> list[tuple[date, str]]:
    return sorted((day, name) for day, name in days.items() if day.year == year)


def _tables(table: str, days: list[tuple[date, str]]) -> Iterator[str]:
    from chinese_calendar import Holiday  # noqa: PLC0415 - as above

    for english, group in groupby(days, key=lambda one: one[1]):
        written = [day.isoformat() for day, _ in group]
        lines = (written[at : at + _IN_A_LINE] for at in range(0, len(written), _IN_A_LINE))
        shown = ",\n        ".join(", ".join(line) for line in lines)
        yield f'\n[[{table}]]\nname = "{Holiday(english).chinese}"  # {english}\ndays = [{shown}]\n'


def _seal(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _sealed(text: str) -> bool:
    found = _SEALED.search(text)
    return found is not None and found["seal"] == _seal(text[: found.start()])
