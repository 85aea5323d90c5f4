"""A repairer's photo without reply or number: filed, asked about, or moved afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, at_once, buttons, city, text_of
from tests.acceptance.scenes import choose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

OTHER = "鼓楼路 路灯不亮"


async def two_cases(town: City) -> tuple[int, int]:
    """Two cases that repairer01 has taken; their photos."""
    photos = []
    for caption in (SMALL, OTHER):
        photo = await town.photo("officer01", caption)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.advance(seconds=60)
        photos.append(photo)
    return photos[0], photos[1]


async def test_finishing_words_file_a_photo_under_the_only_open_case(tmp_path: Path) -> None:
    """修好了, without asking, also before the claim."""
    async with city(tmp_path) as town:
        for officer, repairer, words in (
            ("officer01", "repairer01", "修好了"),
            ("officer02", "repairer02", "完工"),
        ):
            photo = await town.photo(officer, "路沿石缺失")
            await town.photo(repairer, words, settle=6)
            assert text_of(await town.card(photo)).startswith("🔵 待查验"), words
        assert not [m for m in await town.from_bot() if "新问题" in buttons(m)]


async def test_a_number_that_is_no_case_is_not_taken_for_another_one(tmp_path: Path) -> None:
    """修好了 with a wrong number: asked, as of a photo without words."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=60)
        mended = await town.photo("repairer01", "XC-20260310-0099 修好了", settle=6)
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")
        asked = await town.replies(mended)
        assert [buttons(m) for m in asked] == [["XC-20260310-0001", "新问题"]]


async def test_a_photo_without_words_is_asked_about_once_and_filed(tmp_path: Path) -> None:
    """By the buttons XC-… / 新问题, in reply to the photo; only the one asked may answer."""
    async with city(tmp_path, change=at_once) as town:
        first, second = await two_cases(town)
        mended = await town.photo("repairer01", settle=6)
        asked = await town.replies(mended)
        assert [buttons(m) for m in asked] == [["XC-20260310-0001", "XC-20260310-0002", "新问题"]]
        assert "李强" in text_of(asked[0])
        message = asked[0]["message_id"]
        assert await town.press("repairer02", message, "新问题") == "只有李强能归入照片"
        assert await town.press("repairer01", message, "XC-20260310-0002", settle=6)
        assert text_of(await town.card(second)).startswith("🔵 待查验")
        assert text_of(await town.card(first)).startswith("🟡")
        assert (
            await town.press("repairer01", message, "新问题")
            == "没有待答复的申请，可能已经答复过了"
        )
        await town.say("officer01", "通过", reply_to=mended, settle=5)
        assert "等维修方" in text_of(await town.card(second)), "the photo belongs to the case now"


async def test_the_answer_new_opens_a_case_of_the_companys_own_patrol(tmp_path: Path) -> None:
    """新问题: the repairer is its claimer, the officer holds the patrol key."""
    async with city(tmp_path) as town:
        await two_cases(town)
        found = await town.photo("repairer01", "金城路 井盖缺失", settle=6)
        asked = (await town.replies(found))[0]
        await town.press("repairer01", asked["message_id"], "新问题", settle=6)
        shown = text_of(await town.card(found))
        assert shown.startswith("🟡 已接单 XC-20260310-0003")
        assert "公司巡查" in shown
        assert "王建国" in shown


async def test_further_photos_of_an_own_find_join_it_without_a_question(tmp_path: Path) -> None:
    """Within 30 s, by the same person, without words."""
    async with city(tmp_path) as town:
        found = await town.photo("repairer01", SMALL, settle=5)
        await town.photo("repairer01", settle=6)
        assert "前2" in text_of(await town.card(found))
        assert len(await town.from_bot()) == 1


async def test_a_photo_filed_under_the_wrong_case_is_moved(tmp_path: Path) -> None:
    """更多 → 移照片: the right case is checked, the wrong one owes its repair again."""
    async with city(tmp_path, change=at_once) as town:
        first, second = await two_cases(town)
        await town.photo("repairer01", reply_to=first, settle=6)
        assert text_of(await town.card(first)).startswith("🔵 待查验")
        card = (await town.card(first))["message_id"]
        at = (await town.now()).strftime("%H:%M")
        toast = await choose(town, "repairer01", card, "移照片", f"修好后 {at}", "XC-20260310-0002")
        assert toast == "照片已移到 XC-20260310-0002。"
        await town.advance(seconds=6)
        wrong, right = text_of(await town.card(first)), text_of(await town.card(second))
        assert wrong.startswith("🟡 已接单")
        assert "后0" in wrong
        assert right.startswith("🔵 待查验")
        assert "后1" in right
        assert await town.sheet(second)


async def test_a_moved_warning_sign_stays_a_warning_sign(tmp_path: Path) -> None:
    """It is no after-photo of the other case."""
    async with city(tmp_path) as town:
        first, second = await two_cases(town)
        await town.photo("repairer01", "警示", reply_to=first, settle=6)
        card = (await town.card(first))["message_id"]
        at = (await town.now()).strftime("%H:%M")
        await choose(town, "repairer01", card, "移照片", f"警示 {at}", "XC-20260310-0002")
        await town.advance(seconds=6)
        right, wrong = text_of(await town.card(second)), text_of(await town.card(first))
        assert right.startswith("🟡 已接单")
        assert "已设警示" in right
        assert "中1" in right
        assert "已设警示" not in wrong
        assert "中0" in wrong


async def test_a_photo_cannot_be_moved_to_a_case_of_strangers(tmp_path: Path) -> None:
    """The west's case is none of an east repairer's; nothing is half moved."""
    async with city(tmp_path, change=at_once) as town:
        first, _ = await two_cases(town)
        west = await town.photo("officer06", "人民西路 路沿石缺失")
        await town.photo("repairer01", reply_to=first, settle=6)
        card = (await town.card(first))["message_id"]
        at = (await town.now()).strftime("%H:%M")
        toast = await choose(town, "repairer01", card, "移照片", f"修好后 {at}", "XC-20260310-0003")
        assert toast.startswith("只有")
        await town.advance(seconds=6)
        assert text_of(await town.card(first)).startswith("🔵 待查验")
        assert "后1" in text_of(await town.card(first))
        assert text_of(await town.card(west)).startswith("⚪ 待对接")
        await choose(town, "repairer01", card, "移照片", f"修好后 {at}", "XC-20260310-0002")
        assert text_of(await town.card(first)).startswith("🟡 已接单")
