"""Photos in reply to a case or with its number: after-photo, sign, work, check, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import SMALL, at_once, buttons, city, reaction, text_of

if TYPE_CHECKING:
    from pathlib import Path


async def test_an_after_photo_claims_first_if_nobody_had(tmp_path: Path) -> None:
    """By the tagged repairer, a stand-in or a manager; the officer may leave."""
    async with city(tmp_path) as town:
        for officer, who, name in (
            ("officer01", "repairer01", "李强"),
            ("officer02", "standby_east", "林志远"),
            ("officer06", "manager_west", "罗刚"),
        ):
            photo = await town.photo(officer, "路沿石缺失")
            await town.photo(who, reply_to=photo, settle=6)
            shown = text_of(await town.card(photo))
            assert shown.startswith("🔵 待查验"), who
            assert "前1 中0 后1" in shown
            assert name in shown
            assert reaction(await town.message(photo)) == "🫡"
            assert await town.sheet(photo)


async def test_photos_by_others_change_nothing_and_get_a_puzzled_face(tmp_path: Path) -> None:
    """A west repairer's photo on an east case, another officer's, a reader's."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        before = text_of(await town.card(photo))
        for who in ("repairer06", "repairer02", "standby_west", "officer02", "clerk01"):
            wrong = await town.photo(who, "修好了", reply_to=photo, settle=6)
            assert text_of(await town.card(photo)) == before, who
            assert reaction(await town.message(wrong)) == "🤔", who
            assert await town.replies(wrong) == [], who
        assert len(await town.from_bot()) == 1


async def test_the_words_of_a_photo_say_what_it_shows(tmp_path: Path) -> None:
    """警示 a warning sign, 到场 and 施工中 the work, none the repair."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", "警示", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡 已接单")
        assert "已设警示" in shown
        await town.photo("repairer01", "到场", reply_to=photo, settle=5)
        assert text_of(await town.card(photo)).startswith("🟠 维修中")
        await town.photo("repairer01", "施工中", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟠 维修中")
        assert "前1 中3 后0" in shown
        await town.photo("repairer01", reply_to=photo, settle=6)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🔵 待查验")
        assert "前1 中3 后1" in shown


async def test_the_button_begins_the_work(tmp_path: Path) -> None:
    """开工 without a photo."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单")
        assert await town.press("officer01", card, "开工", settle=1) == (
            "只有李强、东城替班、东城经理能开工"
        )
        assert await town.press("repairer01", card, "开工") == "已开工。"
        assert text_of(await town.card(photo)).startswith("🟠 维修中")
        assert "开工" not in buttons(await town.card(photo))


async def test_a_number_in_the_caption_is_as_good_as_a_reply(tmp_path: Path) -> None:
    """Also in lower case; by somebody who may not claim it, it changes nothing."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        wrong = await town.photo("repairer06", "XC-20260310-0001 修好了", settle=6)
        assert reaction(await town.message(wrong)) == "🤔"
        assert text_of(await town.card(photo)).startswith("⚪")
        await town.photo("repairer01", "xc-20260310-0001", settle=6)
        assert text_of(await town.card(photo)).startswith("🔵 待查验")
        assert len([m for m in await town.from_bot() if "XC-20260310-0002" in text_of(m)]) == 0


@pytest.mark.parametrize("words", ["", "洞很深，请看"])
async def test_an_officers_photo_is_never_an_after_photo(tmp_path: Path, words: str) -> None:
    """Before the claim more 前, during the repair one of the work, at the check a check photo."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        await town.advance(seconds=40)
        more = [await town.photo("officer01", words, reply_to=photo, settle=5)]
        shown = text_of(await town.card(photo))
        assert shown.startswith("⚪ 待对接")
        assert "前2 中0 后0" in shown
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        more.append(await town.photo("officer01", words, reply_to=photo, settle=5))
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡 已接单")
        assert "前2 中1 后0" in shown
        await town.photo("repairer01", reply_to=photo, settle=6)
        more.append(await town.photo("officer01", words, reply_to=photo, settle=5))
        shown = text_of(await town.card(photo))
        assert shown.startswith("🔵 待查验")
        assert "前2 中1 后2" in shown
        for each in more:
            assert reaction(await town.message(each)) != "🤔"
        sheets = [m for m in await town.from_bot() if "photo" in m]
        assert len(sheets) == 1


async def test_a_sheet_replies_to_the_report_tags_the_patrol_side_and_has_the_keys(
    tmp_path: Path,
) -> None:
    """Number, place, who mended it and when are in its caption."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.advance(minutes=30)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = await town.sheet(photo)
        caption = text_of(sheet)
        assert "XC-20260310-0001" in caption
        assert "金城路" in caption
        assert "李强 3月10日 09:30" in caption
        assert "王建国" in caption
        tagged = [e for e in sheet["caption_entities"] if e["type"] == "text_mention"]
        assert [e["user"]["id"] for e in tagged] == [town.ids["officer01"]]
        assert buttons(sheet) == ["查验通过", "远程查验", "返工"]
        size = max(sheet["photo"], key=lambda p: p["width"])
        assert size["width"] > size["height"], "two photos side by side"


async def test_a_sheet_without_a_readable_before_photo_has_a_placeholder(tmp_path: Path) -> None:
    """The case goes on all the same, and its card asks for the photo again."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, field="document", data=b"\xff\xd8 broken")
        await town.advance(seconds=30)
        assert "照片打不开，请重发" in text_of(await town.card(photo))
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = await town.sheet(photo)
        await town.press("officer01", sheet["message_id"], "查验通过")
        await town.press("repairer01", sheet["message_id"], "查验通过")
        assert text_of(await town.card(photo)).startswith("🟢")


async def test_a_forwarded_photo_never_acts(tmp_path: Path) -> None:
    """Whatever number it carries: it opens a case of its own, marked 转发."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        again = await town.photo(
            "repairer01", "XC-20260310-0001 修好了", forward_from="李强", settle=6
        )
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")
        assert "转发" in text_of(await town.card(again))


async def test_a_second_after_photo_joins_the_check(tmp_path: Path) -> None:
    """One sheet a round; an album is one after-photo act."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photos("repairer01", "修好了", reply_to=photo, count=3, settle=8)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert "后4" in text_of(await town.card(photo))
        assert len([m for m in await town.from_bot() if "photo" in m]) == 1


async def test_a_photo_on_a_closed_case_changes_nothing(tmp_path: Path) -> None:
    """It gets the puzzled face."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "通过", reply_to=photo, settle=5)
        await town.say("repairer01", "通过", reply_to=photo, settle=5)
        closed = text_of(await town.card(photo))
        late = await town.photo("repairer01", reply_to=photo, settle=6)
        assert reaction(await town.message(late)) == "🤔"
        assert text_of(await town.card(photo)) == closed


async def test_a_photo_that_says_it_is_not_done_is_no_after_photo(tmp_path: Path) -> None:
    """还没修好, 明天修完 and 修好了吗 show the work at most; no check is opened."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        for words in ("还没修好", "明天修完", "修好了吗", "快修好了"):
            shot = await town.photo("repairer01", words, reply_to=photo, settle=6)
            assert text_of(await town.card(photo)).startswith("🟠 维修中"), words
            assert reaction(await town.message(shot)) != "🤔"
        assert "前1 中4 后0" in text_of(await town.card(photo))
        alone = await town.photo("repairer01", "还没修好", settle=6)
        assert ["新问题" in buttons(m) for m in await town.replies(alone)] == [True]
