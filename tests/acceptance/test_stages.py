"""分段时限: guarding, repair and restoring, each with its own limit and its own photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import at_once, city, text_of
from tests.acceptance.scenes import choose
from tests.acceptance.test_extensions import answer
from tests.acceptance.test_limits import with_button

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

BURST = "金城路 自来水爆管"
"""Three urgent hours to guard it, eight to mend it, five working days for the road."""


async def limit(town: City, photo: int) -> str:
    """The limit line of a case's card, without its countdown."""
    lines = text_of(await town.card(photo)).splitlines()
    return next(line for line in lines if line[0] in "⏳⏸").partition("（截止")[0]


async def guarded(town: City) -> int:
    """A burst main, fenced off an hour after the report; its photo."""
    photo = await town.photo("officer01", BURST)
    await town.until(10)
    await town.photo("repairer01", "围挡好了", reply_to=photo, settle=6)
    return photo


async def test_each_stage_has_its_limit_and_starts_at_the_photo_of_the_one_before(
    tmp_path: Path,
) -> None:
    """The last photo opens the joint check; all stages in time: in time."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", BURST)
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚪ 待对接 XC-20260310-0001 供排水管爆裂 · A 当天")
        assert "📏 " in shown
        assert await limit(town, photo) == "⏳ 现场围护（1/3） 今日 12:00"
        await town.until(10)
        await town.photo("repairer01", "围挡好了", reply_to=photo, settle=6)
        assert text_of(await town.card(photo)).startswith("🟡 已接单")
        assert await limit(town, photo) == "⏳ 抢修（2/3） 今日 18:00"
        await town.until(17)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert text_of(await town.card(photo)).startswith("🟠 维修中")
        assert await limit(town, photo) == "⏳ 恢复原状（3/3） 3月17日 17:00"
        await town.until(15, days=5)
        await town.photo("repairer01", reply_to=photo, settle=6)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🔵 待查验")
        assert "维修停表，剩 10 工作时" in shown or "维修停表，剩 9 工作时 59 分" in shown
        for who in ("officer01", "repairer01"):
            await town.say(who, "通过", reply_to=photo, settle=5)
        assert "按期" in text_of(await town.card(photo))


async def test_a_stage_that_was_late_counts_although_the_others_were_not(tmp_path: Path) -> None:
    """Red while it is owed; then a mark, and late in the end."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", BURST)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.until(12, 1)
        assert text_of(await town.card(photo)).startswith("🔴 已接单")
        await town.photo("repairer01", "警示", reply_to=photo, settle=6)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡 已接单")
        assert "前段逾期" in shown
        for _ in range(2):
            await town.advance(minutes=5)
            await town.photo("repairer01", reply_to=photo, settle=6)
        assert text_of(await town.card(photo)).startswith("🔵 待查验")
        for who in ("officer01", "repairer01"):
            await town.say(who, "通过", reply_to=photo, settle=5)
        assert "逾期" in text_of(await town.card(photo)).splitlines()[1]


async def test_further_photos_of_one_stage_do_not_end_the_next(tmp_path: Path) -> None:
    """An album, and single photos within moments; work in progress ends nothing either."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", BURST)
        await town.photo("repairer01", reply_to=photo, count=3, settle=6)
        assert "抢修（2/3）" in await limit(town, photo)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert "抢修（2/3）" in await limit(town, photo)
        await town.advance(minutes=5)
        await town.photo("repairer01", "施工中", reply_to=photo, settle=6)
        assert "抢修（2/3）" in await limit(town, photo)
        assert "📷 前1 中5 后0" in text_of(await town.card(photo))
        await town.advance(minutes=5)
        await town.photo("repairer01", "修好了", reply_to=photo, settle=6)
        assert "恢复原状（3/3）" in await limit(town, photo)


async def test_a_stage_that_ended_by_mistake_is_taken_back(tmp_path: Path) -> None:
    """撤销 by the repairer: the stage and its limit are as before."""
    async with city(tmp_path) as town:
        photo = await guarded(town)
        card = (await town.card(photo))["message_id"]
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert await limit(town, photo) == "⏳ 现场围护（1/3） 今日 12:00"
        await town.photo("repairer01", "围挡好了", reply_to=photo, settle=6)
        await town.advance(minutes=5)
        before = await limit(town, photo)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert "恢复原状（3/3）" in await limit(town, photo)
        card = (await town.card(photo))["message_id"]
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        assert await limit(town, photo) == before


async def test_the_sign_of_what_cannot_be_done_today_takes_no_question_back(
    tmp_path: Path,
) -> None:
    """今天修不完 asks for the sign; its photo ends the guarding, not the question for hours."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", BURST)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.press("repairer01", (await town.card(photo))["message_id"], "今天修不完")
        await town.photo("repairer01", "警示", reply_to=photo, settle=6)
        shown = text_of(await town.card(photo))
        assert "抢修（2/3）" in shown
        assert "待督查定时限" in shown
        asked = await with_button(town, "24小时")
        await town.press("supervisor01", asked["message_id"], "24小时")
        assert await limit(town, photo) == "⏳ 抢修（2/3） 3月11日 09:00"


async def test_a_rework_goes_on_with_the_last_stage(tmp_path: Path) -> None:
    """And with what was left of it."""
    async with city(tmp_path) as town:
        photo = await guarded(town)
        for _ in range(2):
            await town.advance(minutes=5)
            await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "返工", reply_to=photo, settle=5)
        assert "恢复原状（3/3）" in await limit(town, photo)
        assert text_of(await town.card(photo)).startswith("🟠 返工 1")


async def test_a_limit_of_its_own_can_be_extended_by_itself(tmp_path: Path) -> None:
    """The repair's eight hours once more; hours by a supervisor hold for the running stage."""
    async with city(tmp_path) as town:
        photo = await guarded(town)
        await town.say("repairer01", "延期 等材料", reply_to=photo, settle=5)
        assert await answer(town, "同意") == "已同意延期。"
        assert await limit(town, photo) == "⏳ 抢修（2/3） 3月11日 02:00"
        card = (await town.card(photo))["message_id"]
        await choose(town, "supervisor01", card, "改时限", "2小时")
        assert await limit(town, photo) == "⏳ 抢修（2/3） 今日 12:00"
        await town.advance(minutes=1)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert "恢复原状（3/3）" in await limit(town, photo)


async def test_a_supervisor_may_make_it_one_limit(tmp_path: Path) -> None:
    """Stages hold in the category's own tier; raised again, what was guarded stays guarded."""
    async with city(tmp_path) as town:
        photo = await guarded(town)
        card = (await town.card(photo))["message_id"]
        await town.press("supervisor01", card, "改为三天")
        assert await limit(town, photo) == "⏳ 维修 3月12日 24:00"
        await town.press("officer01", card, "改为当天")
        assert await limit(town, photo) == "⏳ 抢修（2/3） 今日 18:00"


async def test_words_that_name_a_dangerous_category_raise_the_case(tmp_path: Path) -> None:
    """A photo first, 自来水爆管 a moment later: A, in its first stage."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", "金城路 路沿石缺失")
        assert await limit(town, photo) == "⏳ 维修 3月12日 24:00"
        card = (await town.card(photo))["message_id"]
        await choose(town, "officer01", card, "改类别", "市政设施", "供排水管爆裂")
        assert text_of(await town.card(photo)).splitlines()[0].endswith("供排水管爆裂 · A 当天")
        assert await limit(town, photo) == "⏳ 现场围护（1/3） 今日 12:00"
