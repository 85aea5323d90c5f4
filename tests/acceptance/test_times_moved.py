"""The office moves a time of digests and lists, or the zone, between two lives of the bot."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casework.digests import Digest, Digests, Filing, Review
from tests.acceptance.city import CAPTION, MORNING, SMALL, ZONE, at_work, waiting
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.config import Settings
    from simulator.clock import SimulatedClock
    from tests.acceptance.city import City

FILING, MEET, WEEK, DRAFT = "<b>📋 日报备", "<b>📋 日碰头", "<b>📊 周分析", "（草稿）"
WHO = ("supervisor01", "clerk01")
BERLIN = "Europe/Berlin"


@dataclass(frozen=True)
class Place:
    """A town whose bot has several lives."""

    town: City
    settings: Settings
    clock: SimulatedClock

    @asynccontextmanager
    async def life(
        self, change: Callable[[Settings], Settings] | None = None
    ) -> AsyncIterator[None]:
        """One life of the bot with this configuration."""
        settings = change(self.settings) if change else self.settings
        async with at_work(settings, self.clock):
            await self.town.advance(seconds=2)
            yield

    async def sleep(self, **span: float) -> None:
        """Time goes by while no bot is there."""
        moment = await self.town.now() + timedelta(**span)
        await self.town.call("POST", "/sim/clock", {"set": moment.isoformat()})

    async def came(self, word: str, who: str = "supervisor01") -> list[tuple[str, str]]:
        """When messages came, and the line with their window (marked, if they say 补发)."""
        found = await said(self.town, word, chat=self.town.ids[who])
        return [(f"{one.at:%d %H:%M}", _window(one.text)) for one in found]


def _window(words: str) -> str:
    line = next((line for line in words.split("\n") if " 至 " in line), "")
    return ("补发 " if "补发" in words else "") + line


@asynccontextmanager
async def place(folder: Path, at: datetime = MORNING) -> AsyncIterator[Place]:
    """A town before its bot comes."""
    async with waiting(folder) as (town, settings, clock):
        await town.call("POST", "/sim/clock", {"set": at.isoformat()})
        yield Place(town, settings, clock)


def filing(at: time, draft: time = time(16, 0)) -> Callable[[Settings], Settings]:
    """The filing at another time."""

    def change(settings: Settings) -> Settings:
        digests = replace(settings.digests, filing=Filing(at=at, draft=draft))
        return replace(settings, digests=digests)

    return change


def all_moved(settings: Settings) -> Settings:
    """Every digest and list comes at another time."""
    digests = Digests(
        meet=Digest(at=time(9, 0)),
        filing=Filing(at=time(18, 0), draft=time(17, 30)),
        week=Review(at=time(10, 0)),
    )
    reminders = replace(settings.rules.reminders, overnight=time(21, 0))
    rules = replace(settings.rules, reminders=reminders)
    return replace(settings, digests=digests, rules=rules)


def in_berlin(settings: Settings) -> Settings:
    """Only the time zone is another one."""
    return replace(settings, city=replace(settings.city, timezone=BERLIN))


async def test_what_the_office_moves_comes_once_at_its_new_time(tmp_path: Path) -> None:
    """From Friday morning on: filing and draft, the meeting, the week, the list of the night."""
    async with place(tmp_path, datetime(2026, 3, 13, 9, 0, tzinfo=ZONE)) as here:
        async with here.life():
            for who in WHO:
                await here.town.start(who)
            await here.town.photo("officer01", CAPTION)
        async with here.life(all_moved):
            await here.town.advance(days=3, hours=2)
            assert [at for at, _ in await here.came(FILING)] == ["13 18:00", "14 18:00", "15 18:00"]
            drafts = await here.came(DRAFT, "clerk01")
            assert [at for at, _ in drafts] == ["13 17:30", "14 17:30", "15 17:30"]
            assert [at for at, _ in await here.came(MEET)] == ["14 09:00", "15 09:00", "16 09:00"]
            assert [at for at, _ in await here.came(WEEK)] == ["16 10:00"]
            nights = await here.came("过夜未结：")
            assert [at for at, _ in nights] == ["13 21:00", "14 21:00", "15 21:00"]


async def test_a_window_begins_where_the_last_one_ended(tmp_path: Path) -> None:
    """Filed at 17:00, moved to 19:00 at 20:00: the case of 18:00 is in the next one, and /today."""
    async with place(tmp_path) as here:
        async with here.life():
            await here.town.start("supervisor01")
            await here.town.until(18, 0)
            await here.town.photo("officer01", SMALL)
            await here.town.until(20, 0)
        async with here.life(filing(time(19, 0), time(18, 30))):
            chat = here.town.ids["supervisor01"]
            await here.town.say("supervisor01", "/today", chat=chat, settle=5)
            (today,) = await said(here.town, "今日数字", chat=chat)
            assert "上报 1 ·" in today.text
            await here.town.until(19, 1)
            _, second = await said(here.town, FILING, chat=chat)
            assert "上报 1 ·" in second.text
            assert (await here.came(FILING))[1] == ("11 19:00", "3月10日 17:00 至 3月11日 19:00")
            await here.town.until(19, 1)
            assert (await here.came(FILING))[2] == ("12 19:00", "3月11日 19:00 至 3月12日 19:00")


async def test_what_was_missed_at_the_old_time_is_told_once(tmp_path: Path) -> None:
    """The bot is away from 16:00 to 19:30 over the old time and the new one, in either order."""
    for new in (time(18, 0), time(16, 40)):
        async with place(tmp_path / f"{new:%H%M}") as here:
            async with here.life():
                await here.town.start("supervisor01")
                await here.town.until(16, 0)
            await here.sleep(hours=3, minutes=30)
            async with here.life(filing(new)):
                await here.town.advance(hours=15)
                ((at, window),) = await here.came(FILING)
                assert at == "10 19:31"
                assert window == f"补发 3月9日 {new:%H:%M} 至 3月10日 {new:%H:%M}"


async def test_a_day_whose_new_time_is_over_is_told_at_once(tmp_path: Path) -> None:
    """On Monday at 08:00 the week is moved to 07:00: its review is not lost."""
    monday = datetime(2026, 3, 16, 8, 0, tzinfo=ZONE)

    def earlier(settings: Settings) -> Settings:
        return replace(settings, digests=replace(settings.digests, week=Review(at=time(7, 0))))

    async with place(tmp_path, monday) as here:
        async with here.life():
            await here.town.start("supervisor01")
        async with here.life(earlier):
            await here.town.advance(days=7)
            told = await said(here.town, WEEK, chat=here.town.ids["supervisor01"])
            assert [f"{one.at:%d %H:%M}" for one in told] == ["16 08:01", "23 07:00"]
            assert "3月9日—3月15日" in told[0].text
            assert "3月16日—3月22日" in told[1].text


async def test_a_remark_stays_with_the_filing_that_is_moved(tmp_path: Path) -> None:
    """Written under the draft of 16:30; at 16:45 the filing is moved to 18:00."""
    async with place(tmp_path, MORNING) as here:
        async with here.life():
            for who in WHO:
                await here.town.start(who)
            await here.town.until(16, 31, days=1)
            chat = here.town.ids["clerk01"]
            shown = await here.town.from_bot("clerk01", chat)
            draft = [m for m in shown if DRAFT in m["text"]][-1]["message_id"]
            await here.town.say("clerk01", "雨天", chat=chat, reply_to=draft)
        async with here.life(filing(time(18, 0), time(17, 30))):
            await here.town.until(17, 45)
            await here.town.say("clerk01", "雨天，进度慢", chat=chat, reply_to=draft)
            await here.town.until(18, 1)
            told = await said(here.town, FILING, chat=here.town.ids["supervisor01"])
            assert [f"{one.at:%d %H:%M}" for one in told] == ["10 17:00", "11 18:00"]
            assert "雨天，进度慢" in told[1].text
            await here.town.say("clerk01", "晚了", chat=chat, reply_to=draft)
            await here.town.until(18, 1)
            third = (await said(here.town, FILING, chat=here.town.ids["supervisor01"]))[2]
            assert "晚了" not in third.text
            assert "雨天" not in third.text


async def test_another_time_zone_moves_all_of_it(tmp_path: Path) -> None:
    """The clock of the new zone counts from the start on; windows go on where they ended."""
    zone = ZoneInfo(BERLIN)
    async with place(tmp_path, datetime(2026, 3, 10, 9, 30, tzinfo=zone)) as here:
        async with here.life():
            await here.town.start("supervisor01")
            await here.town.photo("officer01", CAPTION)
            await here.town.advance(hours=1)
        async with here.life(in_berlin):
            await here.town.advance(days=2)

        async def at(word: str) -> list[str]:
            sent = await said(here.town, word, chat=here.town.ids["supervisor01"])
            return [f"{one.at.astimezone(zone):%d %H:%M}" for one in sent]

        assert await at(FILING) == ["10 10:00", "10 17:00", "11 17:00"]
        assert await at(MEET) == ["11 08:30", "12 08:30"]
        assert await at("过夜未结：") == ["10 22:00", "11 22:00"]
        _, (_, second), (_, third) = await here.came(FILING)
        assert second == "3月10日 10:00 至 3月10日 17:00"
        assert third == "3月10日 17:00 至 3月11日 17:00"
