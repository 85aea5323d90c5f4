"""承诺: a date with a reason, a supervisor's 同意, and its withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, buttons, city, text_of
from tests.acceptance.scenes import choose, menu
from tests.acceptance.test_limits import claimed, with_button

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_promise_by_buttons_counts_once_a_supervisor_agrees(tmp_path: Path) -> None:
    """+7 +14 +30 days with a reason; until 同意 the old limit stands."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        toast = await choose(town, "repairer01", card, "承诺", "等材料", "14天后")
        assert toast == "已提交，等督查答复。"
        shown = text_of(await town.card(photo))
        assert "B 三天" in shown
        assert "3月24日" in shown
        asked = await with_button(town, "同意")
        assert "等材料" in text_of(asked)
        assert "3月24日" in text_of(asked)
        assert await town.press("manager_east", asked["message_id"], "同意") == "只有督查能答复承诺"
        assert await town.press("supervisor01", asked["message_id"], "同意") == "已同意承诺。"
        shown = text_of(await town.card(photo))
        assert "C 承诺" in shown
        assert "3月24日 24:00" in shown


async def test_a_typed_date_is_a_promise_asked_for(tmp_path: Path) -> None:
    """In reply, by the claimer, with or without a year; 不同意 leaves the limit."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.say("repairer01", "承诺 3月28日 等天气", reply_to=photo, settle=5)
        asked = await with_button(town, "不同意")
        assert "3月28日" in text_of(asked)
        assert await town.press("supervisor02", asked["message_id"], "不同意")
        shown = text_of(await town.card(photo))
        assert "B 三天" in shown
        assert "3月28日" not in shown
        assert "3月12日 24:00" in shown
        assert (
            await town.press("supervisor01", asked["message_id"], "同意")
            == "没有待答复的申请，可能已经答复过了"
        )


async def test_a_promise_for_a_danger_needs_a_supervisor_too(tmp_path: Path) -> None:
    """It stays A and of today until then."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, CAPTION)
        await choose(town, "manager_east", card, "承诺", "7天后")
        shown = text_of(await town.card(photo))
        assert "A 当天" in shown
        assert "今日 24:00" in shown
        await town.until(0, 1)
        assert text_of(await town.card(photo)).startswith("🔴 已接单")


async def test_only_the_repair_side_asks_for_a_promise(tmp_path: Path) -> None:
    """The officer finds no button, and a date typed by the officer asks for nothing."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.press("officer01", card, "更多")
        assert "承诺" not in buttons(await menu(town, "officer01"))
        await town.say("officer01", "承诺 3月28日", reply_to=photo, settle=5)
        await town.say("repairer02", "承诺 3月28日", reply_to=photo, settle=5)
        assert not [m for m in await town.from_bot() if "不同意" in buttons(m)]


NO_DATES = (
    "3.5 米",
    "3.5米",
    "1-2 天",
    "1-2天",
    "3月底",
    "3月28日行吗",
    "12/5个",
    "2.5 公分深",
)


async def test_measures_and_questions_are_no_dates(tmp_path: Path) -> None:
    """3.5 米, 1-2 天, 3月底, 3月28日行吗: no promise is asked for, and nobody is answered."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        before = len(await town.log("sendMessage"))
        for words in NO_DATES:
            await town.say("repairer01", words, reply_to=photo)
        await town.advance(seconds=5)
        assert len(await town.log("sendMessage")) == before


async def test_a_withdrawn_promise_falls_back_to_three_days_from_then(tmp_path: Path) -> None:
    """By a supervisor; told to the claimer, and counted on the card."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.say("repairer01", "3月31日", reply_to=photo, settle=5)
        asked = await with_button(town, "同意")
        await town.press("supervisor01", asked["message_id"], "同意")
        await town.until(9, days=4)
        await town.press("repairer01", card, "更多")
        assert "撤销承诺" not in buttons(await menu(town, "repairer01"))
        toast = await choose(town, "supervisor02", card, "撤销承诺")
        assert toast == "承诺已撤销，改按三天时限。"
        shown = text_of(await town.card(photo))
        assert "B 三天" in shown
        assert "3月17日 24:00" in shown
        assert "承诺已撤销" in shown
        assert "未设警示" not in shown, "nobody has asked for the sign yet"
        told = [m for m in await town.from_bot() if "督查撤销了承诺" in text_of(m)]
        assert len(told) == 1
        assert "李强" in text_of(told[0])
