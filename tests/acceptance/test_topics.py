"""A group with topics: everything about a case stays in the topic of its photo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, city, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City


async def forum(town: City) -> Callable[[Settings], Settings]:
    """Let the patrol group be one with topics."""
    people = [who for name, who in town.ids.items() if not name.startswith("citizen")]
    body = {"title": "巡查群（分区）", "members": people, "admins": [town.bot], "forum": True}
    town.group = (await town.call("POST", "/sim/chats", body))["id"]

    def configure(settings: Settings) -> Settings:
        group = settings.groups[0]
        return replace(settings, groups=(replace(group, chat=town.group),))

    return configure


async def open_topic(town: City, name: str) -> int:
    """Open a topic, by the bot's own right; its id."""
    (bot,) = await town.get("/sim/bots")
    path = f"/bot{bot['token']}/createForumTopic"
    told = await town.call("POST", path, {"chat_id": town.group, "name": name})
    return int(told["result"]["message_thread_id"])


async def test_card_sheet_and_ladder_stay_in_the_photos_topic(tmp_path: Path) -> None:
    """And a case is closed there by replies in words."""
    async with city(tmp_path, prepare=forum) as town:
        east = await open_topic(town, "东城")
        photo = await town.photo("officer01", CAPTION, thread=east)
        assert (await town.card(photo))["message_thread_id"] == east
        await town.advance(minutes=6)
        await town.say("repairer01", "收到", reply_to=photo, thread=east)
        await town.photo("repairer01", reply_to=photo, thread=east, settle=6)
        await town.say("officer01", "通过", reply_to=photo, thread=east)
        await town.say("repairer01", "通过", reply_to=photo, thread=east)
        assert text_of(await town.card(photo)).startswith("🟢")
        told = [m for m in await town.from_bot() if "XC-" in text_of(m)]
        assert len(told) == 3
        assert {m["message_thread_id"] for m in told} == {east}


async def test_what_is_asked_of_several_people_is_in_the_topic_of_their_cases(
    tmp_path: Path,
) -> None:
    """The signs of 18:00 and the batch of 11:30; of cases in two topics, in the general one."""
    async with city(tmp_path, prepare=forum) as town:
        east, west = await open_topic(town, "东城"), await open_topic(town, "西城")
        await town.photo("officer01", SMALL, thread=east)
        await town.photo("officer02", "时风路 路沿石缺失", thread=east)
        await town.until(18, 1)
        (asked,) = [m for m in await town.from_bot() if "先放好警示标志" in text_of(m)]
        assert "金城路" in text_of(asked)
        assert "时风路" in text_of(asked)
        assert asked["message_thread_id"] == east
        await town.until(11, 31)
        batch = [m for m in await town.from_bot() if "待办提醒" in text_of(m)][-1]
        assert batch["message_thread_id"] == east
        await town.photo("officer03", "朝阳街 路沿石缺失", thread=west)
        await town.advance(days=1)
        batches = [m for m in await town.from_bot() if "待办提醒" in text_of(m)]
        (mixed, *_) = [m for m in batches if "朝阳街" in text_of(m) and "时风路" in text_of(m)]
        assert "message_thread_id" not in mixed


async def test_words_in_a_topic_answer_no_case_by_themselves(tmp_path: Path) -> None:
    """A message in a topic is formally a reply to the topic; that is no reply to a photo."""
    async with city(tmp_path, prepare=forum) as town:
        east = await open_topic(town, "东城")
        await town.say("officer01", "通过", thread=east)
        photo = await town.photo("officer01", CAPTION, thread=east)
        await town.say("repairer02", "修好了", thread=east)
        assert text_of(await town.card(photo)).startswith("⚪")


async def test_a_new_problem_of_a_repairer_stays_in_its_topic(tmp_path: Path) -> None:
    """Where the bot had to ask which case a photo is of, the answer keeps to the topic."""
    async with city(tmp_path, prepare=forum) as town:
        east = await open_topic(town, "东城")
        first = await town.photo("officer01", CAPTION, thread=east)
        await town.say("repairer01", "收到", reply_to=first, thread=east)
        await town.photo("repairer01", "鼓楼路 路灯不亮", thread=east)
        asked = (await town.from_bot())[-1]
        await town.press("repairer01", asked["message_id"], "新问题")
        card = (await town.from_bot())[-1]
        assert "路灯" in text_of(card)
        assert card["message_thread_id"] == east
