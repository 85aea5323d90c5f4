"""Words and accounts that come near an act and are none: they change nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.acceptance.city import SMALL, city, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

NO_CLAIMS = (
    "收到?",
    "收到？",
    "收到吗",
    "收到了没",
    "没收到",
    "谁接单",
    "谁去",
    "不接单",
    "先不接单",
    "1号井",
    "11",
    "1个小时后到",
    "我去吃饭",
    "我去不了",
    "来了吗",
    "马上到？",
    "接单的是谁",
    "收到请回复",
    "别接单",
    "收到❌",
    "通过",
    "👍",
)
NO_PASSES = (
    "没通过",
    "通过了吗",
    "通过?",
    "不可以",
    "可以吗",
    "合格率多少",
    "通过不了",
    "不通过",
    "还没通过",
    "可以走了吗",
    "通过率",
    "未通过",
    "可以个屁",
    "能通过吗",
    "合格吧？",
    "收到",
    "谁通过的",
)
NO_REWORKS = ("返工吗", "要返工？", "不用返工", "没返工", "返工几次了", "没修好吗")


LISTENING = {"getUpdates", "getFile", "file"}


async def acts(town: City) -> list[str]:
    """What the bot has shown of its cases, and everything that it ever called."""
    shown = [text_of(m) for m in await town.from_bot()]
    return [*shown, *(c["method"] for c in await town.log() if c["method"] not in LISTENING)]


async def test_words_that_are_no_claim_take_nothing(tmp_path: Path) -> None:
    """Questions, negations and talk, in reply to the card, by the one who may claim."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        before = await acts(town)
        for words in NO_CLAIMS:
            await town.say("repairer01", words, reply_to=photo)
            assert await acts(town) == before, words


async def test_words_that_are_no_pass_turn_no_key(tmp_path: Path) -> None:
    """In reply to the sheet, by the officer who holds the key."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=8)
        sheet = await town.sheet(photo)
        before = await acts(town)
        for words in (*NO_PASSES, *NO_REWORKS):
            await town.say("officer01", words, reply_to=sheet["message_id"])
            assert await acts(town) == before, words


BORROWED: tuple[dict[str, Any], ...] = ({"forward_from": "赵志强"}, {"via_bot": "other_bot"})


async def test_borrowed_words_never_act(tmp_path: Path) -> None:
    """Forwarded ones, and those through another bot: no claim, no pass, no rework."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        before = await acts(town)
        for more in BORROWED:
            await town.say("repairer01", "收到", reply_to=photo, **more)
            await town.say("repairer01", "收到", **more)
            assert await acts(town) == before, more
        await town.photo("repairer01", reply_to=photo, settle=8)
        before = await acts(town)
        for more in BORROWED:
            for words in ("通过", "返工"):
                await town.say("officer01", words, reply_to=photo, **more)
                assert await acts(town) == before, (more, words)


async def test_words_by_the_wrong_person_change_nothing_and_scold_nobody(tmp_path: Path) -> None:
    """Nobody outside the table acts, and the bot does not answer in public."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        before = await acts(town)
        for who in (
            "officer01",
            "officer02",
            "repairer02",
            "repairer06",
            "standby_west",
            "manager_west",
            "supervisor01",
            "leader01",
            "clerk01",
        ):
            await town.say(who, "收到", reply_to=photo)
            assert await acts(town) == before, who


async def test_a_pass_by_the_wrong_person_turns_no_key(tmp_path: Path) -> None:
    """Other officers, other repairers, the other company, and those who only read."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=8)
        before = await acts(town)
        for who in (
            "officer02",
            "repairer02",
            "repairer06",
            "standby_west",
            "manager_west",
            "leader01",
            "clerk01",
        ):
            for words in ("通过", "不合格"):
                await town.say(who, words, reply_to=photo)
                assert await acts(town) == before, who
        await town.say("repairer01", "不合格", reply_to=photo)
        assert await acts(town) == before


async def test_words_without_a_reply_turn_no_key(tmp_path: Path) -> None:
    """通过 and 返工 need the case they speak of."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=8)
        before = await acts(town)
        talk = await town.say("officer03", "今天风大")
        for words in ("通过", "合格", "返工", "不合格", "可以"):
            await town.say("officer01", words)
            await town.say("officer01", words, reply_to=talk)
            assert await acts(town) == before, words


async def test_edited_words_never_act(tmp_path: Path) -> None:
    """A harmless reply that is edited into 收到 or 通过 stays harmless."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        talk = await town.say("repairer01", "等等", reply_to=photo)
        before = await acts(town)
        path = f"/sim/chats/{town.group}/messages/{talk}"
        await town.call("PATCH", path, {"from": town.ids["repairer01"], "text": "收到"})
        await town.advance(seconds=5)
        assert await acts(town) == before


async def test_a_reply_in_another_group_or_in_private_is_none_to_the_case(tmp_path: Path) -> None:
    """The same message number elsewhere is another message."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await town.photo("officer01", SMALL, settle=5)
        before = [text_of(m) for m in await town.from_bot()]
        home = town.ids["repairer01"]
        last = 0
        for _ in range(photo):
            last = await town.say("repairer01", "喂", chat=home, settle=0)
        await town.say("repairer01", "收到", chat=home, reply_to=last)
        body = {
            "title": "别的群",
            "members": [town.bot, town.ids["repairer01"]],
            "admins": [town.ids["repairer01"]],
        }
        other = (await town.call("POST", "/sim/chats", body))["id"]
        for _ in range(photo):
            last = await town.say("repairer01", "喂", chat=other, settle=0)
        await town.say("repairer01", "收到", chat=other, reply_to=last)
        assert [text_of(m) for m in await town.from_bot()] == before


async def test_an_anonymous_admin_is_asked_once_per_case_to_press(tmp_path: Path) -> None:
    """In one silent reply; what such an account says acts on nothing."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=8)
        word = await town.say("supervisor01", "通过", reply_to=photo, anonymous=True, settle=5)
        assert text_of(await town.card(photo)).startswith("🔵 待查验")
        assert "等维修方" not in text_of(await town.card(photo))
        asked = await town.replies(word)
        assert ["按" in text_of(m) for m in asked] == [True]
        again = await town.say("supervisor02", "通过", reply_to=photo, anonymous=True, settle=5)
        assert await town.replies(again) == []
        sent = [c for c in await town.log("sendMessage") if "匿名" in str(c["parameters"])]
        assert [c["parameters"].get("disable_notification") for c in sent] == [True]
