"""A case without a single press: photo, words, 收到, photo in reply, 通过 and 通过."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, at_once, buttons, city, is_card, reaction, text_of

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_case_lives_from_photo_to_close_by_words_alone(tmp_path: Path) -> None:
    """One card, one sheet; one edit more than with a caption, for the words that came later."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01")
        await town.say("officer01", CAPTION, settle=5)
        card = await town.card(photo)
        assert "检查井破损 · A 当天" in text_of(card)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        assert text_of(await town.card(photo)).startswith("🟡 已接单")
        assert reaction(await town.message(photo)) == "🫡"
        await town.photo("repairer01", reply_to=card["message_id"], settle=6)
        sheet = await town.sheet(photo)
        await town.say("officer01", "通过", reply_to=sheet["message_id"], settle=5)
        assert text_of(await town.card(photo)).startswith("🔵 待查验")
        await town.say("repairer01", "通过。", reply_to=sheet["message_id"], settle=5)
        assert text_of(await town.card(photo)).startswith("🟢 已结案")
        assert [is_card(m) for m in await town.from_bot()] == [True, False]
        assert len([c for c in await town.log() if c["method"].startswith("edit")]) <= 5
        assert not await town.log("answerCallbackQuery")


CLAIMS = ("收到", "接单", "马上到", "来了", "我去", "1", "收到！", "好的，收到")


async def test_each_claim_word_in_reply_takes_the_case(tmp_path: Path) -> None:
    """Marks and particles do not matter."""
    async with city(tmp_path, change=at_once) as town:
        for grid, words in enumerate(CLAIMS, start=1):
            photo = await town.photo(f"officer{grid:02}", "路沿石缺失")
            await town.say(f"repairer{grid:02}", words, reply_to=photo, settle=5)
            assert text_of(await town.card(photo)).startswith("🟡 已接单"), words
            await town.advance(seconds=10)


async def test_each_word_of_the_lists_counts_at_the_check(tmp_path: Path) -> None:
    """合格, 验收通过 and 可以 pass; 不合格 and 没修好 fail."""
    async with city(tmp_path, change=at_once) as town:
        for officer, repairer, words, state in (
            ("officer01", "repairer01", "合格", "🔵"),
            ("officer02", "repairer02", "验收通过", "🔵"),
            ("officer03", "repairer03", "可以", "🔵"),
            ("officer04", "repairer04", "不合格", "🟠 返工 1"),
            ("officer06", "repairer06", "没修好", "🟠 返工 1"),
            ("officer07", "repairer07", "返工", "🟠 返工 1"),
        ):
            photo = await town.photo(officer, "路沿石缺失")
            await town.photo(repairer, reply_to=photo, settle=6)
            await town.say(officer, words, reply_to=photo, settle=5)
            shown = text_of(await town.card(photo))
            assert shown.startswith(state), words
            assert ("等维修方" in shown) == (state == "🔵"), words
            await town.advance(seconds=60)


async def test_words_reply_to_any_message_of_the_case(tmp_path: Path) -> None:
    """The card, the sheet, the after-photo and a later photo are as good as the first one."""
    async with city(tmp_path, change=at_once) as town:
        first, second = await town.photos("officer01", SMALL, count=2)
        await town.advance(seconds=4)
        await town.say("repairer01", "收到", reply_to=second, settle=5)
        assert text_of(await town.card(first)).startswith("🟡")
        after = await town.photo("repairer01", reply_to=second, settle=6)
        await town.say("officer01", "通过", reply_to=after, settle=5)
        assert "等维修方" in text_of(await town.card(first))
        card = await town.card(first)
        await town.say("repairer01", "合格", reply_to=card["message_id"], settle=5)
        assert text_of(await town.card(first)).startswith("🟢")


async def test_a_plain_claim_word_takes_the_one_case_that_waits_for_that_person(
    tmp_path: Path,
) -> None:
    """Without a reply, when exactly one unclaimed case tags the person."""
    async with city(tmp_path, change=at_once) as town:
        mine = await town.photo("officer01", SMALL)
        other = await town.photo("officer02", "时风路 路沿石缺失")
        await town.say("repairer01", "收到", settle=5)
        assert text_of(await town.card(mine)).startswith("🟡")
        assert text_of(await town.card(other)).startswith("⚪")


async def test_a_plain_claim_word_takes_nothing_when_two_cases_wait(tmp_path: Path) -> None:
    """Nobody guesses which one was meant."""
    async with city(tmp_path, change=at_once) as town:
        photos = [await town.photo("officer01", SMALL)]
        await town.advance(seconds=40)
        photos.append(await town.photo("officer01", "鼓楼路 路灯不亮"))
        await town.say("repairer01", "收到", settle=5)
        for photo in photos:
            assert text_of(await town.card(photo)).startswith("⚪")


async def test_a_plain_claim_word_counts_for_ten_minutes(tmp_path: Path) -> None:
    """An older case needs a reply or a press; a stand-in who is not tagged needs one always."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("standby_east", "收到", settle=5)
        assert text_of(await town.card(photo)).startswith("⚪")
        await town.advance(minutes=10)
        await town.say("repairer01", "收到", settle=5)
        card = await town.card(photo)
        assert text_of(card).startswith("⚪")
        assert "接单" in buttons(card)


async def test_a_reply_to_a_step_of_the_ladder_is_a_reply_to_its_case(tmp_path: Path) -> None:
    """The stand-in says 收到 to the message that calls for one, in the group or privately."""
    async with city(tmp_path, change=at_once) as town:
        await town.start("manager_east")
        first = await town.photo("officer01", SMALL)
        await town.advance(minutes=5, seconds=5)
        call = [m for m in await town.from_bot() if "请替班接单" in text_of(m)][-1]
        await town.say("standby_east", "收到", reply_to=call["message_id"], settle=5)
        assert text_of(await town.card(first)).startswith("🟡")
        second = await town.photo("officer02", "时风路 路沿石缺失")
        await town.advance(minutes=10, seconds=5)
        home = town.ids["manager_east"]
        call = [m for m in await town.from_bot("manager_east", home) if "请经理" in text_of(m)][-1]
        await town.say("manager_east", "收到", chat=home, reply_to=call["message_id"], settle=5)
        shown = text_of(await town.card(second))
        assert shown.startswith("🟡")
        assert "郭明" in shown


async def test_an_officers_further_words_complete_the_case_and_talk_does_not(
    tmp_path: Path,
) -> None:
    """In reply: a place or a danger counts, thanks and 我先吃饭 do not."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", "路沿石缺失")
        for talk in ("谢谢", "我先吃饭", "好的", "辛苦了", "通过", "金城路在哪"):
            await town.say("officer01", talk, reply_to=photo, settle=3)
            assert talk not in text_of(await town.card(photo)), talk
        await town.say("officer01", "在金城路与鼓楼路口", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert "金城路与鼓楼路口" in shown
        assert "路沿石缺失" in shown
        assert "B 三天" in shown
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.say("officer01", "很危险", reply_to=photo, settle=5)
        shown = text_of(await town.card(photo))
        assert shown.startswith("🟡 已接单")
        assert "A 当天" in shown
