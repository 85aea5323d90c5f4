"""What people do with a digest: a remark on its draft, no more of it, what its figures mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import Message, buttons, city, text_of
from tests.acceptance.hours import said
from tests.acceptance.scenes import fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

MANAGERS = -4000002
DRAFT, FILING, MEET = "（草稿）", "📋 日报备", "📋 日碰头"
MUTE, EDIT, MEANING = "🔕 不再收这份", "修改", "口径"


async def newest(town: City, who: str, word: str = "") -> Message:
    """The newest message with this word that the bot wrote to somebody privately."""
    every = await town.from_bot(who, town.ids[who])
    return [m for m in every if word in text_of(m)][-1]


async def press(town: City, who: str, message: Message, button: str) -> str:
    """Press a button of a private message; the toast."""
    return await town.press(who, message["message_id"], button, chat=town.ids[who])


async def remark(town: City, who: str, words: str) -> str:
    """Press 修改 on the draft and answer the question; what the bot says to it."""
    await press(town, who, await newest(town, who, DRAFT), EDIT)
    asked = await newest(town, who, "备注")
    await town.say(who, words, chat=town.ids[who], reply_to=asked["message_id"])
    return text_of(await newest(town, who))


async def test_the_clerk_sees_a_draft_and_its_remark_goes_out_with_the_filing(
    tmp_path: Path,
) -> None:
    """16:30 to the clerk alone; 17:00 to all, with the remark and who wrote it."""
    async with city(tmp_path) as town:
        for who in ("clerk01", "supervisor01", "manager_east"):
            await town.start(who)
        await town.until(16, 31)
        (draft,) = await said(town, DRAFT)
        assert (draft.chat, draft.clock) == (town.ids["clerk01"], "16:30")
        assert "3月9日 17:00 至 3月10日 16:30" in draft.text
        assert "备注记下了" in await remark(town, "clerk01", "解放路井盖\n已围挡")
        await town.until(17, 1)
        sent = await said(town, FILING)
        assert len(sent) == 4
        assert all("📝 备注：解放路井盖 已围挡（曹雪）" in one.text for one in sent)
        assert len(await said(town, DRAFT)) == 1


async def test_a_remark_is_replaced_until_five_and_never_after(tmp_path: Path) -> None:
    """The question shows the present one; a late reply changes nothing and says so."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        await town.until(16, 31)
        await remark(town, "clerk01", "雨天，进度慢")
        draft = await newest(town, "clerk01", DRAFT)
        assert await press(town, "clerk01", draft, EDIT) == "请回复前面那条“写下备注”的消息。"
        chat = town.ids["clerk01"]
        await town.say("clerk01", "雨停了", chat=chat, reply_to=draft["message_id"])
        assert "雨停了" in text_of(await newest(town, "clerk01"))
        await town.until(17, 1)
        assert "备注：雨停了（曹雪）" in text_of(await newest(town, "clerk01", FILING))
        await town.say("clerk01", "又下了", chat=chat, reply_to=draft["message_id"])
        assert text_of(await newest(town, "clerk01")) == "日报备已经报出，备注没有改。"
        assert await press(town, "clerk01", draft, EDIT) == "已经报出，不能再改了。"


async def test_without_a_clerk_the_supervisors_see_the_draft(tmp_path: Path) -> None:
    """The clerk has never opened the private chat."""
    async with city(tmp_path) as town:
        for who in ("supervisor01", "supervisor02", "manager_east"):
            await town.start(who)
        await town.until(16, 31)
        drafts = await said(town, DRAFT)
        assert {one.chat for one in drafts} == {
            town.ids["supervisor01"],
            town.ids["supervisor02"],
        }
        await remark(town, "supervisor02", "正常")
        await town.until(17, 1)
        assert "备注：正常（唐静）" in text_of(await newest(town, "manager_east", FILING))


async def test_who_was_asked_for_the_remark_need_not_reply(tmp_path: Path) -> None:
    """The next words are it; those after them are talk; what comes after five is told so."""
    async with city(tmp_path) as town:
        for who in ("clerk01", "supervisor01"):
            await town.start(who)
        await town.until(16, 31)
        chat = town.ids["clerk01"]
        await press(town, "clerk01", await newest(town, "clerk01", DRAFT), EDIT)
        await town.say("clerk01", "雨天，进度慢", chat=chat)
        assert "备注记下了" in text_of(await newest(town, "clerk01"))
        await town.say("clerk01", "谢谢", chat=chat)
        await town.until(17, 1)
        assert "备注：雨天，进度慢（曹雪）" in text_of(await newest(town, "clerk01", FILING))
        await town.until(16, 31, days=1)
        await press(town, "clerk01", await newest(town, "clerk01", DRAFT), EDIT)
        await town.until(17, 1)
        await town.say("clerk01", "来晚了", chat=chat)
        assert text_of(await newest(town, "clerk01")) == "日报备已经报出，备注没有改。"


async def test_other_words_in_private_are_no_remark(tmp_path: Path) -> None:
    """Only a reply to the draft is, or the answer to the question."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        await town.until(16, 31)
        greeting = (await town.from_bot("clerk01", town.ids["clerk01"]))[0]
        await town.say("clerk01", "今天不错", chat=town.ids["clerk01"])
        hello = greeting["message_id"]
        await town.say("clerk01", "你好", chat=town.ids["clerk01"], reply_to=hello)
        await town.until(17, 1)
        assert "备注" not in text_of(await newest(town, "clerk01", FILING))


async def test_whoever_wants_a_digest_no_more_gets_the_others_still(tmp_path: Path) -> None:
    """🔕 is for one kind and one person; pressing it again changes nothing."""
    async with city(tmp_path) as town:
        for who in ("supervisor01", "supervisor02"):
            await town.start(who)
        await town.until(8, 31)
        meet = await newest(town, "supervisor01", MEET)
        assert buttons(meet) == [MEANING, MUTE]
        assert "/digests" in await press(town, "supervisor01", meet, MUTE)
        assert "已经不发给您" in await press(town, "supervisor01", meet, MUTE)
        await town.until(8, 31)
        his, hers = [
            [one.text[:8] for one in await said(town, chat=town.ids[who])]
            for who in ("supervisor01", "supervisor02")
        ]
        assert sum("日碰头" in text for text in his) == 1
        assert sum("日碰头" in text for text in hers) == 2
        assert sum("日报备" in text for text in his) == sum("日报备" in text for text in hers)


async def test_a_mute_between_the_plan_and_the_sending_is_honoured(tmp_path: Path) -> None:
    """The digest waits for the chat's pace; it is looked at again when it is about to be sent."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.until(8, 31)
        meet = await newest(town, "supervisor01", MEET)
        chat = town.ids["supervisor01"]
        await town.until(8, 29)
        await fault(town, "rate_limit", method="sendMessage", chat=chat, retry_after=60)
        await town.advance(seconds=65)
        await press(town, "supervisor01", meet, MUTE)
        await town.advance(minutes=3)
        assert len(await said(town, MEET, chat=chat)) == 1


async def test_digests_lists_what_one_gets_and_turns_it_off_and_on(tmp_path: Path) -> None:
    """One button each; the list itself changes."""
    async with city(tmp_path) as town:
        await town.start("leader01")
        await town.say("leader01", "/digests", chat=town.ids["leader01"])
        listed = await newest(town, "leader01")
        assert buttons(listed) == ["✅ 周分析", "✅ 月小结"]
        await press(town, "leader01", listed, "✅ 周分析")
        assert buttons(await newest(town, "leader01")) == ["🔕 周分析", "✅ 月小结"]
        await press(town, "leader01", await newest(town, "leader01"), "🔕 周分析")
        again = await newest(town, "leader01")
        assert buttons(again) == ["✅ 周分析", "✅ 月小结"]
        assert again["message_id"] == listed["message_id"]


async def test_who_gets_no_digest_is_told_so(tmp_path: Path) -> None:
    """An officer of the patrol."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        await town.say("officer01", "/digests", chat=town.ids["officer01"])
        assert text_of(await newest(town, "officer01")) == "没有要发给您的报告。"


async def test_the_definitions_are_one_tap_away_for_the_presser_alone(tmp_path: Path) -> None:
    """A message in the private chat; in a group nobody else sees it."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.until(8, 31)
        meet = await newest(town, "supervisor01", MEET)
        await press(town, "supervisor01", meet, MEANING)
        assert "结案率＝结案÷应结案。" in text_of(await newest(town, "supervisor01"))
        shown = [m for m in await town.from_bot("leader01", MANAGERS) if MEET in text_of(m)][-1]
        assert buttons(shown) == [MEANING]
        await town.press("leader01", shown["message_id"], MEANING, chat=MANAGERS)
        hers = (await town.from_bot("leader01", MANAGERS))[-1]
        assert hers["ephemeral_message_id"]
        assert text_of(hers).startswith("📖 口径")
        others = await town.from_bot("supervisor01", MANAGERS)
        assert not any("📖 口径" in text_of(m) for m in others)
        assert "口径" not in text_of(shown)
