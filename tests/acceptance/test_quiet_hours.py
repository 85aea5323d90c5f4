"""20:00-07:00: the bot keeps to itself, but never holds back the answer to a person's act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, MORNING, SMALL, city, reaction, text_of
from tests.acceptance.hours import clocks, said

if TYPE_CHECKING:
    from pathlib import Path

NIGHT = MORNING.replace(hour=21)


async def test_a_card_of_the_night_lets_the_officer_go_at_once(tmp_path: Path) -> None:
    """It is silent, and its ladder starts at 07:00."""
    async with city(tmp_path, at=NIGHT) as town:
        photo = await town.photo("officer01", SMALL)
        assert "可撤场（夜间登记）" in text_of(await town.card(photo))
        (card,) = await said(town, "待对接")
        assert not card.loud
        await town.until(7, 11)
        told = await said(town, "没有人接单")
        assert [one.clock for one in told] == ["07:05", "07:07", "07:10"]
        assert all(one.loud for one in told)


async def test_a_danger_sounds_and_climbs_at_any_hour(tmp_path: Path) -> None:
    """No officer is let go by himself, and nobody sleeps over it."""
    async with city(tmp_path, at=NIGHT) as town:
        photo = await town.photo("officer01", CAPTION)
        assert "可撤场" not in text_of(await town.card(photo))
        await town.advance(minutes=11)
        told = await said(town, "XC-", chat=town.group)
        assert [one.clock for one in told] == ["21:00", "21:05", "21:07", "21:10"]
        assert all(one.loud for one in told)


async def test_a_card_of_the_night_that_turns_out_a_danger_climbs_from_then(tmp_path: Path) -> None:
    """The photo came first and the words half a minute later: nobody is let go."""
    async with city(tmp_path, at=NIGHT) as town:
        photo = await town.photo("officer01", settle=30)
        assert "可撤场" in text_of(await town.card(photo))
        await town.say("officer01", "金城路 井盖缺失 危险", settle=5)
        assert "A 当天" in text_of(await town.card(photo))
        assert "可撤场" not in text_of(await town.card(photo))
        await town.advance(minutes=11)
        told = await said(town, "没有人接单")
        assert [one.clock for one in told] == ["21:05", "21:08", "21:10"]
        assert all(one.loud for one in told)


async def test_acts_are_answered_at_night_without_a_sound(tmp_path: Path) -> None:
    """Card, reaction, toast and sheet come at once."""
    async with city(tmp_path, at=NIGHT) as town:
        photo = await town.photo("officer01", SMALL)
        card = await town.card(photo)
        assert await town.press("repairer01", card["message_id"], "接单")
        assert reaction(await town.message(photo)) == "🫡"
        assert text_of(await town.card(photo)).startswith("🟡")
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert await town.sheet(photo)
        assert [one.loud for one in await said(town, chat=town.group)] == [False, False]


async def test_by_day_cards_and_sheets_sound(tmp_path: Path) -> None:
    """From 07:00 to 20:00."""
    async with city(tmp_path, at=MORNING.replace(hour=7)) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert [one.loud for one in await said(town, chat=town.group)] == [True, True]


async def test_a_rework_at_night_is_told_at_once_and_silently(tmp_path: Path) -> None:
    """It answers the officer's act."""
    async with city(tmp_path, at=NIGHT) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "返工", reply_to=photo)
        (told,) = await said(town, "查验没通过")
        assert told.clock == "21:00"
        assert not told.loud


async def test_a_ladder_that_reaches_the_evening_goes_on_in_the_morning(tmp_path: Path) -> None:
    """A small case of 19:53: stand-in at 19:58, then nobody before 07:00, one after another."""
    async with city(tmp_path, at=MORNING.replace(hour=19, minute=53)) as town:
        await town.photo("officer01", SMALL)
        await town.until(7, 23)
        assert await clocks(town, "没有人接单") == ["19:58", "07:00", "07:02", "07:12", "07:22"]


async def test_a_small_check_waits_for_the_morning(tmp_path: Path) -> None:
    """Reminders of a check are the bot's own; so they keep quiet."""
    async with city(tmp_path, at=MORNING.replace(hour=19, minute=45)) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(7, 1)
        assert await clocks(town, "请到现场查验：") == ["07:00"]


async def test_a_step_put_off_by_the_night_is_said_when_the_case_becomes_a_danger(
    tmp_path: Path,
) -> None:
    """At once, as a step of the ladder: the bot was not away."""
    async with city(tmp_path, at=MORNING.replace(hour=19, minute=54)) as town:
        photo = await town.photo("officer01", SMALL)
        await town.until(22)
        assert await clocks(town, "没有人接单") == ["19:59"]
        await town.press("officer01", (await town.card(photo))["message_id"], "改为当天")
        assert set(await clocks(town, "没有人接单")) == {"19:59", "22:00"}
        assert not await clocks(town, "补发")
