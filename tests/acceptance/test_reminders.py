"""Reminders of the warning sign, of a waiting joint check, of the night; who is spared them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, MORNING, ZONE, at_once, buttons, city, text_of
from tests.acceptance.hours import clocks, said
from tests.acceptance.scenes import taken

if TYPE_CHECKING:
    from pathlib import Path

NUDGE = "请抓紧维修"


async def test_a_reminder_of_a_case_that_nobody_took_can_be_answered_at_once(
    tmp_path: Path,
) -> None:
    """It carries 接单, as the card does; one of a taken case carries nothing."""
    async with city(tmp_path, at=MORNING.replace(hour=10)) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.advance(hours=7, minutes=1)
        reminders = [m for m in await town.replies(photo) if NUDGE in text_of(m)]
        assert [buttons(m) for m in reminders] == [["接单"]]
        await town.press("repairer01", reminders[0]["message_id"], "接单")
        await town.advance(hours=6)
        reminders = [m for m in await town.replies(photo) if NUDGE in text_of(m)]
        assert [buttons(m) for m in reminders[1:]] == [[]]


async def test_no_reminder_before_the_report_nor_closer_than_a_quarter(tmp_path: Path) -> None:
    """A danger reported at 22:30 ends at 02:30: half at 00:30, three quarters, the limit."""
    async with city(tmp_path, at=MORNING.replace(hour=22, minute=30)) as town:
        await taken(town, words=CAPTION)
        await town.until(4)
        assert await clocks(town, NUDGE) == ["00:30", "01:30", "02:30"]


async def test_a_reminder_is_dropped_when_its_reason_has_gone(tmp_path: Path) -> None:
    """Mended at 15:00: nobody is reminded at half time, nor at 24:00."""
    async with city(tmp_path) as town:
        photo = await taken(town, words=CAPTION)
        await town.until(15)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(1)
        assert await said(town, NUDGE) == []


async def test_a_waiting_check_is_told_to_the_patrol_side_and_then_to_the_supervisors(
    tmp_path: Path,
) -> None:
    """After 30 minutes and 2 hours, and of a danger again at 21:00, with the keys."""
    async with city(tmp_path, change=at_once) as town:
        photo = await taken(town, words=CAPTION)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(21, 1)
        assert await clocks(town, "请到现场查验：") == ["09:30"]
        assert await clocks(town, "查验超时，请督查") == ["11:00", "21:00"]
        late = (await town.replies(photo))[-1]
        assert buttons(late) == ["查验通过", "远程查验", "返工"]
        await town.press("supervisor01", late["message_id"], "查验通过")
        assert "宋文博" in text_of(await town.card(photo))


async def test_two_hours_that_end_near_nine_are_told_once(tmp_path: Path) -> None:
    """Mended at 18:50: the supervisors hear of it once, not at 20:50 and again at 21:00."""
    async with city(tmp_path, at=MORNING.replace(hour=18, minute=50)) as town:
        photo = await taken(town, words=CAPTION)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(21, 30)
        assert await clocks(town, "查验超时，请督查") == ["20:50"]


async def test_the_side_whose_key_is_missing_is_asked(tmp_path: Path) -> None:
    """The officer has passed it: the repairer is reminded, not she."""
    async with city(tmp_path) as town:
        for who in ("officer01", "repairer01"):
            await town.start(who)
        photo = await taken(town)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = await town.sheet(photo)
        await town.press("officer01", sheet["message_id"], "查验通过")
        await town.advance(minutes=31)
        (asked,) = await said(town, "请到现场查验：")
        assert asked.chat == town.ids["repairer01"]


async def test_a_small_check_is_reminded_of_in_the_batch(tmp_path: Path) -> None:
    """No message of its own sounds in the group: at 11:30 it stands with all else that waits.

    What was due before the repair, and has gone, does not stand in its place.
    """
    async with city(tmp_path) as town:
        early = await taken(town)
        await town.until(10, days=2)
        mended = await taken(town, "officer06", "人民西路 路沿石缺失")
        await town.photo("repairer06", reply_to=mended, settle=6)
        await town.until(10, 45)
        await town.photo("repairer01", reply_to=early, settle=6)
        await town.say("officer01", "通过", reply_to=early)
        await town.until(11, 29)
        told = len(await said(town, chat=town.group))
        await town.until(11, 31)
        (batch,) = (await said(town, chat=town.group))[told:]
        assert batch.clock == "11:30"
        lines = batch.text.splitlines()
        named = [line for line in lines if "XC-" not in line][1:]
        assert len(named) == 2
        assert "李强" in "".join(named), "his key is the one that is missing"
        assert "王建国" not in batch.text
        assert batch.text.count("等您查验") == batch.text.count("XC-") == 2
        await town.until(16, 1)
        (late,) = (await said(town, chat=town.group))[told + 1 :]
        assert (late.clock, late.text.count("查验超时")) == ("16:00", 2)


async def test_a_sign_is_asked_for_at_six_and_missed_at_midnight(tmp_path: Path) -> None:
    """Tier B, not mended on day 1: the photo of the sign, else the mark 未设警示."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await taken(town)
        await town.until(18, 1)
        assert await clocks(town, "请先放好警示标志") == ["18:00"]
        assert "未设警示" not in text_of(await town.card(photo))
        await town.until(0, 1)
        assert "未设警示" in text_of(await town.card(photo))


async def test_without_a_private_chat_the_sign_is_asked_for_in_the_group(tmp_path: Path) -> None:
    """At once, not in the batch of the next day: it is missed at midnight."""
    async with city(tmp_path) as town:
        await taken(town)
        await taken(town, words="官道街 路沿石缺失")
        await town.until(18, 1)
        (asked,) = await said(town, "请先放好警示标志", chat=town.group)
        assert asked.clock == "18:00"
        assert asked.text.count("XC-") == 2
        assert asked.text.count("李强") == 1


async def test_the_signs_of_a_group_are_asked_for_in_one_message(tmp_path: Path) -> None:
    """Each repairer is named once, above what is theirs."""
    async with city(tmp_path) as town:
        await taken(town)
        await taken(town, words="官道街 路沿石缺失")
        await taken(town, "officer06", "人民西路 路沿石缺失")
        await town.until(18, 1)
        (asked,) = await said(town, "请先放好警示标志", chat=town.group)
        lines = asked.text.splitlines()
        assert [("李强" in line, "徐亮" in line, line.count("XC-")) for line in lines[1:]] == [
            (True, False, 0),
            (False, False, 1),
            (False, False, 1),
            (False, True, 0),
            (False, False, 1),
        ]


async def test_a_case_of_the_evening_is_asked_for_its_sign_in_the_morning(tmp_path: Path) -> None:
    """Nobody is marked before having been asked."""
    async with city(tmp_path, at=MORNING.replace(hour=20)) as town:
        await town.start("repairer01")
        photo = await taken(town)
        await town.until(7, 1)
        assert await clocks(town, "请先放好警示标志") == ["07:00"]
        assert "未设警示" not in text_of(await town.card(photo))
        await town.until(0, 1)
        assert "未设警示" in text_of(await town.card(photo))


async def test_a_sign_in_place_is_not_asked_for(tmp_path: Path) -> None:
    """The photo came at noon."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await taken(town)
        await town.photo("repairer01", "警示牌放好了", reply_to=photo)
        await town.until(0, 1)
        assert await said(town, "请先放好警示标志") == []
        assert "未设警示" not in text_of(await town.card(photo))


async def test_open_dangers_are_listed_at_ten_in_the_evening(tmp_path: Path) -> None:
    """Privately to managers and supervisors; those unreachable share one line in the group."""
    async with city(tmp_path) as town:
        for who in ("manager_east", "supervisor01"):
            await town.start(who)
        await taken(town, words=CAPTION)
        await taken(town, "officer02", "东关街 井盖缺失")
        await taken(town, "officer03", "朝阳街 路沿石缺失")
        await town.until(22, 1)
        told = await said(town, "过夜未结")
        assert {one.clock for one in told} == {"22:00"}
        chats = [town.ids["manager_east"], town.ids["supervisor01"], town.group]
        assert sorted(one.chat for one in told) == sorted(chats)
        assert all("2 件" in one.text and one.text.count("XC-") == 2 for one in told)


async def test_a_closed_danger_is_not_in_the_list_of_the_night(tmp_path: Path) -> None:
    """Nothing open: nothing is said."""
    at = datetime(2026, 3, 10, 9, 0, tzinfo=ZONE)
    async with city(tmp_path, at=at + timedelta(hours=1)) as town:
        photo = await taken(town, words=CAPTION)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "通过", reply_to=photo)
        await town.say("repairer01", "通过", reply_to=photo)
        await town.until(22, 1)
        assert await said(town, "过夜未结") == []


async def test_the_list_of_the_night_is_one_line_in_the_group(tmp_path: Path) -> None:
    """Where no private chat is open: all open dangers, everybody who watches the night, once."""
    async with city(tmp_path) as town:
        east = await town.photo("officer01", CAPTION)
        west = await town.photo("officer06", "人民西路 井盖缺失")
        for photo, who in ((east, "repairer01"), (west, "repairer06")):
            await town.say(who, "收到", reply_to=photo)
        await town.until(22, 1)
        (line,) = [text_of(m) for m in await town.from_bot() if "过夜未结" in text_of(m)]
        assert "2 件：XC-20260310-0001 XC-20260310-0002" in line
        assert all(name in line for name in ("郭明", "罗刚", "宋文博", "唐静"))
