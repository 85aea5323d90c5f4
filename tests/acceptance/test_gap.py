"""More than a day without Telegram: what was posted then is lost, and somebody must say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.config import sample
from bot.heard import heard
from tests import databases
from tests.acceptance.city import MORNING, city
from tests.acceptance.hours import said
from tests.acceptance.scenes import fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City

ZH_SPAN = "3月10日 09:00到3月11日 15:00没有收到 Telegram 的任何消息"
LATER = MORNING + timedelta(hours=30)


async def told(town: City) -> list[str]:
    """What a supervisor heard of gaps."""
    return [text for text in await town.private("supervisor01") if "Telegram 的任何消息" in text]


async def at_work(town: City) -> Callable[[Settings], Settings]:
    """The supervisor's private chat is open before the bot comes."""
    await town.start("supervisor01")
    return lambda settings: settings


def lines(folder: Path, now: datetime) -> list[str]:
    """What `doctor` and `audit` say of it."""
    settings = databases.housed(replace(sample({}), data=folder))
    return [said.key for said in heard(settings, now)]


async def test_a_stop_of_more_than_a_day_is_told_once_with_its_span(tmp_path: Path) -> None:
    """After the start, privately; another start says nothing more; the tools name it for a week."""
    async with city(tmp_path, prepare=at_work) as town:
        assert await told(town) == []
    assert lines(tmp_path, LATER) == ["heard_long_ago"]
    async with city(tmp_path, at=LATER, prepare=at_work) as town:
        await town.advance(minutes=1)
        [gap] = await told(town)
        assert ZH_SPAN in gap
        assert "再发一次" in gap
    assert lines(tmp_path, LATER + timedelta(hours=1)) == ["heard", "heard_gap"]
    async with city(tmp_path, at=LATER + timedelta(hours=2), prepare=at_work) as town:
        await town.advance(minutes=1)
        assert await told(town) == []
    assert lines(tmp_path, LATER + timedelta(days=8)) == ["heard_long_ago"]


async def test_a_shorter_stop_is_nothing_to_speak_of(tmp_path: Path) -> None:
    """Telegram has kept everything."""
    async with city(tmp_path, prepare=at_work):
        pass
    async with city(tmp_path, at=MORNING + timedelta(hours=23), prepare=at_work) as town:
        await town.advance(minutes=1)
        assert await told(town) == []


async def test_a_network_that_was_down_for_a_day_is_told_when_it_is_back(tmp_path: Path) -> None:
    """The bot ran all the time, and every poll failed."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await fault(town, "bad_gateway", method="getUpdates", count=100_000)
        await town.advance(minutes=2)
        await town.jump(LATER)
        assert await told(town) == []
        await town.call("DELETE", "/sim/faults")
        await town.advance(minutes=2)
        [gap] = await told(town)
        assert "3月10日 09:02到3月11日 15:0" in gap


async def test_without_an_open_private_chat_a_group_hears_of_it(tmp_path: Path) -> None:
    """The supervisors are named there; silence would be worse."""
    async with city(tmp_path) as town:
        await town.say("officer01", "早上好")
        await town.jump(LATER)
        await town.advance(minutes=1)
        [gap] = await said(town, "Telegram 的任何消息")
        assert gap.chat < 0
        assert "@supervisor01" in gap.text
