"""An album is one case, whatever the order, delay or batch of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, at_once, city, is_card, reaction, text_of
from tests.acceptance.scenes import delete, edit, fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def cards(town: City) -> list[str]:
    """The texts of all cards in the group."""
    return [text_of(m) for m in await town.from_bot() if is_card(m)]


async def test_ten_photos_in_any_order_with_a_late_caption_are_one_case(tmp_path: Path) -> None:
    """The caption comes 3 s late, in another poll; a reply to the seventh photo is to the case."""
    async with city(tmp_path) as town:
        await fault(town, "reorder_album")
        await fault(town, "late_album_item", seconds=3)
        photos = await town.photos("officer01", CAPTION, count=10, settle=1.5)
        assert all("危险" not in card for card in await cards(town))
        await town.advance(seconds=8)
        (card,) = await cards(town)
        assert "检查井破损 · A 当天" in card
        assert "前10 " in card
        assert "金城路与鼓楼路口东侧" in card
        await town.say("repairer01", "收到", reply_to=photos[6], settle=6)
        (card,) = await cards(town)
        assert card.startswith("🟡 已接单")


async def test_a_late_irrelevant_tag_takes_the_albums_case_back(tmp_path: Path) -> None:
    """`#无关` on an item that comes 3 s late holds for all."""
    async with city(tmp_path) as town:
        await fault(town, "late_album_item", seconds=3)
        await town.photos("officer01", "#无关", count=3, settle=10)
        (card,) = await cards(town)
        assert card.startswith("⚫ 撤回")


async def test_a_late_irrelevant_tag_leaves_an_earlier_case_alone(tmp_path: Path) -> None:
    """An album that had joined a case leaves it again; the case stands."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", SMALL, settle=10)
        await fault(town, "late_album_item", seconds=3)
        await town.photos("officer01", "#无关 午饭", count=3, settle=10)
        (card,) = await cards(town)
        assert card.startswith("⚪ 待对接")
        assert "前1 " in card
        assert await town.card(first)


async def test_an_album_with_a_late_caption_is_not_swallowed_by_the_case_before(
    tmp_path: Path,
) -> None:
    """Further photos join only without words: the caption makes the album a case of its own."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", SMALL, settle=10)
        await fault(town, "late_album_item", seconds=3)
        await town.photos("officer01", "鼓楼路 路灯不亮", count=3, settle=12)
        assert "前1 " in text_of(await town.card(first))
        assert "路沿石" in text_of(await town.card(first))
        _, second = await cards(town)
        assert "前3 " in second
        assert "鼓楼路" in second


async def test_a_late_number_files_the_whole_album_under_that_case(tmp_path: Path) -> None:
    """The repair side's album whose number comes late is the after-photo of that case."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        await town.press("repairer01", (await town.card(photo))["message_id"], "接单")
        await town.photo("officer02", "时风路 路沿石缺失")
        await fault(town, "late_album_item", seconds=3)
        await town.photos("repairer01", "XC-20260310-0001 修好了", count=3, settle=12)
        card = text_of(await town.card(photo))
        assert card.startswith("🔵 待查验")
        assert "后3" in card


async def test_a_second_caption_in_an_album_adds_to_the_first(tmp_path: Path) -> None:
    """Words of one item do not push out those of another."""
    async with city(tmp_path) as town:
        photos = await town.photos("officer01", SMALL, count=2, media_group="77")
        await town.photo("officer01", "近处看", media_group="77", settle=6)
        card = text_of(await town.card(photos[0]))
        assert "前3 " in card
        assert "路沿石缺失 近处看" in card


async def test_the_reaction_and_the_card_of_an_album_come_once(tmp_path: Path) -> None:
    """One ✍, one card, no edit when nothing comes late."""
    async with city(tmp_path) as town:
        photos = await town.photos("officer01", SMALL, count=10, settle=5)
        marks = [reaction(await town.message(photo)) for photo in photos]
        assert "".join(marks) == "✍"
        assert "前10 " in (await cards(town))[0]
        assert not [c for c in await town.log() if c["method"].startswith("edit")]


async def test_an_edited_caption_of_a_further_photo_adds_to_the_description(
    tmp_path: Path,
) -> None:
    """It takes the place of the words only if it names a place or a defect itself."""
    async with city(tmp_path) as town:
        photos = await town.photos("officer01", SMALL, count=3, settle=6)
        await edit(town, "officer01", photos[2], caption="近处看")
        assert "路沿石缺失 近处看" in text_of(await town.card(photos[0]))
        await edit(town, "officer01", photos[0], caption="鼓楼路 树枝折断")
        assert "💬 鼓楼路 树枝折断" in text_of(await town.card(photos[0]))


async def test_a_card_is_posted_even_when_the_photo_was_deleted_meanwhile(tmp_path: Path) -> None:
    """An album's card waits a moment for the rest; the case stands without its photo."""
    async with city(tmp_path) as town:
        photos = await town.photos("officer01", SMALL, count=2, settle=0.5)
        for photo in photos:
            await delete(town, "officer01", photo)
        await town.advance(seconds=6)
        (card,) = await cards(town)
        assert "XC-20260310-0001" in card


async def test_repairers_album_with_late_finishing_words_is_the_after_photo(
    tmp_path: Path,
) -> None:
    """Nothing is asked when one case is open and a late item says that it is mended."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        await town.press("repairer01", (await town.card(photo))["message_id"], "接单")
        await fault(town, "late_album_item", seconds=0.5)
        await town.photos("repairer01", "修好了", count=3, settle=12)
        card = text_of(await town.card(photo))
        assert card.startswith("🔵 待查验")
        assert "后3" in card
        assert len(await town.from_bot()) == 2


async def test_a_late_number_takes_back_the_case_that_the_album_had_opened(tmp_path: Path) -> None:
    """An officer's further photos of a waiting case, as photos of the report."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=40)
        await fault(town, "late_album_item", seconds=3)
        await town.photos("officer01", "XC-20260310-0001 近处看", count=3, settle=12)
        first, second = await cards(town)
        assert first == text_of(await town.card(photo))
        assert "前4 中0 后0" in first
        assert second.startswith("⚫ 撤回")
