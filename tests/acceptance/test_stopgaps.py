"""临时处置 and 根治: what is mended for now only is followed by a case for the lasting repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, City, Message, buttons, city, is_card, text_of
from tests.acceptance.scenes import choose

if TYPE_CHECKING:
    from pathlib import Path

FIRST, CURE = "XC-20260310-0001", "XC-20260310-0002"


async def check(town: City, photo: int) -> None:
    """Both sides pass the newest sheet."""
    sheet = (await town.sheet(photo))["message_id"]
    await town.press("officer01", sheet, "查验通过")
    await town.press("repairer01", sheet, "查验通过")


async def cards(town: City, photo: int) -> list[Message]:
    """The cards in reply to a photo, oldest first."""
    return [m for m in await town.replies(photo) if is_card(m)]


async def test_a_stopgap_opens_a_case_for_the_cure_at_the_close(tmp_path: Path) -> None:
    """In the words of the after-photo: the cards name each other, and the cure is like any case."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", "先临时处理了，明天根治", reply_to=photo, settle=6)
        (first,) = await cards(town, photo)
        assert text_of(first).startswith("🔵 待查验")
        assert "临时处置" in text_of(first)
        await check(town, photo)
        first, cure = await cards(town, photo)
        assert text_of(first).startswith("🟢")
        assert f"临时处置 · 根治 {CURE}" in text_of(first)
        assert text_of(cure).startswith(f"⚪ 待对接 {CURE} 路沿石缺失 · B 三天")
        assert f"根治（{FIRST} 是临时处置），请修好或申请承诺" in text_of(cure)
        assert "李强" in text_of(cure)
        assert len(text_of(cure).splitlines()) <= 8
        assert (
            await town.press("repairer01", cure["message_id"], "接单") == "接单成功，请尽快到场。"
        )
        await town.photo("repairer01", reply_to=photo, settle=6)
        await check(town, photo)
        assert text_of((await cards(town, photo))[-1]).startswith(f"🟢 已结案 {CURE}")


async def test_the_close_and_the_open_cure_are_counted_apart(tmp_path: Path) -> None:
    """The first is closed, the second is open: two reported, one closed, one open."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", "临时处置", reply_to=photo, settle=6)
        await check(town, photo)
        await town.say("supervisor01", "/today", chat=town.ids["supervisor01"], settle=5)
        told = (await town.private("supervisor01"))[-1]
        assert "上报 2" in told
        assert "未结 1 件" in told


async def test_the_undo_of_the_close_takes_the_cure_back(tmp_path: Path) -> None:
    """Within the minute; the photo means the first case again, and the next close opens another."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", "临时处置", reply_to=photo, settle=6)
        await check(town, photo)
        first, cure = await cards(town, photo)
        assert await town.press("repairer01", first["message_id"], "撤销") == "已撤销，恢复原样。"
        first, cure = await cards(town, photo)
        assert text_of(first).startswith("🔵 待查验")
        assert "根治" not in text_of(first)
        assert text_of(cure).startswith(f"⚫ 撤回 {CURE}")
        assert "撤销了结案" in text_of(cure)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("repairer01", sheet, "查验通过")
        assert "根治 XC-20260310-0003" in text_of((await cards(town, photo))[0])


async def test_it_is_marked_in_the_menu_or_in_words_until_the_close(tmp_path: Path) -> None:
    """By the repair side or a supervisor, and taken off again; the officer cannot."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        card = (await town.card(photo))["message_id"]
        toast = await choose(town, "repairer01", card, "临时处置")
        assert toast == "记下了：临时处置，结案后另立根治案。"
        assert "临时处置" in text_of(await town.card(photo))
        toast = await choose(town, "supervisor01", card, "取消临时处置")
        assert toast == "已取消“临时处置”。"
        assert "临时处置" not in text_of(await town.card(photo))
        await town.say("officer01", "临时处置", reply_to=photo, settle=5)
        assert "临时处置" not in text_of(await town.card(photo))
        await town.say("supervisor01", "临时处置", reply_to=photo, settle=5)
        assert "临时处置" in text_of(await town.card(photo))
        await town.say("supervisor01", "这不是临时处置吧", reply_to=photo, settle=5)
        await town.say("repairer01", "取消临时处置", reply_to=photo, settle=5)
        assert "临时处置" not in text_of(await town.card(photo))
        await town.photo("repairer01", reply_to=photo, settle=6)
        await check(town, photo)
        assert len(await cards(town, photo)) == 1


async def test_a_danger_stays_one_until_a_supervisor_sets_its_hours(tmp_path: Path) -> None:
    """No way leads from a danger to three days without a supervisor, not over a stopgap either."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.photo("repairer01", "临时处置", reply_to=photo, settle=6)
        await check(town, photo)
        cure = (await cards(town, photo))[-1]
        assert "A 当天" in text_of(cure)
        assert "待督查定时限" in text_of(cure)
        asked = [m for m in await town.from_bot() if "24小时" in buttons(m)]
        assert len(asked) == 1
        assert CURE in text_of(asked[0])
        await town.press("supervisor01", asked[0]["message_id"], "24小时")
        assert "待督查定时限" not in text_of((await cards(town, photo))[-1])


async def test_a_rework_asks_anew_whether_it_is_a_stopgap(tmp_path: Path) -> None:
    """The next round may cure it."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", "临时处置", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "返工")
        assert "临时处置" not in text_of(await town.card(photo))
        await town.photo("repairer01", "修好了", reply_to=photo, settle=6)
        await check(town, photo)
        assert len(await cards(town, photo)) == 1
