"""Last words are kept for minutes only, because a photo may follow; then they are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import databases
from tests.acceptance.city import city

if TYPE_CHECKING:
    from pathlib import Path


def kept(folder: Path) -> list[str]:
    """The last words in the database."""
    return [text for (text,) in databases.rows(folder, "SELECT text FROM words")]


async def test_last_words_are_deleted_after_three_minutes(tmp_path: Path) -> None:
    """A stranger's are never kept."""
    async with city(tmp_path) as town:
        path = f"/sim/chats/{town.group}/members"
        await town.call("POST", path, {"user": town.ids["citizen01"], "action": "add"})
        await town.say("officer01", "鼓楼路 路灯不亮")
        await town.say("citizen01", "时风路 路灯不亮")
        assert kept(tmp_path) == ["鼓楼路 路灯不亮"]
        await town.advance(minutes=4)
        assert kept(tmp_path) == []
