"""挂账: the repair clock stands until a day that a supervisor agreed to; it goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, at_once, buttons, city, text_of
from tests.acceptance.hours import said
from tests.acceptance.scenes import choose, menu
from tests.acceptance.test_extensions import answer
from tests.acceptance.test_limits import claimed, with_button

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def suspended(town: City, until: str = "3月20日") -> tuple[int, int]:
    """A case that is suspended from ten to a day; its photo and card."""
    photo, card = await claimed(town, SMALL)
    await town.until(10)
    await town.say("repairer01", f"挂账 {until} 等手续", reply_to=photo, settle=5)
    assert await answer(town, "同意") == "已同意挂账，停表。"
    return photo, card


async def test_a_suspension_by_buttons_stops_the_clock(tmp_path: Path) -> None:
    """Reason and date; the card says until when, and what is left."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        toast = await choose(town, "repairer01", card, "挂账", "等资金", "14天后")
        assert toast == "已提交，等督查答复。"
        assert "申请挂账至 3月24日，待督查答复：等资金" in text_of(await town.card(photo))
        assert "李强申请挂账至 3月24日：等资金" in text_of(await with_button(town, "同意"))
        assert await answer(town, "同意") == "已同意挂账，停表。"
        shown = await town.card(photo)
        assert "⏸ 挂账至 3月24日，停表，剩 2 天 14 小时" in text_of(shown)
        assert "恢复" in buttons(shown)
        assert "今天修不完" not in buttons(shown)


async def test_nothing_is_urged_or_overdue_while_it_stands(tmp_path: Path) -> None:
    """Neither the old limit nor its reminders; the clock goes on at 00:00 of the day."""
    async with city(tmp_path) as town:
        photo, _ = await suspended(town)
        already = len(await said(town, "请抓紧"))
        await town.until(23, 59, days=9)
        assert text_of(await town.card(photo)).startswith("🟡")
        assert len(await said(town, "请抓紧")) == already
        assert not await said(town, "待办提醒")
        await town.advance(minutes=2)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡")
        assert "⏳ 维修 3月22日 13:59" in shown, "the two days and fourteen hours that were left"
        assert not await said(town, "挂账到期")
        await town.until(7, 1)
        (told,) = await said(town, "挂账到期，恢复计时")
        assert told.clock == "07:00"
        assert "李强" in told.text
        await town.until(14, 1, days=2)
        assert text_of(await town.card(photo)).startswith("🔴")


async def test_it_goes_on_earlier_by_a_button(tmp_path: Path) -> None:
    """恢复, by the claimer or a supervisor, who is told; not by the officer; once."""
    async with city(tmp_path) as town:
        photo, card = await suspended(town)
        await town.until(10, days=3)
        assert "只有李强" in await town.press("officer01", card, "恢复")
        assert await town.press("repairer01", card, "恢复") == "已恢复计时，请看卡片。"
        assert "⏳ 维修 3月17日 00:00" not in text_of(await town.card(photo))
        assert "⏳ 维修 3月16日 23:59" in text_of(await town.card(photo))
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert "⏸ 挂账至 3月20日" in text_of(await town.card(photo))
        assert await town.press("supervisor01", card, "恢复") == "已恢复计时，请看卡片。"
        assert await said(town, "宋文博恢复了计时")
        assert "恢复" not in buttons(await town.card(photo))
        await town.until(0, 1, days=3)
        assert text_of(await town.card(photo)).startswith("🔴"), "the day resumes nothing any more"


async def test_once_and_within_a_year_and_never_of_a_danger(tmp_path: Path) -> None:
    """Each no names what to do; a date without a reason is none."""
    async with city(tmp_path) as town:
        danger, _ = await claimed(town, CAPTION)
        photo, card = await claimed(town, SMALL)
        for to, words, wanted in (
            (danger, "挂账 3月20日 等手续", "修不完请按“今天修不完”"),
            (photo, "挂账 3月20日", "请写明原因"),
            (photo, "挂账 3月10日 等手续", "这个日期已经过了"),
            (photo, "挂账 2027-03-11 等手续", "日期太远，最多 365 天"),
        ):
            await town.say("repairer01", words, reply_to=to, settle=5)
            assert wanted in text_of(await menu(town, "repairer01")), words
        await town.say("repairer01", "挂账 3月20日 等手续", reply_to=photo, settle=5)
        await answer(town, "同意")
        await town.say("repairer01", "延期 等材料", reply_to=photo, settle=5)
        assert "要先办，请按“恢复”" in text_of(await menu(town, "repairer01"))
        await town.press("repairer01", card, "恢复")
        await town.say("repairer01", "挂账 3月25日 等手续", reply_to=photo, settle=5)
        assert "已挂账 1 次，不能再挂" in text_of(await menu(town, "repairer01"))


async def test_a_declined_suspension_leaves_the_limit_and_may_be_asked_again(
    tmp_path: Path,
) -> None:
    """不同意; then another day; the supervisor's 同意 can be taken back."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.say("repairer01", "挂账 3月20日 等手续", reply_to=photo, settle=5)
        assert await answer(town, "不同意") == "已答复不同意，时限不变。"
        assert "⏳ 维修 3月12日 24:00" in text_of(await town.card(photo))
        await town.say("manager_east", "挂账 3月25日 等季节", reply_to=photo, settle=5)
        waiting = text_of(await town.card(photo))
        await answer(town, "同意")
        assert "⏸ 挂账至 3月25日" in text_of(await town.card(photo))
        assert await town.press("supervisor01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)) == waiting


async def test_mended_while_suspended_it_is_checked_as_usual(tmp_path: Path) -> None:
    """In time; after a 返工 the clock goes on with what was left."""
    async with city(tmp_path, change=at_once) as town:
        photo, _ = await suspended(town)
        await town.until(10, days=5)
        await town.photo("repairer01", reply_to=photo, settle=6)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🔵 待查验")
        assert "维修停表，剩 2 天 13 小时" in shown
        await town.say("officer01", "返工", reply_to=photo, settle=5)
        assert "⏳ 维修 3月18日 24:00" in text_of(await town.card(photo))
        await town.photo("repairer01", reply_to=photo, settle=6)
        for who in ("officer01", "repairer01"):
            await town.say(who, "通过", reply_to=photo, settle=5)
        assert "按期" in text_of(await town.card(photo))
