"""`/case`: every start, stop, extension and promise of a case, in words, with who and why."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from messages import dossiers
from tests.acceptance.city import CAPTION, SMALL, buttons, city, text_of
from tests.acceptance.scenes import choose, menu
from tests.acceptance.test_extensions import answer
from tests.acceptance.test_limits import claimed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.config import Settings
    from tests.acceptance.city import City

NUMBER = re.compile(r"XC-\d{8}-\d{4}")


async def ledger(town: City, photo: int, *, who: str = "supervisor01") -> list[str]:
    """The ledger's lines of a case, as `/case` shows them privately."""
    found = NUMBER.search(text_of(await town.card(photo)))
    assert found is not None
    await town.start(who)
    await town.say(who, f"/case {found[0]}", chat=town.ids[who], settle=5)
    lines = (await town.private(who))[-1].splitlines()
    first = next(n for n, line in enumerate(lines) if line in {"计时：", "Clocks:"}) + 1
    return lines[first : lines.index("", first)]


async def test_a_danger_from_the_photo_to_the_close(tmp_path: Path) -> None:
    """Claimed, mended, failed, mended again, passed: each clock starts and ends."""
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, CAPTION)
        await town.until(10, 20)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(11)
        await town.say("officer01", "返工，边上没压实", reply_to=photo, settle=5)
        await town.until(12)
        await town.photo("repairer01", reply_to=photo, settle=6)
        for who in ("officer01", "repairer01"):
            await town.say(who, "通过", reply_to=photo, settle=5)
        assert await ledger(town, photo) == [
            "3月10日 09:00 维修计时开始，到 今日 24:00",
            "3月10日 09:00 对接计时开始，到 3月10日 09:10",
            "3月10日 09:00 对接计时结束",
            "3月10日 10:20 维修停表，剩 13 小时 40 分 📷",
            "3月10日 10:20 查验计时开始，到 今日 12:20 📷",
            "3月10日 11:00 查验计时结束",
            "3月10日 11:00 返工，维修续计，到 3月11日 00:40",
            "3月10日 12:00 维修停表，剩 12 小时 40 分 📷",
            "3月10日 12:00 查验计时开始，到 今日 14:00 📷",
            "3月10日 12:00 维修计时结束",
            "3月10日 12:00 查验计时结束",
        ]


async def test_more_time_is_told_with_its_reason_and_both_people(tmp_path: Path) -> None:
    """延期, 挂账 and 恢复; what was taken back is told, too."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.say("repairer01", "延期 等材料", reply_to=photo, settle=5)
        await answer(town, "同意")
        await town.until(10)
        await town.say("repairer01", "挂账 3月20日 等手续", reply_to=photo, settle=5)
        await answer(town, "同意")
        await town.until(9)
        await town.press("supervisor01", card, "恢复")
        await town.press("supervisor01", card, "撤销")
        told = (await ledger(town, photo))[3:]
        assert [line.partition(" ")[2] for line in told[:4]] == [
            "09:00 李强申请延期，到 3月15日 24:00（等材料）",
            "09:00 延期 1：由 3月12日 24:00 到 3月15日 24:00，李强申请（等材料），宋文博同意",
            "10:00 李强申请挂账至 3月20日（等手续）",
            "10:00 挂账至 3月20日，停表，剩 5 天 13 小时 59 分，李强申请（等手续），宋文博同意",
        ]
        assert told[4] == "3月10日 18:00 警示标志计时开始，到 3月10日 24:00"
        assert told[5] == "3月11日 00:00 未设警示标志"
        assert told[6].startswith("3月11日 09:00 恢复，维修续计，到 3月16日")
        assert told[7] == "3月11日 09:00 撤销，维修停表，剩 5 天 13 小时 59 分"


async def test_a_promise_is_kept_or_broken_and_another_company_starts_anew(tmp_path: Path) -> None:
    """The limit that passes breaks it; a supervisor's 转派 to the other zone begins again."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.say("repairer01", "承诺 3月14日 等材料", reply_to=photo, settle=5)
        await answer(town, "同意")
        await town.until(9, days=4)
        await choose(town, "supervisor01", card, "转派", "徐亮 · 西城")
        shown = text_of(await town.card(photo))
        assert not shown.startswith("🔴")
        told = [line.partition(" ")[2].partition(" ")[2] for line in await ledger(town, photo)]
        assert told[3:] == [
            "李强申请承诺，到 3月14日 24:00（等材料）",
            "承诺到 3月14日 24:00，李强申请（等材料），宋文博同意",
            "维修逾期（时限 3月14日 24:00）",
            "承诺没有兑现",
            "维修计时结束",
            "对接计时开始，到 今日 09:10",
            "转给西城公司，维修重新计时，到 3月19日 24:00",
        ]


async def test_inside_the_company_the_clock_goes_on(tmp_path: Path) -> None:
    """转派 by the manager: the limit is the same."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.until(9)
        before = await ledger(town, photo)
        await choose(town, "manager_east", card, "转派", "林志远")
        assert "⏳ 维修 3月12日 24:00" in text_of(await town.card(photo))
        after = await ledger(town, photo)
        assert [line for line in after if line not in before] == [
            "3月11日 09:00 对接计时开始，到 今日 09:10"
        ]


def in_english(settings: Settings) -> Settings:
    """The configuration in which supervisor01 reads English."""
    people = tuple(
        replace(p, language="en") if p.username == "supervisor01" else p for p in settings.people
    )
    return replace(settings, people=people)


async def test_a_late_claim_and_a_missed_check_are_told_in_english_too(tmp_path: Path) -> None:
    """At the moment at which their limits ended."""
    async with city(tmp_path, change=in_english) as town:
        photo = await town.photo("officer01", SMALL)
        await town.until(9, 12)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(12)
        for who in ("officer01", "repairer01"):
            await town.say(who, "通过", reply_to=photo, settle=5)
        told = await ledger(town, photo)
        assert "10 Mar 09:10 Taking overdue (limit 10 Mar 09:10)" in told
        assert "10 Mar 11:12 Check overdue (limit 10 Mar 11:12)" in told


async def test_the_sign_clock_of_an_ordinary_case_starts_when_it_is_asked_for(
    tmp_path: Path,
) -> None:
    """At 18:00 of day 1; it ends with the photo of the sign."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = await town.card(photo)
        await town.press("repairer01", card["message_id"], "接单")
        await town.until(18, 1)
        await town.photo("repairer01", "警示", reply_to=photo)
        told = await ledger(town, photo)
        assert "3月10日 18:00 警示标志计时开始，到 今日 24:00" in told
        assert "3月10日 18:01 已放警示标志 📷" in told


async def test_a_late_case_is_not_made_punctual_by_a_tap(tmp_path: Path) -> None:
    """改为当天 gives it today; it was late all the same, and closes so. The ledger says it once."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.until(10, days=3)
        assert text_of(await town.card(photo)).startswith("🔴")
        await town.press("repairer01", card, "改为当天")
        shown = text_of(await town.card(photo))
        assert "今日 24:00" in shown
        assert "前段逾期" in shown
        await town.press("supervisor01", card, "改为三天")
        await town.press("repairer01", card, "改为当天")
        assert sum("维修逾期" in line for line in await ledger(town, photo)) == 1
        await town.photo("repairer01", reply_to=photo, settle=6)
        for who in ("officer01", "repairer01"):
            await town.say(who, "通过", reply_to=photo, settle=5)
        assert "逾期" in text_of(await town.card(photo))


async def test_what_is_too_long_for_a_message_goes_on_behind_a_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page after page to the first row, for the asker alone, and no row twice."""
    monkeypatch.setattr(dossiers, "MESSAGE_UNITS", 420)
    async with city(tmp_path) as town:
        photo, _ = await claimed(town, SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "返工 没压实", reply_to=photo, settle=5)
        found = NUMBER.search(text_of(await town.card(photo)))
        assert found is not None
        await town.say("supervisor01", f"/case {found[0]}", settle=5)
        pages = [await menu(town, "supervisor01")]
        while "更早" in buttons(pages[-1]):
            number = pages[-1]["ephemeral_message_id"]
            said = await town.press("supervisor01", number, "更早")
            assert said == "更早的记录已发给您。"
            await town.advance(seconds=2)
            pages.append(await menu(town, "supervisor01"))
        assert len(pages) > 1
        told = [_parts(text_of(page)) for page in reversed(pages)]
        clocks, history = ([line for part in told for line in part[which]] for which in (0, 1))
        assert [line.split(" ", 2)[2] for line in clocks] == [
            "维修计时开始，到 3月12日 24:00",
            "对接计时开始，到 今日 09:10",
            "对接计时结束",
            "维修停表，剩 2 天 14 小时 59 分 📷",
            "查验计时开始，到 今日 11:00 📷",
            "查验计时结束",
            "返工，维修续计，到 3月12日 24:00",
        ]
        assert [line.split("：", 1)[1][:4] for line in history] == [
            "发照片立",
            "接单",
            "报完工，",
            "返工 1",
        ]


def _parts(page: str) -> tuple[list[str], list[str]]:
    """The lines of the clocks and those of the history, without how many came earlier."""
    lines = [line for line in page.splitlines() if line and not line.startswith("……更早")]
    last = lines.index("经过：") if "经过：" in lines else len(lines)
    first = lines.index("计时：") + 1 if "计时：" in lines else last
    return lines[first:last], lines[last + 1 :]
