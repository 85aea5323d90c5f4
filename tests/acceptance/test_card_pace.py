"""What a newer message says already needs no edit of its own; the card follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import MORNING, SMALL, City, buttons, city, text_of
from tests.acceptance.scenes import choose

if TYPE_CHECKING:
    from pathlib import Path


async def edits(town: City, photo: int) -> int:
    """How often the card of a case was edited."""
    card = (await town.card(photo))["message_id"]
    calls = await town.log("editMessageText")
    return sum(call["parameters"]["message_id"] == card for call in calls)


async def mended(town: City) -> int:
    """A case that waits for its check; the photo that opened it."""
    photo = await town.photo("officer01", SMALL)
    card = await town.card(photo)
    await town.press("repairer01", card["message_id"], "接单")
    await town.photo("repairer01", "修好了", reply_to=photo, settle=10)
    return photo


async def test_the_sheet_speaks_first_and_the_card_follows_in_time(tmp_path: Path) -> None:
    """Nobody checks: after a quarter of an hour the card says so, too."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        assert buttons(await town.sheet(photo))[0] == "查验通过"
        assert await edits(town, photo) == 1
        await town.advance(minutes=16)
        assert text_of(await town.card(photo)).startswith("🔵 待查验")
        assert await edits(town, photo) == 2


async def test_two_keys_turned_together_are_one_edit(tmp_path: Path) -> None:
    """An undisturbed case costs two messages and two edits: taken, and closed."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过", settle=8)
        await town.press("repairer01", sheet, "查验通过")
        assert text_of(await town.card(photo)).startswith("🟢 已结案")
        assert await edits(town, photo) == 2
        assert len(await town.replies(photo)) == 2


async def test_a_key_alone_is_shown_after_half_a_minute_and_can_be_undone(tmp_path: Path) -> None:
    """The other side is not there: the card says who has checked, with the way back."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过", settle=35)
        card = await town.card(photo)
        assert text_of(card).startswith("🔵 待查验")
        assert "撤销" in buttons(card)
        assert await edits(town, photo) == 2


async def test_a_key_taken_back_before_the_card_showed_it_is_no_edit(tmp_path: Path) -> None:
    """The card stands as it should; the next change is shown."""
    async with city(tmp_path) as town:
        photo = await mended(town)
        await town.advance(minutes=16)
        before = await town.card(photo)
        sheet, card = (await town.sheet(photo))["message_id"], before["message_id"]
        await town.press("officer01", sheet, "查验通过")
        assert await choose(town, "officer01", card, "撤销") == "已撤销，恢复原样。"
        await town.advance(minutes=3)
        assert await edits(town, photo) == 2
        assert await town.card(photo) == before
        await town.press("officer01", sheet, "查验通过", settle=35)
        assert "等维修方" in text_of(await town.card(photo))
        assert await edits(town, photo) == 3


async def test_nothing_of_a_case_waits_for_its_card(tmp_path: Path) -> None:
    """A rework reaches the repairer at once, though an edit was still waiting."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await mended(town)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "返工", settle=6)
        menu = (await town.messages("officer01"))[-1]
        await town.press("officer01", menu["message_id"], buttons(menu)[0], settle=6)
        assert text_of(await town.card(photo)).startswith("🟠 返工")
        assert any("返工" in text for text in await town.private("repairer01"))


async def test_the_card_of_a_late_report_asks_for_the_sign_itself(tmp_path: Path) -> None:
    """After 18:00 the sign is owed today: the card says until when, no second message does."""
    async with city(tmp_path, at=MORNING.replace(hour=18, minute=20)) as town:
        await town.start("repairer01")
        photo = await town.photo("officer01", SMALL)
        assert "警示标志 今日 24:00" in text_of(await town.card(photo))
        await town.advance(minutes=40)
        assert not [text for text in await town.private("repairer01") if "警示" in text]
        await town.until(0, 1)
        assert "未设警示" in text_of(await town.card(photo))
