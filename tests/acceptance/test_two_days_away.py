"""The bot was away: nothing is skipped, nothing is said twice, and what is late says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests import databases
from tests.acceptance.city import CAPTION, MORNING, SMALL, at_work, buttons, city, text_of, waiting
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from pathlib import Path


LATER = MORNING + timedelta(days=2, hours=1)


async def test_each_missed_digest_comes_once_with_the_figures_of_its_own_window(
    tmp_path: Path,
) -> None:
    """Two digests, marked 补发; a third one follows at its own time."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", SMALL)
        await town.jump(LATER)
        assert await said(town, "📋 日报备") == [], "first comes what was said meanwhile"
        await town.advance(minutes=2)
        first, second = await said(town, "📋 日报备", chat=town.ids["supervisor01"])
        assert first.text.startswith("【补发】")
        assert "3月10日" in first.text
        assert "上报 1 ·" in first.text
        assert "3月11日" in second.text
        assert "上报 0 ·" in second.text
        assert second.text.startswith("【补发】")
        await town.until(17, 1)
        third = (await said(town, "📋 日报备", chat=town.ids["supervisor01"]))[2]
        assert not third.text.startswith("【补发】")


async def test_all_missed_nudges_are_one_message_per_person(tmp_path: Path) -> None:
    """Ladder, reminders and lists of two days: one line each, with when it was due."""
    async with city(tmp_path) as town:
        for who in ("supervisor01", "supervisor02", "repairer01", "manager_east", "standby_east"):
            await town.start(who)
        photo = await town.photo("officer01", CAPTION)
        await town.jump(LATER)
        missed = await said(town, "停机期间")
        chats = [one.chat for one in missed]
        assert len(chats) == len(set(chats))
        assert {town.ids[w] for w in ("supervisor01", "repairer01", "manager_east")} <= set(chats)
        hers = next(one for one in missed if one.chat == town.ids["supervisor01"])
        assert "补发" in hers.text
        assert "没人接单" in hers.text
        assert "过夜未结" in hers.text
        assert "应于" in hers.text
        assert "逾期" in text_of(await town.card(photo))


async def test_in_the_group_too_each_person_hears_of_all_that_was_missed_once(
    tmp_path: Path,
) -> None:
    """A missed batch is none: what waited for it stands in the one message."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo)
        await town.jump(MORNING + timedelta(days=2, hours=3))
        (missed,) = await said(town, "补发")
        assert missed.chat == town.group
        assert "李强" in missed.text
        assert "请放警示标志并拍照" in missed.text
        assert "时限已过四分之三 · 应于 3月12日 08:15 提醒" in missed.text
        assert "时限已过半" not in missed.text, "of two points the last one is said"
        assert await said(town, "待办提醒") == []


async def test_a_batch_that_was_missed_with_its_nudges_held_is_told_as_missed(
    tmp_path: Path,
) -> None:
    """Held at 08:15, the bot away over 11:30: once, at once, with when it was due."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo)
        await town.until(8, 45)
        await town.advance(days=1)
        await town.jump(MORNING + timedelta(days=2, hours=3))
        (missed,) = await said(town, "补发")
        assert "时限已过四分之三 · 应于 3月12日 08:15 提醒" in missed.text


async def test_what_was_done_while_the_bot_was_stopped_is_not_called_late(tmp_path: Path) -> None:
    """Mended by 18:00, due at 24:00, the bot is back at 00:30: the photo is taken in first."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            photo = await town.photo("officer01", CAPTION)
            await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.until(18)
        await town.photo("repairer01", "修好了", reply_to=photo)
        await town.until(0, 30)
        async with at_work(settings, clock):
            await town.advance(minutes=1)
            assert "查验通过" in buttons(await town.sheet(photo))
    assert databases.rows(tmp_path, "SELECT 1 FROM history WHERE event = 'OverdueMarked'") == []


async def test_what_was_missed_is_not_told_at_night_but_for_a_danger(tmp_path: Path) -> None:
    """Back at 23:00: the danger at once, the three days at 07:00, each with when it was due."""
    async with city(tmp_path) as town:
        await town.start("standby_east")
        await town.photo("officer01", SMALL)
        await town.photo("officer06", "人民西路 井盖破损 危险")
        await town.jump(MORNING.replace(hour=23))
        assert any("人民西路" in one.text for one in await said(town, "补发"))
        assert not [one for one in await said(town, "补发") if "路沿石缺失" in one.text]
        await town.until(7, 1)
        missed = [one for one in await said(town, "补发") if "路沿石缺失" in one.text]
        assert {one.clock for one in missed} == {"07:00"}
        (hers,) = [one for one in missed if one.chat == town.ids["standby_east"]]
        assert "应于 3月10日 09:05" in hers.text


async def test_no_storm_follows_a_time_away(tmp_path: Path) -> None:
    """The ladder goes on a quarter of an hour later, not from below."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await town.jump(LATER)
        before = len(await said(town, "没有人接单"))
        await town.advance(minutes=14)
        assert len(await said(town, "没有人接单")) == before
        await town.advance(minutes=2)
        (step,) = (await said(town, "没有人接单"))[before:]
        assert "请督查代派" in step.text


async def test_a_day_walked_through_says_each_thing_once_at_its_own_time(tmp_path: Path) -> None:
    """From the morning over 17:00 and 24:00: nothing late, nothing twice."""
    async with city(tmp_path) as town:
        for who in ("supervisor01", "supervisor02", "repairer01", "manager_east", "standby_east"):
            await town.start(who)
        photo = await town.photo("officer01", CAPTION)
        await town.advance(hours=16)
        assert await said(town, "补发") == []
        hers = await said(town, chat=town.ids["supervisor01"])
        assert [one.clock for one in hers if "📋 日报备" in one.text] == ["17:00"]
        assert [one.clock for one in hers if "过夜未结" in one.text] == ["22:00"]
        his = await said(town, "请抓紧维修", chat=town.ids["repairer01"])
        assert [one.clock for one in his] == ["16:30", "20:15", "00:00"]
        steps = await said(town, "没有人接单", chat=town.ids["supervisor01"])
        assert len(steps) == (16 * 60) // 15
        assert "逾期" in text_of(await town.card(photo))
