"""The office writes another roster or another group between two lives of the bot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.acceptance.city import (
    CAPTION,
    SMALL,
    at_work,
    buttons,
    is_card,
    text_of,
    waiting,
)
from tests.acceptance.hours import said
from tests.acceptance.scenes import taken

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City


def other(settings: Settings, who: str, **changes: Any) -> Settings:
    """The settings in which one person stands otherwise."""
    people = tuple(
        replace(one, **changes) if one.username == who else one for one in settings.people
    )
    return replace(settings, people=people)


def without(settings: Settings, username: str) -> Settings:
    """The settings without one person."""
    return replace(settings, people=tuple(p for p in settings.people if p.username != username))


async def test_who_has_another_username_goes_on_with_it(tmp_path: Path) -> None:
    """In Telegram and in the roster; the supervisors see that the account was bound to it."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            await town.start("supervisor01")
            await town.photo("officer01", SMALL, settle=90)
        await town.call("PATCH", f"/sim/people/{town.ids['officer01']}", {"username": "wang_jg"})
        async with at_work(other(settings, "officer01", username="wang_jg"), clock):
            photo = await town.photo("officer01", CAPTION)
            assert "XC-20260310-0002" in text_of(await town.card(photo))
            assert "wang_jg" in (await town.private("supervisor01"))[-1]


async def test_who_repairs_no_more_is_asked_for_no_repair(tmp_path: Path) -> None:
    """The claimer patrols now: the stand-in is asked for the sign at 18:00, and may act."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            await taken(town)
            await town.advance(seconds=90)
        changed = other(without(settings, "officer01"), "repairer01", company="", grid=1)
        changed = other(changed, "repairer01", role="officer", pair="repairer06")
        async with at_work(changed, clock):
            await town.until(18, 1)
            (sign,) = await said(town, "警示", chat=town.group)
            assert sign.text.startswith("林志远 @standby_east\n")


async def test_who_left_is_asked_for_no_key(tmp_path: Path) -> None:
    """The patrol key is turned: the stand-in is asked for the other one."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            await town.start("standby_east")
            photo = await taken(town)
            await town.photo("repairer01", "修好了", reply_to=photo, settle=10)
            sheet = (await town.sheet(photo))["message_id"]
            await town.press("officer01", sheet, "查验通过")
        changed = other(without(settings, "repairer01"), "officer01", pair="repairer06")
        async with at_work(changed, clock):
            await town.advance(minutes=40)
            assert "查验" in (await town.private("standby_east"))[-1]
            assert await town.press("standby_east", sheet, "查验通过") == "双方查验通过，已结案。"


async def another_group(town: City) -> int:
    """A group of the same people, with the bot for an admin."""
    people = [who for name, who in town.ids.items() if not name.startswith("citizen")]
    body = {"title": "新巡查群", "members": people, "admins": [town.bot]}
    made: int = (await town.call("POST", "/sim/chats", body))["id"]
    return made


async def test_open_cases_go_on_in_the_group_that_takes_the_place_of_theirs(tmp_path: Path) -> None:
    """With a new card each; nobody is told that the bot was thrown out of the old one."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            await town.start("supervisor01")
            await town.photo("officer01", SMALL, settle=90)
        old, town.group = town.group, await another_group(town)
        group, *others = settings.groups
        written = replace(settings, groups=(replace(group, chat=town.group), *others))
        async with at_work(written, clock):
            await town.advance(seconds=10)
            (card,) = [one for one in await town.from_bot() if is_card(one)]
            assert "接单" in buttons(card)
            toast = await town.press("repairer01", card["message_id"], "接单")
            assert toast.startswith("接单成功")
            await town.say("officer02", "在吗", chat=old)
            await town.advance(seconds=10)
            assert "移出" not in " ".join(await town.private("supervisor01"))
        town.group = old
        for action in ("add", "promote"):
            body = {"user": town.bot, "action": action}
            await town.call("POST", f"/sim/chats/{old}/members", body)
        async with at_work(settings, clock):
            await town.advance(seconds=10)
            newest = [one for one in await town.from_bot() if is_card(one)][-1]
            assert text_of(newest).startswith("🟡 已接单 XC-20260310-0001")
