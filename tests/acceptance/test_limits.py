"""今天修不完, hours, the warning sign, and who may make a limit tighter or wider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, buttons, city, text_of
from tests.acceptance.scenes import choose, menu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City, Message


async def claimed(town: City, caption: str) -> tuple[int, int]:
    """A case of officer01 that repairer01 has taken; its photo and card."""
    photo = await town.photo("officer01", caption)
    card = (await town.card(photo))["message_id"]
    await town.press("repairer01", card, "接单")
    return photo, card


async def with_button(town: City, button: str, viewer: str = "supervisor01") -> Message:
    """The newest message of the bot that carries a button, other than a card."""
    return [m for m in await town.from_bot(viewer) if button in buttons(m)][-1]


async def test_a_danger_that_cannot_be_done_today_waits_for_a_supervisors_hours(
    tmp_path: Path,
) -> None:
    """The sign photo and the hours are asked for at once; it stays A."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, CAPTION)
        toast = await town.press("repairer01", card, "今天修不完")
        assert toast == "记下了。请先放好警示标志，拍照回复案件。"
        said = [text_of(m) for m in await town.from_bot()]
        assert any("李强" in t and "写上“警示”" in t for t in said)
        asked = await with_button(town, "2小时")
        assert buttons(asked) == ["2小时", "6小时", "12小时", "24小时"]
        assert "宋文博" in text_of(asked)
        assert "唐静" in text_of(asked)
        shown = text_of(await town.card(photo))
        assert "A 当天" in shown
        assert "待督查定时限" in shown
        assert "今日 24:00" in shown
        message = asked["message_id"]
        for who in ("repairer01", "officer01", "manager_east", "leader01"):
            toast = await town.press(who, message, "6小时", settle=1)
            assert toast == "只有督查能定时限"
        assert await town.press("supervisor02", message, "6小时") == "时限已定，请看卡片。"
        shown = text_of(await town.card(photo))
        assert "A 当天" in shown
        assert "今日 15:00" in shown
        assert (
            await town.press("supervisor01", message, "24小时")
            == "没有待答复的申请，可能已经答复过了"
        )
        assert "今日 15:00" in text_of(await town.card(photo))


async def test_a_danger_stays_of_today_until_a_supervisor_answers(tmp_path: Path) -> None:
    """Overdue at 24:00 all the same, and 未设警示 when no sign stands."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, CAPTION)
        await town.press("repairer01", card, "今天修不完")
        await town.until(23, 59)
        shown = text_of(await town.card(photo))
        assert "逾期" not in shown
        assert "未设警示" not in shown
        await town.advance(minutes=2)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🔴 已接单")
        assert "A 当天" in shown
        assert "未设警示" in shown


async def test_a_sign_photo_in_time_spares_the_mark(tmp_path: Path) -> None:
    """The caption 警示 or 围挡好了 says what the photo is; the state stays."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await town.press("repairer01", card, "今天修不完")
        await town.photo("repairer01", "围挡好了", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡 已接单")
        assert "已设警示" in shown
        assert "中1" in shown
        await town.until(0, 1)
        assert "未设警示" not in text_of(await town.card(photo))


async def test_the_sign_of_an_unmended_case_of_three_days_is_asked_for_at_six(
    tmp_path: Path,
) -> None:
    """18:00 of day 1, not of day 2; the mark of its own at 24:00."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo, _ = await claimed(town, SMALL)
        await town.until(17, 59)
        assert not [t for t in await town.private("repairer01") if "警示标志" in t]
        await town.advance(minutes=2)
        asked = [t for t in await town.private("repairer01") if "警示标志" in t]
        assert len(asked) == 1
        await town.until(0, 1)
        shown = text_of(await town.card(photo))
        assert "未设警示" in shown
        assert "逾期" not in shown, "it has three days"
        await town.until(18, 30)
        assert len([t for t in await town.private("repairer01") if "警示标志" in t]) == 1


async def test_a_mended_case_of_three_days_is_asked_for_no_sign(tmp_path: Path) -> None:
    """Simply mended."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo, _ = await claimed(town, SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(0, 1)
        assert not [t for t in await town.private("repairer01") if "警示标志" in t]
        assert "未设警示" not in text_of(await town.card(photo))


async def test_anyone_on_the_case_makes_it_more_urgent_only_a_supervisor_less(
    tmp_path: Path,
) -> None:
    """One tap on the card: up by the officer; down by the supervisor, whom a refusal names."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        assert await town.press("officer01", card, "改为当天") == "时限等级已改，请看卡片。"
        shown = text_of(await town.card(photo))
        assert "A 当天" in shown
        assert "今日 24:00" in shown
        toast = await town.press("repairer01", card, "改为三天")
        assert toast == "危险案件要延长时限，只能由督查定"
        assert "A 当天" in text_of(await town.card(photo))
        assert await town.press("supervisor01", card, "改为三天") == "时限等级已改，请看卡片。"
        shown = text_of(await town.card(photo))
        assert "B 三天" in shown
        assert "3月12日 24:00" in shown


async def test_the_menu_gives_a_danger_no_days(tmp_path: Path) -> None:
    """改时限 offers hours alone."""
    async with city(tmp_path) as town:
        _, card = await claimed(town, CAPTION)
        await choose(town, "supervisor01", card, "改时限")
        offered = buttons(await menu(town, "supervisor01"))
        assert "24小时" in offered
        assert not any("天后" in word for word in offered)


async def test_people_of_other_cases_change_no_tier(tmp_path: Path) -> None:
    """更多 itself tells them who may."""
    async with city(tmp_path) as town:
        _, card = await claimed(town, SMALL)
        for who in ("officer02", "repairer06", "standby_west", "manager_west", "leader01"):
            assert "只有" in await town.press(who, card, "更多", settle=1), who


async def test_a_supervisor_sets_another_limit(tmp_path: Path) -> None:
    """改时限: counted from now; nobody else finds it."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, SMALL)
        await choose(town, "supervisor01", card, "改时限")
        assert buttons(await menu(town, "supervisor01"))[-3:] == ["2天后", "3天后", "7天后"]
        assert await choose(town, "supervisor01", card, "改时限", "6小时") == "时限已改，请看卡片。"
        assert "今日 15:00" in text_of(await town.card(photo))
        for who in ("officer01", "repairer01", "manager_east"):
            await town.press(who, card, "更多")
            assert "改时限" not in buttons(await menu(town, who)), who
