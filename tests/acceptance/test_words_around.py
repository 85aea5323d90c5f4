"""Words before and after a photo complete it; words that answer or chat attach nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, city, text_of
from tests.acceptance.scenes import edit, replace_photo

if TYPE_CHECKING:
    from pathlib import Path


async def test_words_within_a_minute_before_the_photo_belong_to_it(tmp_path: Path) -> None:
    """At 55 s they do, at 65 s they do not."""
    async with city(tmp_path) as town:
        await town.say("officer01", CAPTION, settle=55)
        photo = await town.photo("officer01")
        assert "检查井破损 · A 当天" in text_of(await town.card(photo))
        await town.say("officer02", "时风路 井盖破损 危险", settle=65)
        late = await town.photo("officer02")
        assert "B 三天" in text_of(await town.card(late))
        assert "井盖" not in text_of(await town.card(late))


async def test_words_before_serve_one_photo_only(tmp_path: Path) -> None:
    """A second photo, later than those that join, does not get them again."""
    async with city(tmp_path) as town:
        await town.say("officer01", CAPTION, settle=5)
        await town.photo("officer01", settle=35)
        second = await town.photo("officer01")
        assert "井盖" not in text_of(await town.card(second))


async def test_words_within_two_minutes_after_the_photo_belong_to_it(tmp_path: Path) -> None:
    """At 115 s they do, at 125 s they do not."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", settle=115)
        await town.say("officer01", "鼓楼路 路灯不亮", settle=6)
        assert "鼓楼路" in text_of(await town.card(photo))
        late = await town.photo("officer02", settle=125)
        await town.say("officer02", "时风路 路灯不亮", settle=6)
        assert "时风路" not in text_of(await town.card(late))


async def test_talk_attaches_nothing(tmp_path: Path) -> None:
    """Neither before nor after the photo, nor words of somebody else."""
    async with city(tmp_path) as town:
        await town.say("officer01", "我先吃饭", settle=5)
        photo = await town.photo("officer01", settle=5)
        for who, words in (
            ("officer01", "我先吃饭"),
            ("officer01", "好的"),
            ("officer01", "这是谁的"),
            ("officer02", "鼓楼路 路灯不亮"),
        ):
            await town.say(who, words, settle=5)
        card = text_of(await town.card(photo))
        assert "💬" not in card
        assert not [c for c in await town.log() if c["method"].startswith("edit")]


async def test_words_about_another_danger_do_not_raise_a_described_case(tmp_path: Path) -> None:
    """They wait for the photo that follows."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", SMALL, settle=50)
        await town.say("officer01", "时风路 护栏缺失 危险", settle=5)
        second = await town.photo("officer01", settle=6)
        assert "B 三天" in text_of(await town.card(first))
        assert "A 当天" in text_of(await town.card(second))


async def test_a_danger_said_after_the_photo_raises_its_case(tmp_path: Path) -> None:
    """Words of danger alone, two minutes at most after the photo."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", "金城路 井盖", settle=20)
        await town.say("officer01", "井盖没了 危险", settle=6)
        assert "A 当天" in text_of(await town.card(photo))


async def test_a_voice_message_is_kept_as_description(tmp_path: Path) -> None:
    """After the photo, and before it; a reply to it is a reply to the case."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=20)
        voice = await town.photo("officer01", field="voice", data=b"OggS", settle=6)
        assert "🎤" in text_of(await town.card(photo))
        await town.say("repairer01", "收到", reply_to=voice, settle=6)
        assert text_of(await town.card(photo)).startswith("🟡")
        before = await town.photo("officer02", field="voice", data=b"OggS", settle=20)
        second = await town.photo("officer02", settle=6)
        assert "🎤" in text_of(await town.card(second))
        await town.say("repairer02", "收到", reply_to=before, settle=6)
        assert text_of(await town.card(second)).startswith("🟡")


async def test_an_edited_caption_updates_the_case_until_it_is_taken(tmp_path: Path) -> None:
    """Later it is a note; it never lowers the tier."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", "金城路 井盖破损 危险", settle=60)
        await edit(town, "officer01", photo, caption="鼓楼路 树枝折断")
        card = text_of(await town.card(photo))
        assert "鼓楼路" in card
        assert "A 当天" in card
        await town.press("repairer01", (await town.card(photo))["message_id"], "接单")
        await edit(town, "officer01", photo, caption="官道街 路灯不亮")
        card = text_of(await town.card(photo))
        assert "鼓楼路" in card
        assert "官道街" not in card


async def test_an_edit_of_the_words_before_the_photo_reaches_the_case(tmp_path: Path) -> None:
    """They are the case's words, wherever they stood."""
    async with city(tmp_path) as town:
        words = await town.say("officer01", "金城路 路灯不亮", settle=5)
        photo = await town.photo("officer01", settle=5)
        await edit(town, "officer01", words, text="鼓楼路 路灯不亮")
        assert "鼓楼路" in text_of(await town.card(photo))


async def test_a_replaced_photo_is_added_and_the_first_one_stays(tmp_path: Path) -> None:
    """Two photos of one message, both kept as originals."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        await replace_photo(town, "officer01", photo)
        assert "前2 " in text_of(await town.card(photo))
        assert len([p for p in (tmp_path / "photos").rglob("*") if p.is_file()]) == 2


async def test_an_edited_text_never_acts(tmp_path: Path) -> None:
    """收到 written over other words takes nothing."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        said = await town.say("repairer01", "哪里", reply_to=photo)
        await edit(town, "repairer01", said, text="收到")
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")


async def test_words_after_the_photo_count_even_when_the_case_is_taken_already(
    tmp_path: Path,
) -> None:
    """A quick repairer does not cost the case its description; the people stay."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", settle=5)
        await town.press("repairer01", (await town.card(photo))["message_id"], "接单", settle=20)
        await town.say("officer01", "东关街12号 井盖破损 危险", settle=6)
        card = text_of(await town.card(photo))
        assert card.startswith("🟡 已接单 XC-20260310-0001 检查井破损 · A 当天")
        assert "东关街12号 · 2号网格" in card
        assert "李强" in card


async def test_words_after_a_company_patrol_photo_describe_it(tmp_path: Path) -> None:
    """Such a case is taken from the start; the officer of the place named checks it."""
    async with city(tmp_path) as town:
        photo = await town.photo("repairer01", settle=10)
        await town.say("repairer01", "东关街 路灯不亮", settle=6)
        card = text_of(await town.card(photo))
        assert "东关街 · 2号网格" in card
        assert "赵志强" in card


async def test_words_about_another_defect_wait_for_its_photo(tmp_path: Path) -> None:
    """They name another place or another kind than the case that is described already."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", "路沿石缺失", settle=40)
        await town.say("officer01", "鼓楼路 路灯不亮", settle=5)
        second = await town.photo("officer01", settle=6)
        assert "路沿石" in text_of(await town.card(first))
        assert "鼓楼路" not in text_of(await town.card(first))
        assert "鼓楼路" in text_of(await town.card(second))
