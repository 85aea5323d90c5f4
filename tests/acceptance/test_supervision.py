"""跟踪督查: 提醒 → 督办单 → 报主要负责人 → 提请党组; the bot drafts, a supervisor issues."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, MORNING, at_once, buttons, city, text_of
from tests.acceptance.hours import Said, said
from tests.acceptance.scenes import choose, taken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City, Message

ASK = "请督查决定是否签发"
OUTDATED = "已过时，请看最新的卡片"


def days(told: list[Said]) -> list[str]:
    """When, by day and clock; a case of 09:00 is opened a second or two later."""
    return [f"{one.at + timedelta(seconds=20):%d %H:%M}" for one in told]


async def draft(town: City, who: str = "supervisor01", place: int | None = None) -> Message:
    """The newest question about a draft that somebody sees in a chat."""
    chat = town.ids[who] if place is None else place
    return [m for m in await town.from_bot(who, chat) if ASK in text_of(m)][-1]


async def decide(town: City, button: str, who: str = "supervisor01") -> str:
    """A supervisor answers the newest draft in private; the toast."""
    asked = await draft(town, who)
    return await town.press(who, asked["message_id"], button, chat=town.ids[who])


async def history(town: City, number: str = "XC-20260310-0001") -> str:
    """What `/case` tells a supervisor."""
    boss = "supervisor01"
    await town.say(boss, f"/case {number}", chat=town.ids[boss], settle=3)
    return (await town.private(boss))[-1]


async def test_a_danger_climbs_rung_by_rung_and_only_by_a_supervisors_hand(tmp_path: Path) -> None:
    """15 hours from 09:00: reminded at 24:00, and no rung sooner than a day after the last."""
    async with city(tmp_path) as town:
        for who in ("supervisor01", "manager_east", "repairer01", "leader01", "clerk01"):
            await town.start(who)
        photo = await taken(town, words=CAPTION)
        boss = town.ids["supervisor01"]
        await town.until(1, days=1)
        (first,) = await said(town, ASK, chat=boss)
        assert days([first]) == ["12 00:00"], "a day after the reminder, at any hour: a danger"
        assert "拟发督办单" in first.text
        assert buttons(await draft(town)) == ["签发", "不签发"]
        assert "督办" not in text_of(await town.card(photo)), "nothing is issued by itself"
        assert await decide(town, "签发") == "已签发 督办〔2026〕1号，签发后不能撤销。"
        assert "督办 1号" in text_of(await town.card(photo))
        for who in ("repairer01", "manager_east"):
            (paper,) = [t for t in await town.private(who) if "督办〔2026〕1号" in t]
            assert "宋文博签发" in paper
            assert "时限 3月10日 24:00" in paper
        await town.until(2, days=1)
        assert days(await said(town, "拟报主要负责人", chat=boss)) == ["13 01:00"]
        assert await decide(town, "签发") == "已签发 督办〔2026〕2号，签发后不能撤销。"
        assert any("报主要负责人，请过问" in t for t in await town.private("leader01"))
        assert any("本案已报主要负责人" in t for t in await town.private("manager_east"))
        await town.until(3, days=1)
        assert days(await said(town, "拟提请党组", chat=boss)) == ["14 02:00"]
        await decide(town, "签发")
        for who in ("leader01", "clerk01"):
            assert any("提请党组研究" in t for t in await town.private(who))
        assert "督办 3号" in text_of(await town.card(photo))
        told = await history(town)
        assert "已过，提醒" in told
        assert "宋文博：签发 督办〔2026〕1号（督办单）" in told
        assert "签发 督办〔2026〕3号（提请党组研究）" in told
        await town.advance(days=4)
        assert len(await said(town, ASK, chat=boss)) == 3, "there is no fifth rung"


async def test_a_draft_of_three_days_waits_for_the_day_and_is_asked_once_a_morning(
    tmp_path: Path,
) -> None:
    """Twice the limit is reached on day 6 at 15:00; then 08:30 of each day until it is decided."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await taken(town)
        await town.until(9, days=7)
        mine = await said(town, ASK, chat=town.ids["supervisor01"])
        assert days(mine) == ["15 15:00", "16 08:30", "17 08:30", "18 08:30"]
        assert await said(town, ASK, chat=town.group) == [], "supervisor01 is asked: that will do"
        assert await said(town, "请过问维修进度", chat=town.ids["supervisor01"]) != []
        nudged = days(await said(town, "请过问维修进度", chat=town.ids["supervisor01"]))
        assert "15 15:00" not in nudged, "who is asked about the draft is not reminded besides"


async def test_of_many_drafts_each_can_be_decided(tmp_path: Path) -> None:
    """A message has room for the buttons of twelve cases: more are several messages."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        for number in range(14):
            officer = f"officer{number % 7 + 1:02}"
            photo = await town.photo(officer, f"井盖缺失，门牌 {number + 1} 号")
            await town.say(officer.replace("officer", "repairer"), "收到", reply_to=photo)
        await town.until(0, 1, days=2)
        boss = town.ids["supervisor01"]
        asked = [m for m in await town.from_bot("supervisor01", boss) if ASK in text_of(m)]
        assert [text_of(m).count("XC-") for m in asked] == [12, 2]
        assert [len(buttons(m)) for m in asked] == [24, 4]


async def test_without_a_private_chat_the_group_is_asked_and_one_answers(tmp_path: Path) -> None:
    """A reply to the photo; who is no supervisor may not."""
    async with city(tmp_path) as town:
        photo = await taken(town)
        await town.until(16, days=5)
        asked = await draft(town, place=town.group)
        assert (asked.get("reply_to_message") or {}).get("message_id") == photo
        assert "宋文博" in text_of(asked)
        assert "唐静" in text_of(asked)
        number = asked["message_id"]
        assert await town.press("manager_east", number, "签发") == "只有督查能签发督办文书"
        assert await town.press("repairer01", number, "不签发") == "只有督查能决定不签发"
        assert "督办〔2026〕1号" in await town.press("supervisor02", number, "签发")
        for who, button in (("supervisor01", "签发"), ("supervisor02", "不签发")):
            assert await town.press(who, number, button) == "唐静已签发 督办〔2026〕1号。"
        toast = await town.press("repairer01", number, "签发")
        assert toast == OUTDATED, "a paper is no business of the crew's"


async def test_a_draft_that_is_not_issued_changes_no_card(tmp_path: Path) -> None:
    """Nothing is edited that would look the same."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await taken(town)
        await town.until(16, days=5)
        edits = len(await town.log("editMessageText"))
        assert await decide(town, "不签发") == "已记下：不签发，这个时限内不再拟。"
        assert len(await town.log("editMessageText")) == edits


async def test_what_was_issued_is_not_undone(tmp_path: Path) -> None:
    """No 撤销 stands on the card, and that of the press before is over."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await taken(town)
        await town.until(16, days=5)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "开工", settle=2)
        await decide(town, "签发")
        assert "撤销" not in buttons(await town.card(photo))
        assert "督办 1号" in text_of(await town.card(photo))


async def test_a_supervisor_who_declines_ends_the_ladder_of_this_limit(tmp_path: Path) -> None:
    """Nothing more is drafted, no number is used; a new limit begins anew."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await taken(town)
        await town.until(16, days=5)
        assert await decide(town, "不签发") == "已记下：不签发，这个时限内不再拟。"
        assert "督办" not in text_of(await town.card(photo))
        assert "不签发督办单" in await history(town)
        before = len(await said(town, ASK))
        await town.advance(days=8)
        assert len(await said(town, ASK)) == before
        card = (await town.card(photo))["message_id"]
        await choose(town, "supervisor01", card, "改时限", "24小时")
        await town.advance(days=3)
        assert "拟发督办单" in text_of(await draft(town))
        assert "督办〔2026〕1号" in await decide(town, "签发"), "declined drafts leave no gap"


async def test_a_draft_whose_reason_has_gone_is_outdated(tmp_path: Path) -> None:
    """Mended, or given more time, before anybody decided: it is asked about no more."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await taken(town)
        other = await taken(town, "officer06", "人民西路 路沿石缺失")
        await town.until(16, days=5)
        asked = await draft(town)
        where = town.ids["supervisor01"]
        await town.photo("repairer01", reply_to=photo, settle=6)
        card = (await town.card(other))["message_id"]
        await choose(town, "supervisor01", card, "改时限", "24小时")
        for button in [b for b in buttons(asked) if "签发" in b]:
            toast = await town.press("supervisor01", asked["message_id"], button, chat=where)
            assert toast == OUTDATED
        before = len(await said(town, ASK))
        await town.until(12)
        assert len(await said(town, ASK)) == before
        assert "督办" not in text_of(await town.card(photo))


async def test_an_undo_that_brings_the_reason_back_brings_the_draft_back(tmp_path: Path) -> None:
    """The after-photo was the wrong one, and he took it back within the minute."""
    async with city(tmp_path, change=at_once) as town:
        await town.start("supervisor01")
        photo = await taken(town)
        await town.until(16, days=5)
        await town.photo("repairer01", reply_to=photo, settle=4)
        assert await decide(town, "签发") == OUTDATED
        card = (await town.card(photo))["message_id"]
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert "督办〔2026〕1号" in await decide(town, "签发")


async def test_an_undo_does_not_take_back_that_the_limit_was_reached(tmp_path: Path) -> None:
    """开工 a moment before 24:00, taken back a moment after: reminded once, drafted a day later."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await taken(town, words=CAPTION)
        card = (await town.card(photo))["message_id"]
        await town.until(23, 59)
        await town.advance(seconds=40)
        await town.press("repairer01", card, "开工")
        await town.advance(seconds=20)
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert (await history(town)).count("已过，提醒") == 1
        await town.advance(hours=24)
        (asked,) = await said(town, ASK, chat=town.ids["supervisor01"])
        assert days([asked]) == ["12 00:00"]


async def test_a_photo_that_fails_does_not_begin_the_ladder_anew(tmp_path: Path) -> None:
    """It is the same limit, and as late as it was; the next rung has the next number."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await taken(town)
        await town.until(16, days=5)
        await decide(town, "签发")
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "返工", reply_to=photo)
        assert "督办 1号" in text_of(await town.card(photo))
        await town.until(9, days=3)
        asked = text_of(await draft(town))
        assert "拟报主要负责人" in asked
        assert "时限 3月12日 24:00" in asked
        assert "督办〔2026〕2号" in await decide(town, "签发")
        assert "督办 2号" in text_of(await town.card(photo))
        assert "维修停表，已超 2 天 16 小时" in await history(town)


async def test_serials_of_a_year_have_no_gap_and_begin_anew(tmp_path: Path) -> None:
    """The last paper of December and the first of January."""
    async with city(tmp_path, at=MORNING.replace(year=2026, month=12, day=24)) as town:
        await town.start("supervisor01")
        await taken(town)
        await town.until(16, days=5)
        assert "督办〔2026〕1号" in await decide(town, "签发")
        await town.until(9, days=3)
        assert "督办〔2027〕1号" in await decide(town, "签发")


async def test_several_drafts_are_one_message_with_buttons_for_each(tmp_path: Path) -> None:
    """Two cases of one morning, two drafts in the re-asking of the next day."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await taken(town)
        await taken(town, "officer06", "人民西路 路沿石缺失")
        await town.until(9, days=6)
        asked = await draft(town)
        assert text_of(asked).count("XC-") == 2
        wanted = [f"{word} 0310-{n:04}" for n in (1, 2) for word in ("签发", "不签发")]
        assert buttons(asked) == wanted
        where = town.ids["supervisor01"]
        toast = await town.press("supervisor01", asked["message_id"], wanted[2], chat=where)
        assert "督办〔2026〕1号" in toast


async def test_a_draft_missed_by_a_time_away_stands_first_with_its_buttons(tmp_path: Path) -> None:
    """补发: drafts, ladders and dangers before the rest, in one message."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await taken(town)
        await town.until(12, days=4)
        await taken(town, "officer06", "人民西路 路沿石缺失")
        await town.jump(MORNING + timedelta(days=6, hours=3))
        (missed,) = [
            m
            for m in await town.from_bot("supervisor01", town.ids["supervisor01"])
            if "停机期间" in text_of(m)
        ]
        lines = [line for line in text_of(missed).splitlines() if "XC-" in line]
        assert "拟发督办单 · 应于 3月15日" in lines[0]
        assert buttons(missed)[:2] == ["签发", "不签发"]
        where = town.ids["supervisor01"]
        toast = await town.press("supervisor01", missed["message_id"], "签发", chat=where)
        assert "督办〔2026〕1号" in toast
