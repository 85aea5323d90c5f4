"""延期: the limit once more, asked for before it passes, agreed by a supervisor, at most twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, buttons, city, text_of
from tests.acceptance.scenes import choose, menu
from tests.acceptance.test_limits import claimed, with_button

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def answer(town: City, button: str, who: str = "supervisor01") -> str:
    """A supervisor answers the newest question; the toast."""
    asked = await with_button(town, "同意")
    return await town.press(who, asked["message_id"], button)


async def test_an_extension_by_buttons_gives_the_limit_once_more(tmp_path: Path) -> None:
    """From its end, once a supervisor agrees; until then the old limit stands."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        toast = await choose(town, "repairer01", card, "延期", "等材料")
        assert toast == "已提交，等督查答复。"
        shown = text_of(await town.card(photo))
        assert "3月12日 24:00" in shown
        assert "申请延期，待督查答复：等材料" in shown
        asked = text_of(await with_button(town, "同意"))
        assert "李强申请延期到 3月15日 24:00：等材料。请督查答复：" in asked
        assert "宋文博" in asked
        assert await answer(town, "同意", "manager_east") == "只有督查能答复延期"
        assert await answer(town, "同意") == "已同意延期。"
        shown = text_of(await town.card(photo))
        assert "⏳ 维修 3月15日 24:00" in shown
        assert "已延期 1 次" in shown
        assert await answer(town, "同意") == "没有待答复的申请，可能已经答复过了"


async def test_asked_again_while_it_waits_it_is_not_called_late(tmp_path: Path) -> None:
    """It was asked for in time; the limit passes, and the answer still counts."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.until(23, 58, days=2)
        await town.say("repairer01", "延期 等天气", reply_to=photo, settle=5)
        await town.until(0, 30)
        await town.say("repairer01", "延期 等天气", reply_to=photo, settle=5)
        told = text_of(await menu(town, "repairer01"))
        assert told.startswith("已经申请过了，等督查答复")
        assert await answer(town, "同意") == "已同意延期。"


async def test_two_extensions_are_the_most_and_refusals_do_not_count(tmp_path: Path) -> None:
    """The third is refused by name of the remedy; what was declined left the limit as it was."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        for button, limit in (
            ("不同意", "3月12日 24:00"),
            ("同意", "3月15日 24:00"),
            ("同意", "3月18日 24:00"),
        ):
            await town.say("repairer01", "延期 等材料", reply_to=photo, settle=5)
            await answer(town, button)
            assert limit in text_of(await town.card(photo))
        await town.press("repairer01", card, "更多")
        assert "延期" not in buttons(await menu(town, "repairer01"))
        await town.say("repairer01", "延期 还是等材料", reply_to=photo, settle=5)
        told = text_of(await menu(town, "repairer01"))
        assert told.startswith("已延期 2 次，不能再延。可以申请承诺，或找督查改时限")
        assert "3月18日 24:00" in text_of(await town.card(photo))


async def test_who_may_not_have_an_extension_is_told_what_to_do(tmp_path: Path) -> None:
    """A danger of today, no reason, a limit that has passed; others are not heard at all."""
    async with city(tmp_path) as town:
        danger, _ = await claimed(town, CAPTION)
        photo, card = await claimed(town, SMALL)
        for to, words, wanted in (
            (danger, "延期 等材料", "修不完请按“今天修不完”"),
            (photo, "延期", "请写明原因"),
        ):
            await town.say("repairer01", words, reply_to=to, settle=5)
            assert wanted in text_of(await menu(town, "repairer01"))
        for who, words in (
            ("officer01", "延期 等材料"),
            ("repairer02", "延期 等材料"),
            ("repairer01", "延期行吗"),
        ):
            await town.say(who, words, reply_to=photo, settle=5)
            assert not [m for m in await town.from_bot() if "同意" in buttons(m)], (who, words)
        await town.until(0, 1, days=2)
        await town.say("repairer01", "延期 等材料", reply_to=photo, settle=5)
        assert "时限已过，不能再申请" in text_of(await menu(town, "repairer01"))
        await town.press("repairer01", card, "更多")
        assert "延期" not in buttons(await menu(town, "repairer01"))


async def test_a_date_after_the_word_is_a_promise(tmp_path: Path) -> None:
    """延期到 3月20日: a day is asked for, and a supervisor sees the day."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.say("repairer01", "延期到3月20日 等材料", reply_to=photo, settle=5)
        assert "申请承诺 3月20日 修好：等材料" in text_of(await with_button(town, "同意"))


async def test_an_extension_is_taken_back_exactly(tmp_path: Path) -> None:
    """By the supervisor who agreed: the limit and the question are as before; the asker's, too."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.advance(minutes=2)
        before = text_of(await town.card(photo))
        await choose(town, "manager_east", card, "延期", "等天气")
        waiting = text_of(await town.card(photo))
        assert await town.press("manager_east", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)) == before
        await choose(town, "manager_east", card, "延期", "等天气")
        await answer(town, "同意")
        assert await town.press("supervisor01", card, "撤销") == "已撤销，恢复原样。"
        assert text_of(await town.card(photo)) == waiting
        assert await answer(town, "同意", "supervisor02") == "已同意延期。"
        assert "已延期 1 次" in text_of(await town.card(photo))


async def test_the_asker_hears_the_answer_where_the_chat_is_open(tmp_path: Path) -> None:
    """Privately, with the new limit; the request reaches the supervisors privately, too."""
    async with city(tmp_path) as town:
        for who in ("repairer01", "supervisor01"):
            await town.start(who)
        photo, _ = await claimed(town, SMALL)
        await town.say("repairer01", "延期 等手续", reply_to=photo, settle=5)
        chat = town.ids["supervisor01"]
        asked = [m for m in await town.from_bot("supervisor01", chat) if "同意" in buttons(m)][-1]
        await town.press("supervisor01", asked["message_id"], "同意", chat=chat)
        told = (await town.private("repairer01"))[-1]
        assert told.startswith("督查同意延期，最晚 3月15日 24:00 修好：")
