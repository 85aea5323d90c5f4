"""A simulated month: the product and the simulated Telegram in one process, on one clock."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

from typing_extensions import override

from bot.assembly import running
from bot.config import sample
from bot.config.settings import Watch
from casework.people import Role
from simulator import Simulator
from simulator.clock import SimulatedClock
from tests.fakes.lent_processes import lent_worker
from tests.soak.audited import audited
from tests.soak.offices import Offices
from tests.soak.plan import dice, reports
from tests.soak.stage import Stage
from tests.soak.story import Story
from tests.soak.wire import Wire
from tests.soak.worktime import calendar_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.assembly import Product
    from bot.config import Settings
    from casework.digests import Digests
    from simulator.calllog import CallRecord
    from tests.soak.plan import Scale
    from tests.soak.stage import Heard, Pressed

AWAY = timedelta(hours=26)
"""How long the bot is away in the middle of the month with the long stop."""
DAY = timedelta(days=1)
STOPS_AT = time(12, 10)
GAP = "earshot.gap"
"""The action of the log line that tells of a silence of Telegram."""
OPEN_CHATS = ("manager", "supervisor", "leader", "clerk", "standby")
TALKATIVE = {*(f"repairer{n:02}" for n in range(1, 11, 2)), "officer01"}
"""Repairers and officers who have opened their private chat: half, and few."""


def reachable(who: str) -> bool:
    """Whether somebody has opened a private chat with the bot."""
    return who.startswith(OPEN_CHATS) or who in TALKATIVE


@dataclass(slots=True, repr=False)
class Month:
    """What was played."""

    scale: Scale
    folder: Path
    stopped: tuple[datetime, datetime] | None = None
    """When the bot was away."""
    stories: list[Story] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    pressed: list[Pressed] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    """Each account, and whose it is."""
    acts: int = 0
    errors: list[str] = field(default_factory=list)
    """What the product logged as an error."""
    audited: list[str] = field(default_factory=list)
    """What the auditor named at the ends of the days, of which nothing was true."""


@dataclass(slots=True, repr=False)
class Town:
    """All people, and the ears of those who wait for the bot."""

    scale: Scale
    stage: Stage
    stories: list[Story] = field(default_factory=list)
    offices: Offices = field(init=False)
    _by_photo: dict[int, Story] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.offices = Offices(self.stage, self.scale.seed)
        self.stage.listener = self._hears

    def settle(self) -> None:
        """Private chats are opened, and everybody knows what he will report and when."""
        for who in self.stage.ids:
            if reachable(who):
                self.stage.say(who, "/start", privately=True)
        for report in reports(self.scale):
            random = dice(self.scale.seed, "case", report.serial)
            self.stories.append(Story(self.stage, report, random, self._posted))

    def begin_day(self, day: int) -> None:
        """Nobody thinks further ahead than a day: the clock has less to look through."""
        begin = self.scale.start + day * DAY
        for story in self.stories:
            if begin <= story.report.at < begin + DAY:
                self.stage.at(story.report.at, story.begin)
        self.offices.ask(day)

    def _posted(self, story: Story) -> None:
        self._by_photo[story.photo] = story

    def _hears(self, heard: Heard) -> None:
        story = self._by_photo.get(heard.message.reply_to or 0)
        if story is not None and heard.chat == self.stage.group:
            story.hears(heard)
        if story is None or heard is not story.card:
            self.offices.hears(heard)


@dataclass(slots=True, repr=False)
class _Probe:
    """Says when the bot has nothing left to do; a stopped one never has."""

    product: Product | None = None

    def __call__(self) -> bool:
        return self.product is None or self.product.idle


class _Ears(logging.Handler):
    """Keeps what is logged as an error; that the bot was away for a day is no fault of its own."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._errors = errors

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if getattr(record, "action", "") == GAP:
            return
        reason = f": {record.exc_info[1]!r}" if record.exc_info else ""
        self._errors.append(record.getMessage() + reason)


async def play(
    scale: Scale, folder: Path, *, away: bool = False, tell: Callable[[int], None] | None = None
) -> Month:
    """Play it all; `tell` hears of each day that is over."""
    clock = SimulatedClock(scale.start, frozen=True)
    month = Month(scale, folder, _stop(scale) if away else None)
    probe, ears = _Probe(), _Ears(month.errors)
    logging.getLogger().addHandler(ears)
    clock.add_probe(probe)
    async with Simulator(clock=clock) as simulator:
        town = Town(scale, Stage(simulator))
        settings = _settings(folder, simulator.base_url)
        town.settle()
        with patch("bot.assembly.Session", partial(Wire, simulator)):
            for until, works in _stretches(month):
                at_work = running(settings, clock, lent_worker()) if works else nullcontext()
                heard = _heard(month, settings, clock, tell, at_work=works)
                async with at_work as probe.product:
                    await _walk(town, clock, until, heard)
                probe.product = None
        month.stories, month.acts = town.stories, town.stage.posts
        month.pressed, month.names = town.stage.pressed, town.stage.names
        month.calls = simulator.world.log.after(0)
    logging.getLogger().removeHandler(ears)
    return month


def _heard(
    month: Month,
    settings: Settings,
    clock: SimulatedClock,
    tell: Callable[[int], None] | None,
    *,
    at_work: bool,
) -> Callable[[int], None]:
    """Told of each day that is over: the auditor looks at the town as it stands then."""

    def over(day: int) -> None:
        if at_work:
            month.audited += audited(settings, clock.now())
        if tell is not None:
            tell(day)

    return over


def _settings(folder: Path, base: str) -> Settings:
    """The sample town with the working calendar of 2026."""
    calendar = folder / "calendar"
    calendar.mkdir(parents=True)
    (calendar / "2026.toml").write_text(calendar_file(), encoding="utf-8")
    settings = replace(sample({}), data=folder, watch=Watch(audit_seconds=0))
    settings = replace(settings, files=replace(settings.files, calendar=calendar))
    settings = replace(settings, digests=_once(settings.digests))
    return replace(settings, telegram=replace(settings.telegram, api_base=base))


def _once(digests: Digests) -> Digests:
    """Who reads a digest in the managers' group does not get it privately besides."""
    return replace(
        digests,
        meet=replace(digests.meet, roles=()),
        filing=replace(digests.filing, roles=(Role.CLERK,)),
        week=replace(digests.week, roles=(Role.LEADER,)),
        month=replace(digests.month, roles=(Role.LEADER,)),
    )


def _stop(scale: Scale) -> tuple[datetime, datetime]:
    """In the middle, from one noon to the next: batches, digests and a night are missed."""
    middle = scale.start + timedelta(days=scale.days // 2)
    begin = datetime.combine(middle.date(), STOPS_AT, middle.tzinfo)
    return begin, begin + AWAY


def _stretches(month: Month) -> Iterator[tuple[datetime, bool]]:
    """Until when the bot works, is away, and works again."""
    if month.stopped is not None:
        yield month.stopped[0], True
        yield month.stopped[1], False
    yield month.scale.end, True


async def _walk(
    town: Town, clock: SimulatedClock, until: datetime, tell: Callable[[int], None]
) -> None:
    """To the end of a stretch, day by day."""
    start, now = town.scale.start, clock.now()
    while now < until:
        day = (now - start) // DAY
        if now == start + day * DAY:
            town.begin_day(day)
        stop = min(until, start + (day + 1) * DAY)
        await clock.advance(stop - now)
        now = clock.now()
        if now == start + (day + 1) * DAY:
            tell(day + 1)
