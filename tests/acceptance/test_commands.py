"""Commands in the group and in private: the asker alone is answered; talk gets no answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, city, text_of
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City


async def make_bot(town: City, action: str, settle: float = 3) -> None:
    """Change the bot's standing in the group: `promote`, `demote`, `remove`, `add`, `mute`."""
    body = {"user": town.bot, "action": action}
    await town.call("POST", f"/sim/chats/{town.group}/members", body)
    await town.advance(seconds=settle)


def in_english(settings: Settings) -> Settings:
    """The group speaks English."""
    group = settings.groups[0]
    return replace(settings, groups=(replace(group, language="en"),))


async def test_who_cannot_be_reached_alone_hears_one_short_line(tmp_path: Path) -> None:
    """Neither whispered nor privately, because the person has blocked the bot unheard."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        whisper = {"kind": "forbidden", "method": "sendMessage", "chat": town.group, "count": 1}
        blocked = {**whisper, "chat": town.ids["officer01"]}
        await town.call("POST", "/sim/faults", whisper)
        await town.call("POST", "/sim/faults", blocked)
        await town.say("officer01", "/today", settle=5)
        await town.say("officer02", "/mine", settle=5)
        assert len(await said(town, "打开私聊", chat=town.group)) == 1


async def test_a_command_in_the_group_is_answered_to_the_asker_alone(tmp_path: Path) -> None:
    """An ephemeral message: the others see nothing of it."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        for command in ("/today", "/mine", "/case XC-20260310-0001", "/help"):
            before = len(await town.from_bot("officer02"))
            await town.say("officer01", command)
            (answer,) = [m for m in await town.from_bot("officer01") if m["message_id"] == 0][-1:]
            assert answer.get("ephemeral_message_id")
            assert len(await town.from_bot("officer02")) == before
        assert len([m for m in await town.from_bot("officer01") if not m["message_id"]]) == 4


async def test_where_whispering_is_refused_the_answer_comes_privately(tmp_path: Path) -> None:
    """Or, if that chat is closed, one short line says how to open it."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        fault = {"kind": "forbidden", "method": "sendMessage", "chat": town.group, "count": 1}
        await town.call("POST", "/sim/faults", fault)
        await town.say("officer01", "/help")
        assert (await town.private("officer01"))[-1].startswith("1.")
        await make_bot(town, "remove")
        await make_bot(town, "add")
        await town.say("officer02", "/help")
        told = [one for one in await said(town, chat=town.group) if "私聊" in one.text]
        assert len(told) == 1
        assert "赵志强" in told[0].text
        assert not told[0].loud


async def test_help_has_five_lines_for_each_role(tmp_path: Path) -> None:
    """What an officer does is not what a manager does."""
    async with city(tmp_path) as town:
        told = {}
        for who in ("officer01", "repairer01", "standby_east", "manager_east", "supervisor01"):
            await town.start(who)
            await town.say(who, "/help", chat=town.ids[who])
            told[who] = (await town.private(who))[-1]
        assert all(len(text.split("\n")) == 5 for text in told.values())
        assert len(set(told.values())) == 5


async def test_mine_lists_the_open_cases_of_the_asker(tmp_path: Path) -> None:
    """The officer's reports, the repairer's work, the manager's company; none is told as none."""
    async with city(tmp_path) as town:
        for who in ("officer01", "repairer01", "repairer02", "manager_west", "supervisor01"):
            await town.start(who)
        await town.photo("officer01", SMALL)
        await town.photo("officer06", "人民西路 路沿石缺失")
        seen = {}
        for who in ("officer01", "repairer01", "repairer02", "manager_west", "supervisor01"):
            await town.say(who, "/mine", chat=town.ids[who])
            seen[who] = (await town.private(who))[-1]
        assert "XC-20260310-0001" in seen["officer01"]
        assert "XC-20260310-0001" in seen["repairer01"]
        assert seen["repairer02"] == "没有未结案件。"
        assert "XC-20260310-0002" in seen["manager_west"]
        assert "XC-20260310-0001" not in seen["manager_west"]
        assert seen["supervisor01"].count("XC-") == 2


async def test_a_case_is_shown_with_its_history_in_words(tmp_path: Path) -> None:
    """`/case` takes the number in any of the ways people write it."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        photo = await town.photo("officer01", CAPTION)
        await town.say("repairer01", "收到", reply_to=photo)
        for asked in ("/case XC-20260310-0001", "/case xc-20260310-0001"):
            await town.say("clerk01", asked, chat=town.ids["clerk01"])
            told = (await town.private("clerk01"))[-1]
            assert told.startswith("🟡 已接单 XC-20260310-0001")
            assert "经过：" in told
            assert "王建国：发照片立案" in told
            assert "李强：接单" in told
        await town.say("clerk01", "/case XC-20260310-0999", chat=town.ids["clerk01"])
        assert "没有找到" in (await town.private("clerk01"))[-1]


async def test_unknown_commands_and_talk_get_no_answer(tmp_path: Path) -> None:
    """Nor do strangers in the group."""
    async with city(tmp_path) as town:
        for who, words in (
            ("officer01", "/weather"),
            ("officer01", "今天真热"),
            ("officer02", "中午吃什么"),
            ("officer03", "/today@other_bot"),
        ):
            await town.say(who, words)
        await town.advance(minutes=5)
        assert await said(town, chat=town.group) == []
        assert all("ephemeral_message_id" not in m for m in await town.from_bot("officer01"))


async def test_a_group_in_english_reads_english(tmp_path: Path) -> None:
    """Also what one person alone sees there; private chats keep to each person's language."""
    async with city(tmp_path, change=in_english) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        (card,) = await said(town, "XC-", chat=town.group)
        assert "Waiting" in card.text
        assert "待对接" not in card.text
        await town.say("repairer01", "收到", reply_to=photo)
        assert "可撤场" in (await town.private("officer01"))[-1]
        await town.say("officer02", "/help", settle=5)
        whispered = (await town.from_bot("officer02"))[-1]
        assert "photo" in text_of(whispered)


async def test_telegram_is_told_the_commands_in_both_languages(tmp_path: Path) -> None:
    """In groups they are ephemeral: neither the asking nor the answer is seen by others."""
    async with city(tmp_path) as town:
        calls = await town.log("setMyCommands")
        assert len(calls) == 6
        assert all(c["status"] == 200 for c in calls)
        assert await town.log("deleteWebhook") == []
        listed = str([c["parameters"] for c in calls])
        assert "今日数字" in listed
        assert "Today" in listed
        assert listed.count("is_ephemeral") == 12
