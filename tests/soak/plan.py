"""Who reports what, and when: the whole month, from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from bot.config import sample
from tests.soak.stage import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

START = datetime(2026, 4, 20, 7, 0, tzinfo=ZONE)
"""A Monday; the 30 days from here hold the holidays of May and a Saturday that is worked."""
DANGERS = ("井盖破损 危险", "检查井盖丢失", "雨水篦子缺失", "护栏破损", "路面塌陷", "电线外露")
DEFECTS = (
    *("路沿石缺失", "路面坑洼", "人行道砖松动", "路名牌倾斜", "路灯不亮", "树枝折断"),
    *("小广告", "垃圾堆积", "绿化带裸露", "果皮箱损坏", "路沿石破损", "围挡倾斜"),
)
DANGEROUS, NIGHTLY, PLACELESS, ALBUMS, SPOKEN = 0.12, 0.03, 0.12, 0.12, 0.12
"""How often a report is a danger, comes at night, names no place, is an album, is told in words."""
LAST_EAST = 5
WEEKEND = 5
LIGHTER = 0.75
"""What a day of the weekend has of an ordinary day's average; the week's total stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One photo of a defect, to be posted."""

    serial: int
    at: datetime
    grid: int
    words: str
    photos: int = 1
    spoken: str = ""
    """`before` or `after`: the words come as a message of their own."""
    danger: bool = False

    @property
    def reporter(self) -> str:
        """Who posts it."""
        return self.officer

    @property
    def officer(self) -> str:
        """The officer of the grid."""
        return f"officer{self.grid:02}"

    @property
    def repairer(self) -> str:
        """Who is expected to mend it."""
        return f"repairer{self.grid:02}"

    @property
    def company(self) -> str:
        """Who repairs in the grid."""
        return "east" if self.grid <= LAST_EAST else "west"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How much of a month is played."""

    days: int = 30
    officers: int = 10
    cases: int = 40
    seed: int = 1
    start: datetime = START

    @property
    def end(self) -> datetime:
        """When the last day is over."""
        return self.start + timedelta(days=self.days)


def dice(*about: object) -> Random:
    """The chance of one thing: it depends on the seed and the thing, on no order."""
    return Random("/".join(map(str, about)))  # noqa: S311 - a month must repeat


def reports(scale: Scale) -> Iterator[Report]:
    """All reports, earliest first."""
    streets = {grid.number: grid.streets for grid in sample({}).grids}
    serial = 0
    for day in range(scale.days):
        midnight = scale.start.replace(hour=0, minute=0) + timedelta(days=day)
        random = dice(scale.seed, "day", day)
        for at in sorted(_moments(random, midnight, _share(midnight, scale.cases))):
            serial += 1
            grid = random.randint(1, scale.officers)
            yield _report(random, serial, at, grid, streets[grid])


def _share(day: datetime, cases: int) -> int:
    """A week has seven times the average, five days more of it than the weekend's two."""
    light = round(LIGHTER * cases)
    return light if day.weekday() >= WEEKEND else cases + round((cases - light) * 2 / 5)


def _moments(random: Random, midnight: datetime, count: int) -> Iterator[datetime]:
    for _ in range(count):
        night = random.random() < NIGHTLY
        begin, end = (time(20), time(23, 30)) if night else (time(7, 30), time(20))
        first = midnight.replace(hour=begin.hour, minute=begin.minute)
        last = midnight.replace(hour=end.hour, minute=end.minute)
        yield first + random.random() * (last - first)


def _report(random: Random, serial: int, at: datetime, grid: int, streets: Sequence[str]) -> Report:
    danger = random.random() < DANGEROUS
    defect = random.choice(DANGERS if danger else DEFECTS)
    place = _place(random, streets)
    alone = random.random() >= ALBUMS
    spoken = random.choice(("before", "after")) if random.random() < SPOKEN else ""
    return Report(
        serial=serial,
        at=at,
        grid=grid,
        words=f"{place} {defect}".strip(),
        photos=1 if alone else random.randint(2, 4),
        spoken=spoken if alone else "",
        danger=danger,
    )


def _place(random: Random, streets: Sequence[str]) -> str:
    if random.random() < PLACELESS:
        return ""
    one, other = random.sample(streets, 2)
    forms = (f"{one}与{other}路口东侧", f"{one}{random.randint(1, 180)}号门前", one)
    return random.choice(forms)
