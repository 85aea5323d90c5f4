"""One city: its people, grids, groups, categories and words, put together for the use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from casework.digests import Digests
from casework.reading import read_caption
from casework.rules import Rules
from casework.workcalendar import WorkCalendar
from casework.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from casework.categories import Categories, Category
    from casework.people import Group, Roster
    from casework.places import Gazetteer
    from casework.reading import Caption, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """What the configuration says about one city; fixed while the bot runs."""

    name: str
    zone: ZoneInfo
    """The city's time zone: every clock time of a rule is meant in it."""
    roster: Roster
    groups: Mapping[str, Group]
    gazetteer: Gazetteer
    categories: Categories
    words: Words
    language: str = "zh"
    rules: Rules = field(default_factory=Rules)
    digests: Digests = field(default_factory=Digests)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    rules_version: int = 0
    """The version of the category file in force; 0: it was never kept."""
    earlier: Mapping[int, Categories] = field(default_factory=dict)
    """The trees of the versions that open cases keep."""
    known_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Chinese and English name of every category that ever was, by code."""
    work: WorkTime = field(init=False, repr=False, compare=False)
    """The arithmetic of working time, on this city's clock, shifts and calendar."""

    def __post_init__(self) -> None:
        work = WorkTime(zone=self.zone, calendar=self.calendar, shifts=self.rules.work.shifts)
        object.__setattr__(self, "work", work)

    def local(self, moment: datetime) -> datetime:
        """The same moment on the city's clock."""
        return moment.astimezone(self.zone)

    def day(self, moment: datetime) -> date:
        """The city's calendar day of a moment."""
        return moment.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """The moment (UTC) of a clock time on a day of the city."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def midnight_after(self, day: date) -> datetime:
        """24:00 of a day of the city, as a moment in UTC."""
        return self.at(day + timedelta(days=1), time(0))

    def categories_of(self, version: int) -> Categories:
        """The tree by which a case of that version is judged; today's where it is not kept."""
        return self.earlier.get(version, self.categories)

    def leaf(self, category: str, version: int) -> Category | None:
        """The leaf of a case, by the rules under which it was opened (`Case.rules_version`).

        None: a code that neither those rules nor today's have.
        """
        return self.categories_of(version).get(category) or self.categories.get(category)

    def category_names(self, category: str) -> tuple[str, str]:
        """Chinese and English name; of one that left the file its last, at worst its code."""
        found = self.categories.get(category)
        if found is not None:
            return found.name_zh, found.name_en
        return self.known_names.get(category, (category, category))

    def knows(self, category: str) -> bool:
        """Whether there is such a category, or once was."""
        return self.categories.get(category) is not None or category in self.known_names

    def read(self, text: str) -> Caption:
        """Everything that words say: category, danger, place, numbers."""
        return read_caption(text, self.categories, self.gazetteer, self.words)
