"""Refusals: a toast names who may, in public nobody is told off."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, city, text_of
from tests.acceptance.scenes import fault

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_claim_by_the_wrong_person_is_told_who_may(tmp_path: Path) -> None:
    """By name and by role; everybody else of the town is refused the same way."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        for who in ("officer01", "repairer06", "repairer02", "standby_west", "supervisor01"):
            toast = await town.press(who, card, "接单", settle=1)
            assert toast == "只有李强、东城替班、东城经理能接单", who
        assert text_of(await town.card(photo)).startswith("⚪")
        assert len(await town.from_bot()) == 1, "nobody is told off in public"


async def test_stand_in_and_manager_of_the_company_may_claim(tmp_path: Path) -> None:
    """A second claim is told who has it."""
    async with city(tmp_path) as town:
        for officer, who, name in (
            ("officer01", "standby_east", "林志远"),
            ("officer02", "manager_east", "郭明"),
            ("officer06", "standby_west", "何大伟"),
        ):
            photo = await town.photo(officer, "路沿石缺失")
            card = (await town.card(photo))["message_id"]
            assert await town.press(who, card, "接单") == "接单成功，请尽快到场。"
            shown = text_of(await town.card(photo))
            assert shown.startswith("🟡 已接单")
            assert name in shown


async def test_the_same_press_twenty_times_at_once_changes_one_thing(tmp_path: Path) -> None:
    """One claim, one key, one rework; the others are told that it is done."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]

        async def twenty(who: str, message: int, button: str) -> list[str]:
            path = f"/sim/chats/{town.group}/messages/{message}/press"
            body = {"from": town.ids[who], "button": button}
            told = await asyncio.gather(*(town.call("POST", path, body) for _ in range(20)))
            await town.advance(seconds=5)
            return [t["answer"]["text"] for t in told]

        toasts = await twenty("repairer01", card, "接单")
        assert toasts.count("接单成功，请尽快到场。") == 1
        assert toasts.count("已经办好了，不用再按") == 19
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        toasts = await twenty("officer01", sheet, "查验通过")
        assert toasts.count("已查验通过，等另一方。") == 1
        toasts = await twenty("officer01", sheet, "返工")
        assert toasts.count("已退回返工。") == 1
        assert text_of(await town.card(photo)).startswith("🟠 返工 1 ")
        told = [m for m in await town.from_bot() if "请重新维修" in text_of(m)]
        assert len(told) == 1


async def test_a_press_on_the_old_card_of_a_closed_case_answers_politely(tmp_path: Path) -> None:
    """The buttons of the sheet are still there; they say that all is done."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过")
        await town.press("repairer01", sheet, "查验通过")
        closed = "XC-20260310-0001 已结案，不用再办了"
        for who in ("officer01", "repairer01", "supervisor01"):
            for key in ("查验通过", "返工"):
                assert await town.press(who, sheet, key, settle=1) == closed
        assert text_of(await town.card(photo)).startswith("🟢")


async def test_strangers_are_told_that_they_are_not_on_the_roster(tmp_path: Path) -> None:
    """In a toast only."""
    async with city(tmp_path) as town:
        path = f"/sim/chats/{town.group}/members"
        await town.call("POST", path, {"user": town.ids["citizen01"], "action": "add"})
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        assert await town.press("citizen01", card, "接单") == "您不在名单里，请联系督查"
        said = await town.say("citizen01", "收到", reply_to=photo)
        assert await town.replies(said) == []
        assert text_of(await town.card(photo)).startswith("⚪")


async def test_a_typed_date_that_is_refused_is_answered_to_the_typist_alone(
    tmp_path: Path,
) -> None:
    """Past, and over a year away: nobody else sees the answer."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        public = len(await town.from_bot("officer02"))
        await town.say("repairer01", "承诺 3月9日 等材料", reply_to=photo, settle=5)
        await town.say("repairer01", "承诺 2027年3月11日 等材料", reply_to=photo, settle=5)
        mine = [text_of(m) for m in await town.from_bot("repairer01")][public:]
        assert any("这个日期已经过了" in t for t in mine)
        assert any("365" in t for t in mine)
        assert len(await town.from_bot("officer02")) == public
        assert "承诺" not in text_of(await town.card(photo))


async def test_a_refusal_that_cannot_be_told_alone_is_not_told_in_public(tmp_path: Path) -> None:
    """Without an ephemeral message it goes to the private chat, or nowhere."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await town.photo("officer01", SMALL)
        await town.advance(minutes=1)
        for who in ("supervisor01", "supervisor02"):
            await fault(town, "forbidden", method="sendMessage", count=1)
            await town.say(who, "退单", reply_to=photo, settle=20)
        assert [t for t in await town.private("supervisor01") if t.startswith("请写明原因")]
        for change in ("remove", "add", "promote"):
            path = f"/sim/chats/{town.group}/members"
            await town.call("POST", path, {"user": town.bot, "action": change})
        await town.advance(minutes=1)
        public = [text_of(m) for m in await town.from_bot("officer02")]
        assert len(public) == 1, "the card alone"
