"""What happens to the group itself: the bot leaves and returns, the group moves, names bind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests import databases
from tests.acceptance.city import (
    CAPTION,
    MORNING,
    SMALL,
    at_work,
    city,
    is_card,
    text_of,
    waiting,
)
from tests.acceptance.hours import said
from tests.acceptance.scenes import delete, fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City


async def make_bot(town: City, action: str) -> None:
    """Change the bot's standing in the group."""
    body = {"user": town.bot, "action": action}
    await town.call("POST", f"/sim/chats/{town.group}/members", body)
    await town.advance(seconds=3)


async def migrate(town: City) -> None:
    """The group becomes a supergroup with another id."""
    told = await town.call("POST", "/sim/faults", {"kind": "migrate", "chat": town.group})
    town.group = told["migrate_to_chat_id"]


async def test_while_the_bot_is_out_its_words_wait_and_the_cases_go_on(tmp_path: Path) -> None:
    """The supervisors are told privately; on its return the waiting words follow."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", CAPTION)
        await make_bot(town, "remove")
        assert "移出了巡查群" in (await town.private("supervisor01"))[-1]
        before = len(await said(town, chat=town.group))
        await town.advance(minutes=11)
        assert len(await said(town, chat=town.group)) == before
        await make_bot(town, "add")
        await make_bot(town, "promote")
        assert "已回到巡查群" in " ".join(await town.private("supervisor01"))
        assert len(await said(town, "请替班接单", chat=town.group)) == 1
        assert len(await said(town, "请经理安排人接单", chat=town.group)) == 1


async def test_a_card_that_was_deleted_while_the_bot_was_out_is_posted_again(
    tmp_path: Path,
) -> None:
    """On its return it edits the cards of all open cases, changed or not."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=40)
        old = (await town.card(photo))["message_id"]
        await make_bot(town, "remove")
        await delete(town, "supervisor01", old)
        await make_bot(town, "add")
        await make_bot(town, "promote")
        await town.advance(seconds=10)
        assert (await town.card(photo))["message_id"] > old


async def test_a_bot_that_was_out_for_hours_returns_without_a_storm(tmp_path: Path) -> None:
    """Each circle of the ladder is asked once, whatever was due meanwhile."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await make_bot(town, "remove")
        await town.advance(hours=5)
        await make_bot(town, "add")
        await town.advance(minutes=1)
        for words in ("请替班接单", "请经理安排人接单", "请督查代派"):
            assert len(await said(town, words)) == 1


async def test_cards_are_redrawn_when_the_bot_returns(tmp_path: Path) -> None:
    """What was decided privately meanwhile shows on the card."""
    async with city(tmp_path) as town:
        await town.start("standby_east")
        photo = await town.photo("officer01", CAPTION)
        await town.advance(minutes=6)
        home = town.ids["standby_east"]
        asked = (await town.from_bot("standby_east", home))[-1]
        await make_bot(town, "remove")
        await town.press("standby_east", asked["message_id"], "接单", chat=home)
        assert text_of(await town.card(photo)).startswith("⚪")
        await make_bot(town, "add")
        assert text_of(await town.card(photo)).startswith("🟡 已接单")


async def test_a_demoted_bot_waits_and_says_so(tmp_path: Path) -> None:
    """It no longer sees photos: the supervisors must know."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", CAPTION)
        await make_bot(town, "demote")
        assert "请恢复我的管理员身份" in (await town.private("supervisor01"))[-1]
        await town.advance(minutes=6)
        assert await said(town, "请替班接单") == []
        await make_bot(town, "promote")
        assert len(await said(town, "请替班接单")) == 1


async def test_a_muted_bot_waits_until_it_may_speak(tmp_path: Path) -> None:
    """In a supergroup."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await migrate(town)
        await town.advance(seconds=3)
        await town.photo("officer01", CAPTION)
        await make_bot(town, "mute")
        await town.advance(minutes=6)
        assert await said(town, "请替班接单") == []
        await make_bot(town, "unmute")
        assert len(await said(town, "请替班接单", chat=town.group)) == 1


async def test_a_group_that_migrates_takes_everything_along(tmp_path: Path) -> None:
    """Open cases have new cards there, and the ladder goes on."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await migrate(town)
        await town.advance(minutes=6)
        (card,) = [m for m in await town.from_bot() if is_card(m)]
        assert "XC-20260310-0001" in text_of(card)
        (step,) = await said(town, "请替班接单", chat=town.group)
        assert "XC-20260310-0001" in step.text
        asked = next(m for m in await town.from_bot() if "请替班接单" in text_of(m))
        await town.press("standby_east", asked["message_id"], "接单")
        assert text_of(await town.message(card["message_id"])).startswith("🟡 已接单")
        assert "请替班接单" in text_of(await town.message(asked["message_id"]))


async def test_no_reaction_waits_for_a_photo_that_stayed_behind(tmp_path: Path) -> None:
    """The photo of a case is out of reach in the new group: nothing is queued for it for ever."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await migrate(town)
        await town.advance(minutes=1)
        (card,) = [m for m in await town.from_bot() if is_card(m)]
        await town.press("repairer01", card["message_id"], "接单")
        await town.advance(minutes=1)
        waiting = "SELECT 1 FROM outbox WHERE kind = 'reaction' AND state = 'queued'"
        assert databases.rows(tmp_path, waiting) == []


async def test_message_numbers_of_before_a_migration_mean_nothing_after(tmp_path: Path) -> None:
    """A supergroup counts anew: each photo opens its case, each reply means what it answers."""
    async with city(tmp_path) as town:
        before = [await town.photo(f"officer{n:02}", f"金城路 路沿石缺失 {n}") for n in range(1, 7)]
        await migrate(town)
        await town.advance(seconds=30)
        after = [await town.photo(f"officer{n:02}", f"解放路 路沿石缺失 {n}") for n in range(1, 7)]
        assert min(after) < max(before)
        numbers = [text_of(await town.card(photo)) for photo in after]
        assert [f"XC-20260310-{n:04}" in t for n, t in enumerate(numbers, 7)] == [True] * 6
        await town.say("repairer07", "收到", reply_to=after[0])
        cards = [text_of(m) for m in await town.from_bot() if is_card(m)]
        assert len(cards) == 12
        assert [t for t in cards if t.startswith("🟡")] == [text_of(await town.card(after[0]))]


async def test_a_migration_found_out_by_a_refusal_loses_nothing(tmp_path: Path) -> None:
    """The call that learns the new id is said there, once."""
    async with city(tmp_path) as town:
        fault = {"kind": "migrate", "method": "sendMessage", "chat": town.group}
        await town.call("POST", "/sim/faults", fault)
        await town.photo("officer01", SMALL)
        await town.advance(seconds=10)
        (card,) = await said(town, "XC-20260310-0001")
        assert card.chat != town.group


async def test_what_was_posted_before_an_unheard_migration_is_not_lost(tmp_path: Path) -> None:
    """A call finds the migration out while the photo of before is still on its way."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await fault(town, "bad_gateway", method="getUpdates", count=1000)
        await town.advance(minutes=4)
        await town.photo("officer02", "解放路 路沿石缺失")
        await migrate(town)
        await town.advance(minutes=2)  # the stand-in is asked: the call is refused
        await town.call("DELETE", "/sim/faults")
        await town.advance(minutes=1)
        assert len(await said(town, "XC-20260310-0002", chat=town.group)) == 1


async def moved_long_ago(town: City) -> Callable[[Settings], Settings]:
    """The group migrates while the bot is away, and Telegram keeps nothing that tells of it."""
    await migrate(town)
    await town.jump(MORNING + timedelta(hours=26))
    return lambda settings: settings


async def test_a_group_whose_migration_was_missed_is_not_left(tmp_path: Path) -> None:
    """Its new id is a stranger's until the old one is asked; then the report is a case there."""
    async with city(tmp_path, prepare=moved_long_ago) as town:
        await fault(town, "server_error", method="sendChatAction")  # it is asked again
        await town.photo("officer01", SMALL)
        await town.advance(seconds=10)
        (card,) = await said(town, "XC-20260311-0001")
        assert card.chat == town.group


@pytest.mark.both_databases
async def test_the_office_may_put_the_new_id_into_the_configuration(tmp_path: Path) -> None:
    """Once the group has moved: the case goes on, and the board that stands pinned is edited."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            await town.photo("officer01", SMALL)
            await migrate(town)
            await town.advance(hours=2)
            (board,) = await said(town, "看板", chat=town.group)
            await town.advance(minutes=1)
        group, *others = settings.groups
        written = replace(settings, groups=(replace(group, chat=town.group), *others))
        async with at_work(written, clock):
            await town.advance(seconds=5)
            (card,) = [one for one in await town.from_bot() if is_card(one)]
            await town.press("repairer01", card["message_id"], "接单")
            await town.advance(hours=2)
            assert "已接单" in text_of(await town.message(card["message_id"]))
            assert await said(town, "看板", chat=town.group) == [board]


async def without_reactions(town: City) -> Callable[[Settings], Settings]:
    """Let the patrol group allow only thumbs up."""
    people = [who for name, who in town.ids.items() if not name.startswith("citizen")]
    body = {"title": "巡查群", "members": people, "admins": [town.bot], "reactions": ["👍"]}
    town.group = (await town.call("POST", "/sim/chats", body))["id"]

    def configure(settings: Settings) -> Settings:
        group = settings.groups[0]
        return replace(settings, groups=(replace(group, chat=town.group),))

    return configure


async def test_a_group_that_forbids_reactions_has_its_cards_all_the_same(tmp_path: Path) -> None:
    """The reaction is dropped and not tried again."""
    async with city(tmp_path, prepare=without_reactions) as town:
        photo = await town.photo("officer01", SMALL, settle=60)
        assert is_card(await town.card(photo))
        (tried,) = await town.log("setMessageReaction")
        assert tried["status"] == 400


async def test_a_group_outside_the_configuration_is_left_politely(tmp_path: Path) -> None:
    """One line, then the bot is gone; a photo there opens nothing."""
    async with city(tmp_path) as town:
        members = [town.ids["officer01"], town.bot]
        body = {"title": "别的群", "members": members, "admins": [town.ids["supervisor01"]]}
        other = await town.call("POST", "/sim/chats", body)
        await town.advance(seconds=3)
        told = await said(town, chat=other["id"])
        assert len(told) == 1
        assert "没有登记" in told[0].text
        assert not told[0].loud
        chats = {c["id"]: c for c in await town.get("/sim/chats")}
        assert town.bot not in chats[other["id"]]["members"]
        await town.photo("officer01", CAPTION, chat=other["id"])
        assert await said(town, "XC-") == []


async def test_a_username_binds_once_to_the_first_account(tmp_path: Path) -> None:
    """Another account under the same name may do nothing, and a supervisor is told."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", SMALL)
        assert any("王建国（@officer01）首次使用" in t for t in await town.private("supervisor01"))
        await town.call("PATCH", f"/sim/people/{town.ids['officer01']}", {"username": "wang_old"})
        other = await town.call(
            "POST", "/sim/people", {"first_name": "王二", "username": "officer01"}
        )
        town.ids["impostor"] = other["id"]
        body = {"user": other["id"], "action": "add"}
        await town.call("POST", f"/sim/chats/{town.group}/members", body)
        await town.photo("impostor", "鼓楼路 井盖缺失")
        assert len(await said(town, "XC-", chat=town.group)) == 1
        assert any("另一个账号" in t for t in await town.private("supervisor01"))
        again = await town.photo("officer01", "官道街 路沿石缺失")
        assert "王建国" in text_of(await town.card(again))


async def test_an_anonymous_admin_is_asked_once_to_press_instead(tmp_path: Path) -> None:
    """Silently; the words themselves do nothing."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("supervisor01", "收到", reply_to=photo, anonymous=True)
        await town.say("supervisor01", "收到", reply_to=photo, anonymous=True)
        (asked,) = await said(town, "匿名")
        assert not asked.loud
        assert text_of(await town.card(photo)).startswith("⚪")
