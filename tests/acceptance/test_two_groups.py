"""A city with several groups: each hears of its own cases, and none instead of another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.acceptance.city import MORNING, SMALL, city
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City

NIGHT = MORNING.replace(hour=21)
OTHER = "-4000777"


async def two_groups(town: City) -> Callable[[Settings], Settings]:
    """A second group with the same people."""
    people = [who for name, who in town.ids.items() if not name.startswith("citizen")]
    body = {"title": "城东群", "members": people, "admins": [town.bot]}
    town.ids[OTHER] = (await town.call("POST", "/sim/chats", body))["id"]

    def configure(settings: Settings) -> Settings:
        group = settings.groups[0]
        return replace(settings, groups=(group, replace(group, chat=town.ids[OTHER])))

    return configure


async def test_steps_of_one_moment_are_told_in_both_groups(tmp_path: Path) -> None:
    """The night held back both cases; the same people hear of each where it lies."""
    async with city(tmp_path, at=NIGHT, prepare=two_groups) as town:
        chats = (town.group, town.ids[OTHER])
        for chat in chats:
            await town.photo("officer01", SMALL, chat=chat)
        await town.until(7, 11)
        for chat in chats:
            told = [one.clock for one in await said(town, "没有人接单", chat=chat)]
            assert told == ["07:05", "07:07", "07:10"]
