"""更多: a menu that only the presser sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, buttons, city, text_of
from tests.acceptance.scenes import choose, fault, menu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def whispers(town: City, who: str) -> list[str]:
    """What only this person sees in the group."""
    return [text_of(m) for m in await town.from_bot(who) if m.get("ephemeral_message_id")]


async def test_only_the_presser_sees_the_menu_and_each_level_replaces_the_last(
    tmp_path: Path,
) -> None:
    """The group hears nothing, and the pace counts nothing."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        group = await town.from_bot("officer02")
        await choose(town, "officer01", card, "改类别")
        assert await whispers(town, "supervisor01") == []
        assert len(await whispers(town, "officer01")) == 1
        assert await town.from_bot("officer02") == group
        assert all(
            len(row) <= 2
            for row in (await menu(town, "officer01"))["reply_markup"]["inline_keyboard"]
        )


async def test_what_the_menu_offers_depends_on_who_asks(tmp_path: Path) -> None:
    """Nobody is offered what he may not do."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单")
        offered = {}
        for who in ("officer01", "supervisor01", "repairer01"):
            await choose(town, who, card)
            offered[who] = set(buttons(await menu(town, who)))
        assert {"改类别", "改位置", "撤回"} <= offered["officer01"]
        assert {"退单", "转派", "改时限"} <= offered["supervisor01"]
        assert {"延期", "承诺", "挂账", "改位置"} <= offered["repairer01"]
        assert not {"退单", "改时限", "撤回"} & offered["repairer01"]


async def test_nothing_is_offered_that_leads_nowhere(tmp_path: Path) -> None:
    """No menu without buttons, no photo to move where there is but one, no 撤回 once taken."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.photo("officer02", SMALL)
        card = (await town.card(photo))["message_id"]
        answer = await choose(town, "repairer01", card)
        assert answer == "这个案件现在没有您要办的事。"
        assert await whispers(town, "repairer01") == []
        await choose(town, "officer01", card)
        offered = buttons(await menu(town, "officer01"))
        assert "撤回" in offered
        assert "移照片" not in offered
        await town.press("repairer01", card, "接单")
        await town.advance(minutes=2)
        await choose(town, "officer01", card)
        assert "撤回" not in buttons(await menu(town, "officer01"))
        await town.press("repairer01", card, "今天修不完")
        await choose(town, "repairer01", card)
        assert "今天修不完" not in buttons(await menu(town, "repairer01"))


async def test_a_manager_is_told_that_a_supervisor_decides_on_a_refusal(tmp_path: Path) -> None:
    """His 退单 is a request; “重复” is no button of his, so he is not sent to look for it."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await choose(town, "manager_east", card, "退单")
        shown = await menu(town, "manager_east")
        assert text_of(shown).startswith("请选退单原因，由督查决定：")
        assert "重复" not in buttons(shown)


async def test_a_menu_that_is_gone_is_shown_anew(tmp_path: Path) -> None:
    """Ephemeral messages may vanish from the client at any time."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await choose(town, "officer01", card)
        first = await menu(town, "officer01")
        await fault(town, "server_error", method="editEphemeralMessageText")
        await town.press("officer01", first["ephemeral_message_id"], "改位置", settle=10)
        assert "2号 时风路" in buttons(await menu(town, "officer01"))


async def test_somebody_elses_menu_cannot_be_pressed(tmp_path: Path) -> None:
    """It is seen by its receiver alone."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await choose(town, "officer01", card)
        number = (await menu(town, "officer01"))["ephemeral_message_id"]
        path = f"{town.base}/sim/chats/{town.group}/messages/{number}/press"
        body = {"from": town.ids["officer02"], "button": "改位置"}
        async with town.session.post(path, json=body) as answer:
            assert answer.status == 404
