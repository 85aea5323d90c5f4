"""返工: a check that fails opens a new round; the repair clock goes on with what was left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import CAPTION, MORNING, SMALL, at_once, buttons, city, text_of
from tests.acceptance.scenes import fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def mended(town: City, caption: str = SMALL) -> int:
    """A case of officer01 that repairer01 has mended; its photo."""
    photo = await town.photo("officer01", caption)
    await town.photo("repairer01", reply_to=photo, settle=6)
    return photo


async def test_a_failed_check_opens_a_round_with_its_own_sheet(tmp_path: Path) -> None:
    """The repairer is told by a new message; the next after-photo makes a second sheet."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        first = await town.sheet(photo)
        await town.press("officer01", first["message_id"], "返工")
        assert text_of(await town.card(photo)).startswith("🟠 返工 1 XC-20260310-0001")
        told = [text_of(m) for m in await town.from_bot() if "返工 1" in text_of(m)]
        assert any("李强" in t and "请重新维修" in t for t in told)
        await town.photo("repairer01", reply_to=photo, settle=6)
        second = await town.sheet(photo)
        assert second["message_id"] != first["message_id"]
        assert "返工 1" in text_of(second)
        await town.press("officer01", second["message_id"], "查验通过")
        await town.press("repairer01", second["message_id"], "查验通过")
        card = text_of(await town.card(photo))
        assert card.startswith("🟢 已结案")
        assert "返工 1" in card


async def test_the_keys_of_an_earlier_round_are_out_of_date(tmp_path: Path) -> None:
    """Before and after the next after-photo; nothing changes."""
    async with city(tmp_path, change=at_once) as town:
        photo = await mended(town)
        first = (await town.sheet(photo))["message_id"]
        await town.press("repairer01", first, "查验通过")
        await town.press("officer01", first, "返工")
        for key in ("查验通过", "远程查验", "返工"):
            assert await town.press("officer01", first, key) == "已过时，请看最新的卡片", key
        await town.photo("repairer01", reply_to=photo, settle=6)
        for key in ("查验通过", "远程查验", "返工"):
            assert await town.press("officer01", first, key) == "已过时，请看最新的卡片", key
        card = text_of(await town.card(photo))
        assert card.startswith("🔵 待查验")
        assert "等巡查方" not in card, "a key of the failed round opens nothing"


async def test_lateness_is_judged_at_the_after_photo_of_the_round_that_passes(
    tmp_path: Path,
) -> None:
    """Mended in time, failed, and mended again after what was left of the limit: late."""
    async with city(tmp_path, at=MORNING.replace(hour=21)) as town:
        photo = await mended(town, "金城路 井盖缺失")
        await town.advance(hours=4, minutes=10)
        await town.say("officer01", "不合格", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟠"), "its clock stood while it was checked"
        assert "05:10" in shown
        await town.advance(hours=4, minutes=10)
        assert text_of(await town.card(photo)).startswith("🔴")
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "通过", reply_to=photo, settle=5)
        await town.say("repairer01", "通过", reply_to=photo, settle=5)
        assert "逾期" in text_of(await town.card(photo))


async def test_a_check_after_the_limit_does_not_make_a_repair_late(tmp_path: Path) -> None:
    """Mended before 24:00 and passed the next morning: in time."""
    async with city(tmp_path, at=MORNING.replace(hour=18)) as town:
        photo = await mended(town, "金城路 井盖缺失")
        await town.until(8)
        card = text_of(await town.card(photo))
        assert card.startswith("🔵")
        assert "逾期" not in card
        await town.say("officer01", "通过", reply_to=photo, settle=5)
        await town.say("repairer01", "通过", reply_to=photo, settle=5)
        assert "按期" in text_of(await town.card(photo))


async def test_an_after_photo_that_the_bot_saw_too_late_counts_by_its_own_time(
    tmp_path: Path,
) -> None:
    """Sent before the limit, handled after it, because the bot was away: in time, 补录."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", "金城路 井盖缺失")
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.until(23, 50)
        await fault(town, "bad_gateway", method="getUpdates")
        await town.advance(seconds=60)
        await town.photo("repairer01", reply_to=photo, settle=0)
        later = (await town.now()).replace(hour=8) + timedelta(days=1)
        await town.call("POST", "/sim/clock", {"set": later.isoformat()})
        await town.call("DELETE", "/sim/faults")
        await town.advance(minutes=2)
        card = text_of(await town.card(photo))
        assert card.startswith("🔵 待查验")
        assert "补录" in card
        assert "逾期" not in card
        await town.say("officer01", "通过", reply_to=photo, settle=5)
        await town.say("repairer01", "通过", reply_to=photo, settle=5)
        card = text_of(await town.card(photo))
        assert "按期" in card
        assert "补录" in card


async def test_a_reason_typed_after_the_word_is_told_to_the_repairer(tmp_path: Path) -> None:
    """返工，边上没压实: by who holds the patrol key; the repairer's own words order nothing."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        for who, words in (
            ("repairer01", "返工，边上没压实"),
            ("officer02", "返工，边上没压实"),
            ("officer01", "返工，不用了"),
            ("officer01", "返工 什么时候来"),
            ("officer01", "返工率太高"),
            ("officer01", "没返工"),
            ("officer01", "不用返工"),
            ("officer01", "返工没?"),
            ("officer01", "返工没"),
            ("officer01", "返工，没有？"),
            ("officer01", "返工 没有"),
            ("officer01", "没修好 还在响？"),
        ):
            await town.say(who, words, reply_to=photo, settle=3)
            assert text_of(await town.card(photo)).startswith("🔵"), (who, words)
        await town.say("officer01", "返工，边上没压实", reply_to=photo, settle=5)
        card = text_of(await town.card(photo))
        assert card.startswith("🟠 返工 1")
        assert "边上没压实" in card
        told = [text_of(m) for m in await town.from_bot() if "请重新维修" in text_of(m)]
        assert len(told) == 1
        assert "边上没压实" in told[0]


@pytest.mark.parametrize(
    ("words", "reason"),
    [("返工 没压实", "没压实"), ("返工，没压实", "没压实"), ("没修好 还在响", "还在响")],
)
async def test_a_reason_that_begins_with_a_denial_is_a_reason(
    tmp_path: Path, words: str, reason: str
) -> None:
    """What was not done is what a rework is about."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        await town.say("officer01", words, reply_to=photo, settle=5)
        card = text_of(await town.card(photo))
        assert card.startswith("🟠 返工 1")
        assert reason in card


async def test_a_rework_of_the_second_day_makes_up_for_no_reminders(tmp_path: Path) -> None:
    """What fell due while it was mended is neither told as missed nor held against anybody."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await mended(town)
        await town.until(9, 30, days=1)
        told = len(await town.private("repairer01"))
        await town.say("officer01", "返工", reply_to=photo, settle=5)
        await town.advance(minutes=1)
        said = (await town.private("repairer01"))[told:]
        assert not [t for t in said if "补发" in t]
        assert len([t for t in said if "警示标志" in t]) == 1
        assert "未设警示" not in text_of(await town.card(photo))


async def test_a_mended_danger_waits_for_no_hours_any_more(tmp_path: Path) -> None:
    """After a failed check the repairer may say 今天修不完 anew."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", CAPTION)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单")
        await town.press("repairer01", card, "今天修不完")
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert "待督查定时限" not in text_of(await town.card(photo))
        await town.say("officer01", "返工", reply_to=photo, settle=5)
        shown = await town.card(photo)
        assert "今天修不完" not in text_of(shown)
        assert "今天修不完" in buttons(shown)
