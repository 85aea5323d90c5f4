"""What is made anew in each process of the product, and is the same in each test: made once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot import assembly
from bot.config import city
from bot.config.calendar_files import calendar
from handlers.dispatcher import dispatcher
from simulator import world
from simulator.photos import Darkroom

if TYPE_CHECKING:
    from pathlib import Path

    from casework.workcalendar import WorkCalendar


def share() -> None:
    """For all tests of this worker: handlers, calendars, and what photos were developed."""
    setattr(assembly, dispatcher.__name__, cache(dispatcher))
    setattr(city, calendar.__name__, _calendar)
    setattr(world, Darkroom.__name__, cache(Darkroom))


def _calendar(folder: Path) -> WorkCalendar:
    """The calendar of files that stand as they did."""
    return _read(folder, tuple(file.read_bytes() for file in sorted(folder.glob("*.toml"))))


@lru_cache(maxsize=32)
def _read(folder: Path, _files: tuple[bytes, ...]) -> WorkCalendar:
    return calendar(folder)
