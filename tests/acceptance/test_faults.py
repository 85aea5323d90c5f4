"""What networks and Telegram do on bad days: nothing is lost, and nothing is done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import CAPTION, SMALL, city, is_card, reaction, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

pytestmark = pytest.mark.both_databases


async def fault(town: City, kind: str, **more: object) -> None:
    """Order a fault."""
    await town.call("POST", "/sim/faults", {"kind": kind, **more})


async def shown(town: City, word: str) -> int:
    """How many messages of the group hold a word now."""
    return len([m for m in await town.from_bot() if word in text_of(m)])


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway", "reset", "rate_limit"])
async def test_a_card_comes_through_any_trouble_on_the_way(tmp_path: Path, kind: str) -> None:
    """Three failures in a row; one card in the end, and its reaction."""
    async with city(tmp_path) as town:
        await fault(town, kind, method="sendMessage", count=3)
        await fault(town, kind, method="setMessageReaction", count=2)
        photo = await town.photo("officer01", CAPTION, settle=60)
        assert is_card(await town.card(photo))
        assert await shown(town, "待对接") == 1
        assert reaction(await town.message(photo)) == "✍"


async def test_a_card_whose_answer_was_lost_is_sent_again(tmp_path: Path) -> None:
    """Better twice than never; the newest counts, and a press on either works."""
    async with city(tmp_path) as town:
        await fault(town, "lost_reply", method="sendMessage")
        photo = await town.photo("officer01", CAPTION, settle=30)
        cards = [m for m in await town.replies(photo) if is_card(m)]
        assert len(cards) == 2
        assert await town.press("repairer01", cards[0]["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_a_nudge_whose_answer_was_lost_is_not_repeated(tmp_path: Path) -> None:
    """Half time is worth one message, not two."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.say("repairer01", "收到", reply_to=photo)
        await town.until(16, 0)
        await fault(town, "lost_reply", method="sendMessage", chat=town.group)
        await town.until(17, 0)
        assert await shown(town, "时限已过半") == 1


async def test_a_step_whose_answer_was_lost_is_repeated(tmp_path: Path) -> None:
    """Nobody must stay at a scene because an answer was lost."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        await fault(town, "lost_reply", method="sendMessage", chat=town.group)
        await town.advance(minutes=6)
        assert await shown(town, "请替班接单") == 2


async def test_a_digest_whose_answer_was_lost_is_repeated(tmp_path: Path) -> None:
    """With the same figures of the same window."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.until(16, 59)
        chat = town.ids["supervisor01"]
        await fault(town, "lost_reply", method="sendMessage", chat=chat)
        await town.until(17, 5)
        told = [t for t in await town.private("supervisor01") if "📋 日报备" in t]
        assert len(told) == 2
        assert told[0] == told[1]


async def test_an_at_limit_reminder_whose_answer_was_lost_is_repeated(tmp_path: Path) -> None:
    """It is the last one."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await town.photo("officer01", CAPTION)
        await town.say("repairer01", "收到", reply_to=photo)
        await town.until(23, 30)
        await fault(town, "lost_reply", method="sendMessage", chat=town.ids["repairer01"])
        await town.until(0, 5)
        told = [t for t in await town.private("repairer01") if "时限已到" in t]
        assert len(told) == 2


async def test_an_edit_whose_answer_was_lost_is_made_again(tmp_path: Path) -> None:
    """Twice the same edit is one."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        await fault(town, "lost_reply", method="editMessageText")
        await town.say("repairer01", "收到", reply_to=photo, settle=20)
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_what_is_taken_back_after_an_edit_without_an_answer_is_edited(
    tmp_path: Path,
) -> None:
    """The card may show it, whatever was known of it last."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        card = (await town.card(photo))["message_id"]
        await fault(town, "lost_reply", method="editMessageText")
        await town.press("repairer01", card, "接单", settle=0.5)
        assert text_of(await town.card(photo)).startswith("🟡")
        await town.press("repairer01", card, "撤销", settle=20)
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")


async def test_a_passing_refusal_of_the_group_does_not_silence_it_for_good(tmp_path: Path) -> None:
    """The outbox waits; the next word heard there shows that the bot is in it."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await fault(town, "forbidden", method="sendMessage", chat=town.group)
        photo = await town.photo("officer01", CAPTION)
        assert "移出了巡查群" in (await town.private("supervisor01"))[-1]
        await town.advance(minutes=2)
        assert not await town.replies(photo)
        await town.say("officer02", "今天真热")
        assert is_card(await town.card(photo))
        assert "已回到巡查群" in " ".join(await town.private("supervisor01"))


async def test_an_update_that_comes_twice_is_one(tmp_path: Path) -> None:
    """The same photo, the same press."""
    async with city(tmp_path) as town:
        await fault(town, "duplicate_update", count=2)
        photo = await town.photo("officer01", CAPTION, settle=10)
        await town.say("repairer01", "收到", reply_to=photo, settle=10)
        assert await shown(town, "XC-20260310-0001") == 1
        assert await shown(town, "XC-20260310-0002") == 0


async def test_a_slow_telegram_delays_and_loses_nothing(tmp_path: Path) -> None:
    """Each answer takes ten seconds."""
    async with city(tmp_path) as town:
        await fault(town, "delay", method="sendMessage", seconds=10)
        photo = await town.photo("officer01", CAPTION, settle=60)
        assert is_card(await town.card(photo))
        assert await shown(town, "待对接") == 1


async def test_a_file_that_is_gone_leaves_the_case_standing(tmp_path: Path) -> None:
    """The card says that the photo cannot be opened."""
    async with city(tmp_path) as town:
        await fault(town, "file_gone", count=100)
        photo = await town.photo("officer01", CAPTION)
        await town.advance(hours=1)
        assert "照片打不开，请重发" in text_of(await town.card(photo))


async def test_polling_goes_on_after_every_trouble(tmp_path: Path) -> None:
    """Photos that were posted meanwhile open their cases."""
    async with city(tmp_path) as town:
        for kind in ("bad_gateway", "server_error", "reset", "rate_limit"):
            await fault(town, kind, method="getUpdates")
        photo = await town.photo("officer01", SMALL, settle=120)
        assert is_card(await town.card(photo))
        again = await town.photo("officer02", "东关街 路沿石缺失", settle=60)
        assert is_card(await town.card(again))


@pytest.mark.parametrize("words", ["延期 等材料", "挂账 3月20日 等手续", "承诺 3月20日 等材料"])
async def test_a_question_whose_answer_was_lost_is_asked_again(tmp_path: Path, words: str) -> None:
    """Without it nobody could answer, and it may not be asked for a second time."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo, settle=30)
        await fault(town, "lost_reply", method="sendMessage", chat=town.group)
        await town.say("repairer01", words, reply_to=photo, settle=30)
        assert await shown(town, "请督查答复") == 2
