"""更多: category, place, 退单, 转派, 撤回, 代派 and 准予撤场."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, at_once, buttons, city, reaction, text_of
from tests.acceptance.scenes import choose, menu
from tests.acceptance.test_limits import claimed, with_button

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_wrong_category_is_put_right_by_the_menu(tmp_path: Path) -> None:
    """Every category can be chosen, 其他 too, by the reporter, the claimer or a supervisor."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        for who, path in (
            ("officer01", ("市政设施", "道路坑洼破损")),
            ("repairer01", ("市政设施", "路面沉降")),
            ("supervisor01", ("其他",)),
        ):
            assert await choose(town, who, card, "改类别", *path) == "类别已改。"
            assert path[-1] in text_of(await town.card(photo)).split("\n")[0]
        await town.press("officer01", card, "更多")
        message = (await menu(town, "officer01"))["ephemeral_message_id"]
        await town.press("officer01", message, "改类别")
        message = (await menu(town, "officer01"))["ephemeral_message_id"]
        await town.press("officer01", message, "市政设施")
        assert len(buttons(await menu(town, "officer01"))) == 45
        await town.press("manager_east", card, "更多")
        assert "改类别" not in buttons(await menu(town, "manager_east"))


async def test_a_place_in_another_grid_moves_a_waiting_case(tmp_path: Path) -> None:
    """By the menu and typed; the new repairer is told by a new message."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        assert await choose(town, "officer01", card, "改位置", "6号 人民西路") == "位置已改。"
        shown = text_of(await town.card(photo))
        assert "徐亮" in shown
        assert "西城公司" in shown
        told = [m for m in await town.from_bot() if "现在由您负责" in text_of(m)]
        assert len(told) == 1
        assert "徐亮" in text_of(told[0])
        await town.say("officer01", "改位置：时风路与东关街口", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert "时风路与东关街口" in shown
        assert "张磊" in shown
        assert await town.press("repairer06", card, "接单", settle=1) == (
            "只有张磊、东城替班、东城经理能接单"
        )


async def test_a_place_after_the_claim_moves_nobody(tmp_path: Path) -> None:
    """Words and grid change, the repairer stays."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.say("repairer01", "位置：人民西路火车站", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert "人民西路火车站 · 6号网格" in shown
        assert "李强（东城公司）" in shown
        assert "徐亮" not in shown
        card = (await town.card(photo))["message_id"]
        assert await choose(town, "officer01", card, "改位置", "2号 时风路") == "位置已改。"
        shown = text_of(await town.card(photo))
        assert "2号网格" in shown
        assert "李强（东城公司）" in shown


async def test_a_place_that_nobody_knew_is_taken_from_later_words(tmp_path: Path) -> None:
    """After the claim too: nobody is moved, and the grid's officer may check it."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("supervisor01", "路灯不亮")
        await town.say("manager_east", "收到", reply_to=photo, settle=5)
        await town.say("supervisor01", "在建设东路县医院门口", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert "建设东路县医院门口 · 3号网格" in shown
        assert "郭明（东城公司）" in shown
        await town.photo("manager_east", reply_to=photo, settle=6)
        await town.say("officer03", "通过", reply_to=photo, settle=5)
        assert "孙玥已查验通过" in text_of(await town.card(photo))


async def test_a_mere_note_edits_no_card(tmp_path: Path) -> None:
    """It is in the history, and Telegram is left alone."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.advance(minutes=2)
        edits = len(await town.log("editMessageText"))
        await town.say("officer01", "鼓楼路口东侧井盖也松动", reply_to=photo, settle=5)
        assert len(await town.log("editMessageText")) == edits


async def test_talk_about_places_and_refusals_is_no_act(tmp_path: Path) -> None:
    """位置不对, 地点在哪, 退单吗, 撤回不了 … in reply, by those who might: nothing at all."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        card, calls = text_of(await town.card(photo)), len(await town.log("sendMessage"))
        for who, words in (
            ("officer01", "位置不对"),
            ("officer01", "地点在哪"),
            ("officer01", "撤回不了"),
            ("officer01", "撤回吗"),
            ("officer01", "通过"),
            ("officer01", "谢谢"),
            ("supervisor01", "退单吗"),
            ("supervisor01", "退单率太高"),
            ("supervisor01", "退单了没"),
            ("supervisor01", "重复报的吗"),
            ("supervisor01", "位置"),
        ):
            await town.say(who, words, reply_to=photo, settle=4)
            assert text_of(await town.card(photo)) == card, words
        assert len(await town.log("sendMessage")) == calls
        await town.advance(seconds=60)
        body = (await town.log("editMessageText"))[-1]
        assert "谢谢" not in str(body["parameters"])


async def test_a_supervisor_refuses_a_case_with_a_reason(tmp_path: Path) -> None:
    """By the menu; the case is over, and nobody else is offered it."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        for who in ("officer01", "repairer01"):
            await town.press(who, card, "更多")
            assert "退单" not in buttons(await menu(town, who)), who
        await choose(town, "supervisor01", card, "退单", "现场没有问题")
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚫ 退单")
        assert "现场没有问题" in shown
        assert "宋文博" in shown
        assert len(shown.split("\n")) <= 2


async def test_a_manager_asks_for_a_refusal_and_a_supervisor_decides(tmp_path: Path) -> None:
    """Declined it goes on; agreed it is over, with the manager's reason."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        toast = await choose(town, "manager_east", card, "退单", "不归我们管")
        assert toast == "退单已申请，等督查决定。"
        asked = await with_button(town, "同意退单")
        assert "不归我们管" in text_of(asked)
        assert await town.press("manager_east", asked["message_id"], "同意退单") == "只有督查能退单"
        await town.press("supervisor01", asked["message_id"], "不同意退单")
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡")
        assert "申请退单" not in shown
        await town.say("manager_east", "退单 是自来水公司的井", reply_to=photo, settle=5)
        asked = await with_button(town, "同意退单")
        await town.press("supervisor02", asked["message_id"], "同意退单")
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚫ 退单")
        assert "自来水公司" in shown


async def test_a_duplicate_names_the_other_case(tmp_path: Path) -> None:
    """By button and typed; two officers, one defect: two cases, joined."""
    async with city(tmp_path) as town:
        people = ("officer01", "officer02", "officer03")
        photos = [await town.photo(who, SMALL) for who in people]
        card = (await town.card(photos[1]))["message_id"]
        await choose(town, "supervisor01", card, "退单", "重复", "XC-20260310-0001")
        shown = text_of(await town.card(photos[1]))
        assert shown.startswith("⚫ 退单")
        assert "与 XC-20260310-0001 重复" in shown
        await town.say("supervisor02", "退单 重复 XC-20260310-0001", reply_to=photos[2], settle=5)
        assert "与 XC-20260310-0001 重复" in text_of(await town.card(photos[2]))


async def test_a_case_is_no_duplicate_of_one_that_is_refused_itself(tmp_path: Path) -> None:
    """Otherwise two cases would point at each other, and nobody would mend the defect."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", SMALL)
        second = await town.photo("officer02", SMALL)
        await town.say("supervisor01", "退单 重复 XC-20260310-0001", reply_to=second, settle=5)
        await town.say("supervisor01", "退单 重复 XC-20260310-0002", reply_to=first, settle=5)
        assert text_of(await town.card(first)).startswith("⚪ 待对接")
        alone = [text_of(m) for m in await town.from_bot("supervisor01")]
        assert any("没有这个案件" in t for t in alone)
        await town.say("supervisor01", "退单 重复", reply_to=first, settle=5)
        assert text_of(await town.card(first)).startswith("⚪ 待对接")


async def test_a_manager_hands_over_inside_the_company_a_supervisor_anywhere(
    tmp_path: Path,
) -> None:
    """The new repairer gets a new message, and must claim."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.press("manager_east", card, "更多")
        message = (await menu(town, "manager_east"))["ephemeral_message_id"]
        await town.press("manager_east", message, "转派")
        offered = buttons(await menu(town, "manager_east"))
        assert "张磊" in offered
        assert not any("徐亮" in button for button in offered)
        message = (await menu(town, "manager_east"))["ephemeral_message_id"]
        assert await town.press("manager_east", message, "张磊") == "已转派。"
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚪ 待对接")
        assert "张磊" in shown
        told = [text_of(m) for m in await town.from_bot() if "派给您" in text_of(m)]
        assert len(told) == 1
        assert "张磊" in told[0]
        await choose(town, "supervisor01", card, "转派", "徐亮 · 西城")
        shown = text_of(await town.card(photo))
        assert "徐亮" in shown
        assert "西城公司" in shown
        await town.press("repairer06", card, "接单")
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_a_reporter_withdraws_within_a_minute_or_while_nobody_has_it(
    tmp_path: Path,
) -> None:
    """At once, also after a claim; later while 待对接 with a reason; then no more."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.say("officer01", "撤回", reply_to=photo, settle=5)
        assert text_of(await town.card(photo)).startswith("⚫ 撤回")
        await town.advance(seconds=60)
        photo = await town.photo("officer01", SMALL)
        await town.advance(seconds=90)
        await town.say("officer01", "撤回", reply_to=photo, settle=5)
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")
        alone = [text_of(m) for m in await town.from_bot("officer01")]
        assert any("请写明原因" in t for t in alone)
        card = (await town.card(photo))["message_id"]
        await choose(town, "officer01", card, "撤回", "发错了")
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚫ 撤回")
        assert "发错了" in shown
        photo, card = await claimed(town, SMALL)
        await town.advance(seconds=90)
        await town.say("officer01", "撤回 发错了", reply_to=photo, settle=5)
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_nobody_else_withdraws_a_report(tmp_path: Path) -> None:
    """Neither a supervisor nor the repairer is offered it, typed it does nothing."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        assert await town.press("repairer01", card, "更多") == "这个案件现在没有您要办的事。"
        for who in ("supervisor01", "manager_east"):
            await town.press(who, card, "更多")
            assert "撤回" not in buttons(await menu(town, who)), who
        for who in ("supervisor01", "repairer01", "manager_east"):
            await town.say(who, "撤回 发错了", reply_to=photo, settle=3)
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")


async def test_a_supervisor_claims_for_somebody(tmp_path: Path) -> None:
    """代派: taken in that person's name, who is told."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        assert await choose(town, "supervisor01", card, "代派", "林志远") == "已代派。"
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡 已接单")
        assert "林志远" in shown
        assert "可撤场" in shown
        told = [text_of(m) for m in await town.from_bot() if "派给您" in text_of(m)]
        assert len(told) == 1
        assert "林志远" in told[0]


async def test_a_supervisor_lets_the_officer_leave(tmp_path: Path) -> None:
    """准予撤场: the card, 🫡, a private line; the case still waits."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        for who in ("officer01", "manager_east"):
            await town.press(who, card, "更多")
            assert "准予撤场" not in buttons(await menu(town, who)), who
        assert await choose(town, "supervisor01", card, "准予撤场") == "已准予撤场。"
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚪ 待对接")
        assert "可撤场" in shown
        assert reaction(await town.message(photo)) == "🫡"
        assert [t for t in await town.private("officer01") if "可撤场" in t]
