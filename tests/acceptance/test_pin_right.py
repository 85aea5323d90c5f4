"""The right to pin the board: its lack is told once, and what could not be pinned is, later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, City, city

if TYPE_CHECKING:
    from pathlib import Path

TOLD = "我没有置顶权限，今日看板没有置顶。请给我“置顶消息”权限。"


async def rights(town: City, *without: str) -> None:
    """Make the bot an administrator without these rights."""
    body = {"user": town.bot, "action": "promote", "without": list(without)}
    await town.call("POST", f"/sim/chats/{town.group}/members", body)
    await town.advance(seconds=3)


async def pins(town: City) -> list[bool]:
    """Whether each attempt to pin succeeded."""
    return [call["error"] is None for call in await town.log("pinChatMessage")]


async def test_the_supervisors_are_told_once_and_it_is_pinned_with_the_right(
    tmp_path: Path,
) -> None:
    """Privately; the board itself is there all the time, and is tried once a day."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await rights(town, "can_pin_messages")
        await town.photo("officer01", SMALL)
        await town.until(10, 1)
        assert await pins(town) == [False]
        assert (await town.private("supervisor01")).count(TOLD) == 1
        await town.photo("officer01", SMALL)
        await town.until(11, 1)
        assert await pins(town) == [False]
        await town.until(7, 5)
        assert await pins(town) == [False, False]
        assert (await town.private("supervisor01")).count(TOLD) == 1
        await rights(town)
        assert await pins(town) == [False, False, True]


async def test_a_board_that_stands_pinned_is_not_pinned_again(tmp_path: Path) -> None:
    """Neither the next morning nor when the rights change."""
    async with city(tmp_path) as town:
        await town.photo("officer01", SMALL)
        await town.until(10, 1)
        assert await pins(town) == [True]
        await town.until(7, 5)
        await rights(town)
        assert await pins(town) == [True]
