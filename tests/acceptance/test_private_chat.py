"""The private chat with the bot: greeting, language, a person who blocks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, city, text_of
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def speak(town: City, who: str, language: str) -> None:
    """Set the language of somebody's app."""
    body = {"language_code": language}
    await town.call("PATCH", f"/sim/people/{town.ids[who]}", body)


async def block(town: City, who: str, action: str = "block") -> None:
    """Somebody blocks the bot, or lets it write again."""
    body = {"user": town.ids[who], "action": action}
    await town.call("POST", f"/sim/chats/{town.ids[who]}/members", body)
    await town.advance(seconds=2)


async def test_start_greets_by_name_and_role(tmp_path: Path) -> None:
    """Each role hears what comes here."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        await town.start("supervisor01")
        assert (await town.private("officer01"))[0].startswith("王建国，您好！您是巡查队员")
        assert (await town.private("supervisor01"))[0].startswith("宋文博，您好！您是督查")


async def test_the_language_is_that_of_the_persons_app(tmp_path: Path) -> None:
    """English for one, Chinese for the next, and a change is followed."""
    async with city(tmp_path) as town:
        await speak(town, "officer01", "en")
        await town.start("officer01")
        assert "Hello" in (await town.private("officer01"))[0]
        await speak(town, "officer01", "zh-hans")
        await town.say("officer01", "/help", chat=town.ids["officer01"])
        assert "拍照" in (await town.private("officer01"))[-1]


async def test_a_stranger_is_told_politely_in_their_language(tmp_path: Path) -> None:
    """Once they write privately; their other commands stay without an answer of figures."""
    async with city(tmp_path) as town:
        await town.start("citizen01")
        await town.start("citizen03")
        assert "您不在名单里" in (await town.private("citizen01"))[0]
        assert "roster" in (await town.private("citizen03"))[0]
        await town.say("citizen01", "/today", chat=town.ids["citizen01"])
        assert all("上报" not in text for text in await town.private("citizen01"))


async def test_plain_words_stand_for_commands(tmp_path: Path) -> None:
    """Not everybody types a slash."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        await town.say("officer01", "待办", chat=town.ids["officer01"])
        assert (await town.private("officer01"))[-1] == "没有未结案件。"
        await town.say("officer01", "你好", chat=town.ids["officer01"])
        assert len(await town.private("officer01")) == 2


async def test_a_refused_act_is_answered_where_it_was_typed(tmp_path: Path) -> None:
    """In reply to a private step of the ladder: privately, and not in the group."""
    async with city(tmp_path) as town:
        home = town.ids["standby_east"]
        await town.start("standby_east")
        await town.photo("officer01", SMALL)
        await town.advance(minutes=6)
        step = (await town.from_bot("standby_east", home))[-1]
        await town.say("standby_east", "退单 不归我们", chat=home, reply_to=step["message_id"])
        assert "只有督查能退单" in (await town.private("standby_east"))[-1]
        assert not [m for m in await town.from_bot("standby_east") if "只有督查" in text_of(m)]


async def test_a_photo_sent_privately_is_led_to_the_group(tmp_path: Path) -> None:
    """In reply to a private demand: which card to answer, said once for an album; no proof yet."""
    async with city(tmp_path) as town:
        home = town.ids["repairer01"]
        await town.start("repairer01")
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo)
        await town.until(18, 1)
        ask = (await town.from_bot("repairer01", home))[-1]
        for _ in range(2):
            await town.photo("repairer01", "", chat=home, reply_to=ask["message_id"], settle=5)
        (answer,) = await said(town, "没有登记")
        card = await town.card(photo)
        assert answer.chat == home
        assert "回复它再发一次" in answer.text
        assert text_of(card).split()[2] in answer.text
        await town.photo("officer02", "", chat=town.ids["officer02"])
        assert "照片请发到巡查群里，大家才看得到。" in (await town.private("officer02"))[-1]
        await town.photo("supervisor01", "", chat=town.ids["supervisor01"])
        assert "XC-" not in (await town.private("supervisor01"))[-1]


async def test_who_blocks_the_bot_is_told_in_the_group(tmp_path: Path) -> None:
    """And privately again once the chat is open."""
    async with city(tmp_path) as town:
        await town.start("standby_east")
        await block(town, "standby_east")
        await town.photo("officer01", CAPTION)
        await town.advance(minutes=6)
        (step,) = await said(town, "请替班接单", chat=town.group)
        assert "林志远" in step.text
        await block(town, "standby_east", "unblock")
        await town.start("standby_east")
        await town.photo("officer02", "东关街 井盖缺失")
        await town.advance(minutes=6)
        assert "请替班接单" in (await town.private("standby_east"))[-1]


async def test_a_block_the_bot_did_not_hear_of_is_found_out(tmp_path: Path) -> None:
    """A 403 on the way: the same words go to the group, with a mention, and nothing is lost."""
    async with city(tmp_path) as town:
        await town.start("standby_east")
        fault = {"kind": "forbidden", "chat": town.ids["standby_east"], "method": "sendMessage"}
        await town.call("POST", "/sim/faults", fault)
        await town.photo("officer01", CAPTION)
        await town.advance(minutes=6)
        (step,) = await said(town, "请替班接单", chat=town.group)
        assert "林志远" in step.text.split("\n")[0]


async def test_a_quiet_private_line_is_not_moved_to_the_group(tmp_path: Path) -> None:
    """可撤场 is on the card already; the group is not bothered with it."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        fault = {"kind": "forbidden", "chat": town.ids["officer01"], "method": "sendMessage"}
        await town.call("POST", "/sim/faults", fault)
        await town.say("repairer01", "收到", reply_to=photo)
        await town.advance(seconds=10)
        assert len(await said(town, chat=town.group)) == 1
