"""撤销: for 60 s the one who pressed restores the exact state of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, MORNING, SMALL, buttons, city, reaction, text_of
from tests.acceptance.scenes import choose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def told_unclaimed(town: City) -> list[str]:
    """What was said about a case that nobody takes."""
    return [text_of(m).split("\n")[0] for m in await town.from_bot() if "没有人接单" in text_of(m)]


async def test_an_undone_claim_is_as_if_it_had_not_been(tmp_path: Path) -> None:
    """State, reaction, and the claim ladder where it stood."""
    async with city(tmp_path) as town:
        await town.say("repairer01", "早上好")
        photo = await town.photo("officer01", CAPTION)
        card = (await town.card(photo))["message_id"]
        before = text_of(await town.card(photo))
        await town.advance(minutes=5, seconds=10)
        assert len(await told_unclaimed(town)) == 1
        await town.press("repairer01", card, "接单")
        assert "撤销" in buttons(await town.card(photo))
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)) == before
        assert reaction(await town.message(photo)) == "✍"
        await town.advance(minutes=3)
        told = await told_unclaimed(town)
        assert len(told) == 2, "the next step comes at its own time"
        assert "郭明" in told[-1]


async def test_only_who_pressed_may_undo_and_only_for_a_minute(tmp_path: Path) -> None:
    """Others are told who; later it is too late."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单")
        assert await town.press("officer01", card, "撤销") == "只有李强能撤销"
        assert await town.press("supervisor01", card, "撤销") == "只有李强能撤销"
        await town.advance(seconds=60)
        assert await town.press("repairer01", card, "撤销") == "已过时，不能撤销了"
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_an_undone_close_opens_the_check_again(tmp_path: Path) -> None:
    """With the other side's key as it was; the case can be closed once more."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过")
        await town.press("repairer01", sheet, "查验通过")
        card = await town.card(photo)
        assert text_of(card).startswith("🟢")
        assert buttons(card) == ["撤销"]
        assert await town.press("repairer01", card["message_id"], "撤销") == "已撤销，恢复原样。"
        card = await town.card(photo)
        assert text_of(card).startswith("🔵 待查验")
        assert "等维修方" in text_of(card)
        assert await town.press("repairer01", sheet, "查验通过") == "双方查验通过，已结案。"
        assert text_of(await town.card(photo)).startswith("🟢")


async def test_an_undone_give_up_asks_no_supervisor_any_more(tmp_path: Path) -> None:
    """The hours cannot be granted then, and the sign is not missed at 24:00."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单")
        before = text_of(await town.card(photo))
        await town.press("repairer01", card, "今天修不完")
        asked = next(m for m in await town.from_bot() if "6小时" in buttons(m))
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)) == before
        toast = await town.press("supervisor01", asked["message_id"], "6小时")
        assert toast == "没有待答复的申请，可能已经答复过了"


async def test_a_refused_case_comes_back_by_undo(tmp_path: Path) -> None:
    """A supervisor who refused the wrong one takes it back."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        before = text_of(await town.card(photo))
        await choose(town, "supervisor01", card, "退单", "不归我们管")
        assert text_of(await town.card(photo)).startswith("⚫ 退单")
        assert await town.press("supervisor01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)) == before


async def test_the_ladder_goes_on_after_an_undo(tmp_path: Path) -> None:
    """A step that was told between press and undo is told once, and the next ones follow."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.advance(minutes=4, seconds=40)
        await town.press("officer01", card, "改为当天")
        await town.advance(seconds=20)
        assert len(await told_unclaimed(town)) == 1
        assert await town.press("officer01", card, "撤销") == "已撤销，恢复原样。"
        assert "B 三天" in text_of(await town.card(photo))
        await town.advance(minutes=3)
        assert len(await told_unclaimed(town)) == 2
        await town.advance(minutes=3)
        assert len(await told_unclaimed(town)) == 3


async def test_an_undo_does_not_take_back_that_the_limit_passed(tmp_path: Path) -> None:
    """开工 a moment before 24:00, taken back a moment after: overdue all the same."""
    async with city(tmp_path, at=MORNING.replace(hour=19)) as town:
        photo = await town.photo("officer01", CAPTION)
        card = (await town.card(photo))["message_id"]
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.until(23, 59)
        await town.advance(seconds=40)
        await town.press("repairer01", card, "开工")
        await town.advance(seconds=25)
        assert text_of(await town.card(photo)).startswith("🔴 维修中")
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)).startswith("🔴 已接单")


async def test_an_undo_brings_back_what_fell_due_meanwhile(tmp_path: Path) -> None:
    """Mended by mistake a moment before 18:00: the sign is asked for all the same, once."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.until(17, 59)
        await town.advance(seconds=40)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.advance(seconds=20)
        assert not [t for t in await town.private("repairer01") if "警示标志" in t]
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")
        await town.advance(seconds=10)
        asked = [t for t in await town.private("repairer01") if "警示标志" in t]
        assert len(asked) == 1
        assert "补发" not in asked[0]
