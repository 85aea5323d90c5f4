"""今日看板: one pinned, silent message a group, edited in place, coalesced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, City, Message, city, text_of

if TYPE_CHECKING:
    from pathlib import Path


async def boards(town: City) -> list[Message]:
    """The boards that stand in the group."""
    return [m for m in await town.from_bot() if "今日看板" in text_of(m)]


async def test_the_board_is_one_pinned_silent_message_that_follows_the_cases(
    tmp_path: Path,
) -> None:
    """It comes at the next step of the clock, and names what must be closed tonight."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await town.photo("officer01", SMALL, settle=40)
        assert await boards(town) == []
        await town.until(10, 1)
        (shown,) = await boards(town)
        text = text_of(shown)
        assert "今日上报 2 件 · 结案 0 件" in text
        assert "待对接 2" in text
        assert text.index("今晚必须结案 1 件") < text.index("检查井破损")
        assert text.index("其余 1 件") < text.index("路沿石缺失")
        sent = [c for c in await town.log("sendMessage") if "今日看板" in str(c)]
        assert [c["parameters"].get("disable_notification") for c in sent] == [True]
        (pin,) = await town.log("pinChatMessage")
        assert pin["parameters"]["message_id"] == shown["message_id"]
        assert pin["parameters"]["disable_notification"] is True


async def test_many_changes_are_one_edit_and_the_latest_state_wins(tmp_path: Path) -> None:
    """Twenty reports within a step edit the board once."""
    async with city(tmp_path) as town:
        await town.photo("officer01", SMALL)
        await town.until(10, 1)
        (first,) = await boards(town)
        for _ in range(20):
            await town.photo("officer02", "时风路 路沿石缺失", settle=35)
        await town.until(11, 1)
        (shown,) = await boards(town)
        assert shown["message_id"] == first["message_id"]
        assert "今日上报 21 件" in text_of(shown)
        assert "另有 15 件" in text_of(shown)
        edits = [c for c in await town.log("editMessageText") if "今日看板" in str(c["parameters"])]
        assert len(edits) == 1
        assert len(await town.log("pinChatMessage")) == 1


async def test_a_board_that_stays_the_same_is_not_edited(tmp_path: Path) -> None:
    """Steps at which nothing has changed cost no call."""
    async with city(tmp_path) as town:
        await town.photo("officer01", SMALL)
        await town.until(10, 1)
        await town.photo("officer01", "#无关")
        await town.until(12, 0)
        assert [c for c in await town.log("editMessageText") if "今日看板" in str(c)] == []


async def test_a_deleted_board_comes_back_and_is_pinned_again(tmp_path: Path) -> None:
    """Somebody cleans up the group: the next step posts a new one."""
    async with city(tmp_path) as town:
        await town.photo("officer01", SMALL)
        await town.until(10, 1)
        (first,) = await boards(town)
        path = f"/sim/chats/{town.group}/messages/{first['message_id']}"
        await town.call("DELETE", path, {"from": town.ids["supervisor01"]})
        await town.photo("officer01", SMALL)
        await town.until(11, 1)
        (shown,) = await boards(town)
        assert shown["message_id"] != first["message_id"]
        assert "今日上报 2 件" in text_of(shown)
        assert len(await town.log("pinChatMessage")) == 2


async def test_the_board_rests_at_night_and_is_true_in_the_morning(tmp_path: Path) -> None:
    """Quiet hours hold it back; at 07:00 it shows the new day, though nothing was reported."""
    async with city(tmp_path) as town:
        await town.photo("officer01", SMALL)
        await town.until(20, 30)
        before = len(await town.log("editMessageText"))
        await town.photo("officer01", SMALL)
        await town.until(6, 59)
        night = (await town.log("editMessageText"))[before:]
        assert not [c for c in night if "今日看板" in str(c["parameters"])]
        await town.until(7, 1)
        (shown,) = await boards(town)
        assert "3月11日" in text_of(shown)
        assert "今日上报 0 件" in text_of(shown)
