"""Two officers, one defect: two cases, joined by 退单 → 重复."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, buttons, city, text_of
from tests.acceptance.scenes import choose, menu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def two_cases(town: City) -> tuple[int, int]:
    """The same missing kerbstone, seen by two officers."""
    first = await town.photo("officer01", SMALL)
    second = await town.photo("officer02", SMALL)
    return first, second


async def test_a_supervisor_joins_two_cases_by_buttons(tmp_path: Path) -> None:
    """The other number stands on the card of the one that ended, which has two lines."""
    async with city(tmp_path) as town:
        first, second = await two_cases(town)
        card = (await town.card(second))["message_id"]
        await choose(town, "supervisor01", card, "退单", "重复", "XC-20260310-0001")
        ended = text_of(await town.card(second))
        assert ended.startswith("⚫ 退单 XC-20260310-0002")
        assert "XC-20260310-0001" in ended
        assert len(ended.split("\n")) <= 2
        assert text_of(await town.card(first)).startswith("⚪ 待对接")


async def test_a_supervisor_joins_two_cases_by_words(tmp_path: Path) -> None:
    """In reply: 退单 重复 and the number, however it is written."""
    async with city(tmp_path) as town:
        _, second = await two_cases(town)
        await town.say("supervisor01", "退单 重复 xc 20260310 0001", reply_to=second, settle=6)
        assert "XC-20260310-0001" in text_of(await town.card(second))
        assert text_of(await town.card(second)).startswith("⚫ 退单")


async def test_two_cases_never_end_as_duplicates_of_each_other(tmp_path: Path) -> None:
    """The defect would be nobody's: a case that has ended is no longer offered nor taken."""
    async with city(tmp_path) as town:
        first, second = await two_cases(town)
        await town.say("supervisor01", "退单 重复 XC-20260310-0001", reply_to=second, settle=6)
        await town.say("supervisor01", "退单 重复 XC-20260310-0002", reply_to=first, settle=6)
        assert text_of(await town.card(first)).startswith("⚪ 待对接")
        await choose(town, "supervisor01", (await town.card(first))["message_id"], "退单", "重复")
        assert "XC-20260310-0002" not in buttons(await menu(town, "supervisor01"))


async def test_nobody_but_a_supervisor_joins_cases(tmp_path: Path) -> None:
    """The officer's words change nothing."""
    async with city(tmp_path) as town:
        _, second = await two_cases(town)
        await town.say("officer02", "退单 重复 XC-20260310-0001", reply_to=second, settle=6)
        assert text_of(await town.card(second)).startswith("⚪ 待对接")


async def test_the_reporter_hears_that_his_case_was_a_duplicate(tmp_path: Path) -> None:
    """Privately, where that chat is open."""
    async with city(tmp_path) as town:
        await town.start("officer02")
        _, second = await two_cases(town)
        await town.say("supervisor01", "退单 重复 XC-20260310-0001", reply_to=second, settle=6)
        assert "XC-20260310-0001" in (await town.private("officer02"))[-1]
