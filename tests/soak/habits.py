"""What people are like: how soon they claim, mend and check, and what else they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

MINUTE, HOUR = 60.0, 3600.0
MORNING, EVENING = 7, 20
"""Between these hours people are at work."""
STAGE = (1.5 * HOUR, 9 * HOUR)
"""How long the next stage of a repair takes."""
LAST_REPAIR = 18
"""Nobody starts to mend after this hour, but for a danger."""
NUMBERED = 0.2
"""How often an after-photo names the number instead of replying."""
TOGETHER = 0.7
"""How often both stand at the place, and turn their keys one after the other."""
HASTE, SOON = 0.9, (0.1, 0.45)
"""How often a crew minds a short limit, and after what part of it the crew mends then."""
GUARDED = 0.9
"""How often a crew that cannot mend before the evening puts up the warning sign by itself."""
SIGNS = (
    (0.12, 5 * MINUTE, 50 * MINUTE, "开工"),
    (0.04, 8 * MINUTE, 60 * MINUTE, "警示"),
    (0.03, 20 * MINUTE, 90 * MINUTE, "施工中"),
)
"""How often, from when to when after the claim, and with what word work is shown."""


@dataclass(frozen=True, slots=True)
class Claim:
    """How the paired repairer claims."""

    seconds: float
    by_words: bool = False
    waits_for_morning: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """How a joint check goes; seconds from the sheet."""

    patrol: float
    repair: float
    key: str
    by_manager: bool
    fails: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody asks for something: who, how long after the card, which buttons."""

    who: str
    seconds: float
    path: tuple[str, ...]
    """`*` is any button."""


CHANGES: tuple[tuple[float, float, float, str, tuple[str, ...]], ...] = (
    (0.015, 15, 55, "{officer}", ("撤回", "*")),
    (0.015, HOUR, 5 * HOUR, "supervisor01", ("退单", "现场没有问题")),
    (0.01, HOUR, 5 * HOUR, "manager_{company}", ("退单", "不归我们管")),
    (0.015, HOUR, 5 * HOUR, "manager_{company}", ("转派", "*")),
    (0.02, 15, 55, "{officer}", ("改类别", "*", "*")),
    (0.015, HOUR, 5 * HOUR, "{officer}", ("改为当天",)),
    (0.015, HOUR, 5 * HOUR, "supervisor02", ("改为三天",)),
    (0.01, HOUR, 5 * HOUR, "supervisor02", ("改时限", "*")),
    (0.02, HOUR, 5 * HOUR, "{repairer}", ("承诺", "等材料", "7天后")),
    (0.03, HOUR, 5 * HOUR, "{repairer}", ("今天修不完",)),
    (0.02, HOUR, 5 * HOUR, "{repairer}", ("延期", "*")),
    (0.01, HOUR, 5 * HOUR, "{repairer}", ("挂账", "*", "*")),
    (0.01, HOUR, 5 * HOUR, "{repairer}", ("移照片", "*", "*")),
    (0.01, 72 * HOUR, 100 * HOUR, "supervisor01", ("撤销承诺",)),
    (0.02, 20, 50, "{repairer}", ("撤销",)),
)
"""How often, from when to when after the card, by whom, and by which buttons."""


def claim(random: Random) -> Claim | None:
    """None: he does not claim; the ladder has to find somebody."""
    how, part = random.random(), random.random()
    if how < 0.75:
        return Claim(6 + 234 * part, waits_for_morning=random.random() < 0.5)
    if how < 0.93:
        return Claim(10 + 230 * part, by_words=True, waits_for_morning=random.random() < 0.5)
    if how < 0.97:
        return Claim((4 + 40 * part**2) * MINUTE)
    return None


def work(random: Random, *, danger: bool) -> float:
    """Seconds until it is mended; a few take more than three times the limit."""
    how, part = random.random(), random.random()
    if danger:
        return (0.3 + 2.5 * part if how < 0.98 else 20 + 60 * part) * HOUR
    if how < 0.985:
        return (0.3 + 15 * part**3) * HOUR
    return (50 + 50 * part if how < 0.993 else 200 + 60 * part) * HOUR


def check(random: Random) -> Check:
    """Most checks are made within the half hour."""
    soon, patrol, repair = random.random() < 0.975, random.random(), random.random()
    checked = (2 + 20 * patrol) * MINUTE if soon else (0.7 + 4 * patrol) * HOUR
    alone = (1 + 20 * repair) * MINUTE if random.random() < 0.98 else 5 * HOUR
    return Check(
        patrol=checked,
        repair=checked + 4 + 25 * repair if random.random() < TOGETHER else alone,
        key="远程查验" if random.random() < 0.1 else "查验通过",
        by_manager=random.random() < 0.08,
        fails=random.random() < 0.04,
    )


def change(random: Random) -> Change | None:
    """What else happens to a case, if anything."""
    how, part = random.random(), random.random()
    for share, first, last, who, path in CHANGES:
        if how < share:
            return Change(who, first + (last - first) * part, path)
        how -= share
    return None


def by_day(at: datetime, random: Random, evening: int = EVENING) -> datetime:
    """The moment, or if it lies in the night some time of the next morning."""
    if MORNING <= at.hour < evening:
        return at
    day = at + timedelta(days=1) if at.hour >= evening else at
    dawn = day.replace(hour=MORNING, minute=0, second=0)
    return dawn + timedelta(minutes=random.uniform(0.1, 180))


def at_dawn(at: datetime, random: Random) -> datetime:
    """The moment, or if it lies in the night the first minutes of the next morning."""
    if MORNING <= at.hour < EVENING:
        return at
    day = at + timedelta(days=1) if at.hour >= EVENING else at
    dawn = day.replace(hour=MORNING, minute=0, second=0)
    return dawn + timedelta(minutes=random.uniform(0.1, 6))
