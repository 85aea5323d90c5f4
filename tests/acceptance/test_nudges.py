"""Reminders of a limit: at fractions of it, to growing circles, and no more than needed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, MORNING, SMALL, buttons, city, text_of
from tests.acceptance.hours import Said, clocks, said
from tests.acceptance.scenes import taken, with_person

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City

NUDGE, BATCH = "请抓紧维修", "待办提醒"
MOMENTS = timedelta(seconds=20)


def days(told: list[Said]) -> list[str]:
    """When, by day and clock; a case of 09:00 is opened a second or two later."""
    return [f"{one.at + MOMENTS:%d %H:%M}" for one in told]


async def test_a_danger_is_said_to_more_and_more_people_at_once(tmp_path: Path) -> None:
    """14 hours from 10:00: half, three quarters, all, twice and three times, in the group."""
    async with city(tmp_path, at=MORNING.replace(hour=10)) as town:
        photo = await taken(town, words=CAPTION)
        await town.until(4, 1, days=1)
        told = await said(town, NUDGE)
        assert days(told) == ["10 17:00", "10 20:30", "11 00:00", "11 14:00", "12 04:00"]
        assert all(one.chat == town.group and one.loud for one in told)
        heard = [
            [name for name in ("李强", "林志远", "郭明", "宋文博", "韩正民") if name in one.text]
            for one in told
        ]
        assert [len(names) for names in heard] == [1, 2, 3, 4, 5], "each circle is wider"
        points = ["时限已过半", "时限已过四分之三", "时限已到", "超过时限一倍", "超过时限两倍"]
        assert all(point in one.text for point, one in zip(points, told, strict=True))
        assert "也请督查、领导过问" in told[3].text
        assert all("收到" not in one.text for one in told)
        assert text_of(await town.card(photo)).startswith("🔴")


async def test_three_days_are_said_privately_and_never_at_night(tmp_path: Path) -> None:
    """63 hours from 09:00: what falls into the night comes at 07:00, to each in his own chat."""
    async with city(tmp_path) as town:
        for who in ("repairer01", "manager_east", "leader01"):
            await town.start(who)
        await taken(town)
        await town.until(9, days=8)
        his = await said(town, NUDGE, chat=town.ids["repairer01"])
        assert days(his) == ["11 16:30", "12 08:15", "13 07:00", "15 15:00", "18 07:00"]
        hers = await said(town, NUDGE, chat=town.ids["manager_east"])
        assert days(hers) == ["13 07:00", "15 15:00", "18 07:00"]
        (top,) = await said(town, "请过问维修进度", chat=town.ids["leader01"])
        assert days([top]) == ["18 07:00"]
        assert "超过时限两倍" in top.text


async def test_in_the_group_they_wait_for_the_batch(tmp_path: Path) -> None:
    """11:30 and 16:00: each person once, each case once, the last of the points that waited."""
    async with city(tmp_path) as town:
        await taken(town)
        await taken(town, words="官道街 路沿石缺失")
        await taken(town, "officer06", "人民西路 路沿石缺失")
        await town.until(12, days=2)
        (batch,) = await said(town, BATCH)
        assert days([batch]) == ["12 11:30"]
        assert batch.chat == town.group
        assert batch.text.count("李强") == batch.text.count("徐亮") == 1
        assert batch.text.count("林志远") == 1
        assert batch.text.count("XC-20260310-0001") == 1, "those of the same cases share the list"
        assert batch.text.count("时限已过四分之三") == 3
        assert "时限已过半" not in batch.text
        assert await said(town, NUDGE, chat=town.group) == []


async def test_there_are_two_batches_a_day_at_most(tmp_path: Path) -> None:
    """However many cases are late, and however many people hear of them."""
    async with city(tmp_path) as town:
        for street in ("金城路", "官道街", "鼓楼路"):
            await taken(town, words=f"{street} 路沿石缺失")
            await town.advance(hours=2)
        await town.until(8, days=7)
        told = days(await said(town, BATCH))
        assert len(told) == len(set(told))
        assert {moment[3:] for moment in told} <= {"11:30", "16:00"}


async def test_a_batch_that_is_too_long_loses_cases_and_nobody(tmp_path: Path) -> None:
    """Ten repairers with six cases each: all are named once, and the stand-ins of 30 lose most."""
    defects = ("路沿石缺失", "人行道板破损", "下水道堵了", "路名牌歪斜")
    async with city(tmp_path, at=MORNING.replace(hour=8)) as town:
        for n in range(60):
            officer = f"officer{n % 10 + 1:02d}"
            photo = await town.photo(officer, defects[n % 4], settle=8)
            await town.say(officer.replace("officer", "repairer"), "收到", reply_to=photo)
            await town.advance(seconds=35)
        await town.until(12, days=2)
        (batch,) = await said(town, BATCH)
        text = re.sub("<[^>]*>", "", batch.text)
        assert len(text.encode("utf-16-le")) // 2 <= 4096
        assert len(text.splitlines()) <= 81
        for number in range(1011, 1021):
            assert batch.text.count(f"tg://user?id={number}") == 1
        told = {}
        for name, left, listed in re.findall(
            r"\n(?!🟡)(\w+)[^\n（]*(?:（另有 (\d+) 件未列）)?((?:\n🟡[^\n]*)*)", text
        ):
            told[name] = (listed.count("XC-"), int(left or 0))
        repairers = {name: told.pop(name) for name in told.keys() - {"林志远", "何大伟"}}
        assert len(repairers) == 10
        assert all(sum(cases) == 6 for cases in repairers.values())
        assert all(1 <= shown < 30 and shown + left == 30 for shown, left in told.values())
        assert len(told) == 2


async def test_a_promise_is_reminded_at_its_own_fractions(tmp_path: Path) -> None:
    """Tier C: from the agreement to the promised day."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await taken(town)
        await town.say("repairer01", "承诺 3月17日 等材料", reply_to=photo)
        asked = (await town.replies(photo))[-1]
        assert await town.press("supervisor01", asked["message_id"], "同意")
        assert "C 承诺" in text_of(await town.card(photo))
        await town.until(9, days=8)
        his = await said(town, NUDGE, chat=town.ids["repairer01"])
        assert days(his) == ["14 07:00", "16 07:00", "18 07:00"]


async def test_no_reminder_comes_while_the_clock_stands_and_new_ones_when_it_goes_on(
    tmp_path: Path,
) -> None:
    """Mended on day 2 before half time, checked on day 4, sent back: what was left counts on."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await taken(town)
        await town.until(15, days=1)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(15, days=1)
        assert await said(town, NUDGE) == []
        await town.say("officer01", "返工", reply_to=photo)
        await town.until(18)
        his = await said(town, NUDGE, chat=town.ids["repairer01"])
        assert days(his) == ["13 16:30"]
        assert "时限已过半" in his[0].text


async def test_an_extension_moves_the_points(tmp_path: Path) -> None:
    """Half of three days was said; of six days the half is yet to come."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await taken(town)
        await town.until(17, days=1)
        await town.say("repairer01", "延期 等材料", reply_to=photo)
        asked = (await town.replies(photo))[-1]
        assert await town.press("supervisor01", asked["message_id"], buttons(asked)[0])
        await town.until(12, days=4)
        his = await said(town, NUDGE, chat=town.ids["repairer01"])
        assert days(his) == ["11 16:30", "13 07:00", "14 14:15", "16 07:00"]


async def test_a_held_reminder_whose_limit_has_moved_is_not_said(tmp_path: Path) -> None:
    """It waited for 11:30; at ten a supervisor gave more time."""
    async with city(tmp_path) as town:
        photo = await taken(town)
        await town.until(10, days=2)
        card = (await town.card(photo))["message_id"]
        await set_limit(town, card)
        await town.until(11, 45)
        assert await said(town, BATCH) == []


async def set_limit(town: City, card: int) -> None:
    """A supervisor takes the longest limit that the menu offers."""
    await town.press("supervisor01", card, "更多")
    menus = [m for m in await town.from_bot("supervisor01") if m.get("ephemeral_message_id")]
    await town.press("supervisor01", menus[-1]["ephemeral_message_id"], "改时限")
    menus = [m for m in await town.from_bot("supervisor01") if m.get("ephemeral_message_id")]
    choice = buttons(menus[-1])[-1]
    await town.press("supervisor01", menus[-1]["ephemeral_message_id"], choice)


async def test_who_is_away_is_not_reminded_but_the_stand_in_is(tmp_path: Path) -> None:
    """The repairer went on leave after he had claimed: nobody waits for him."""

    def on_leave(settings: Settings) -> Settings:
        settings = with_person(settings, "repairer01", away=True)
        return with_person(settings, "manager_east", away=True)

    async with city(tmp_path, at=MORNING.replace(hour=10), change=on_leave) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.say("standby_east", "收到", reply_to=photo)
        await town.until(0, 1)
        told = await said(town, NUDGE)
        assert [one.clock for one in told] == ["17:00", "20:30", "00:00"]
        assert all("林志远" in one.text for one in told)
        assert not any("李强" in one.text or "郭明" in one.text for one in told)


async def test_a_reminder_whose_private_chat_is_closed_waits_for_the_batch(tmp_path: Path) -> None:
    """He has blocked the bot: no single line in the group, but his name in the next batch."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        await taken(town)
        his = town.ids["repairer01"]
        await town.call("POST", f"/sim/chats/{his}/members", {"user": his, "action": "block"})
        await town.until(17, days=1)
        assert await said(town, NUDGE) == []
        await town.until(11, 31)
        (batch,) = await said(town, BATCH)
        assert "李强" in batch.text


async def test_an_office_may_choose_its_own_points(tmp_path: Path) -> None:
    """One reminder at 80 %, to the manager too, and no other."""

    def own(settings: Settings) -> Settings:
        nudges = settings.rules.nudges
        circles = (nudges.a.circles[2],)
        a = replace(nudges.a, points=(80,), circles=circles)
        return replace(settings, rules=replace(settings.rules, nudges=replace(nudges, a=a)))

    async with city(tmp_path, at=MORNING.replace(hour=14), change=own) as town:
        await taken(town, words=CAPTION)
        await town.until(1)
        (told,) = await said(town, NUDGE)
        assert told.clock == "22:00"
        assert "郭明" in told.text
        assert "时限已用 80%" in told.text


async def test_small_cases_are_never_told_in_quiet_hours(tmp_path: Path) -> None:
    """A week of late cases: what the bot says of them lies between 07:00 and 20:00."""
    async with city(tmp_path) as town:
        for who in ("repairer01", "manager_east", "supervisor01", "leader01"):
            await town.start(who)
        await taken(town, words=SMALL)
        await town.until(9, days=8)
        told = await clocks(town, "XC-20260310-0001 路沿石缺失 ·")
        assert all("07:00" <= clock < "20:00" for clock in told[1:])
