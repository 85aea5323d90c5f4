"""How fast the bot speaks, and in which order: a busy minute in one group."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import CAPTION, at_work, city, is_card, text_of, waiting
from tests.acceptance.hours import said
from tests.acceptance.scenes import fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

COUNTED = ("sendMessage", "sendPhoto", "editMessageText", "editMessageCaption")
MINUTE = timedelta(seconds=60)


async def busiest(town: City) -> int:
    """The most sends and edits in the group in any 60 s."""
    calls = [c for c in await town.log(*COUNTED) if c["chat"] == town.group]
    times = sorted(datetime.fromisoformat(c["time"]) for c in calls)
    return max(sum(start <= t < start + MINUTE for t in times) for start in times)


async def test_sixty_photos_in_a_minute_have_their_cards_within_four(tmp_path: Path) -> None:
    """A danger among them has its card within ten seconds; never more than 18 a minute."""
    async with city(tmp_path) as town:
        start = posted = await town.now()
        dangerous = 0
        for number in range(60):
            who = f"officer{number % 10 + 1:02}"
            words = CAPTION if number == 50 else f"金城路 路沿石缺失 {number}"
            photo = await town.photo(who, words, settle=0)
            if number == 50:
                posted, dangerous = await town.now(), photo
            await town.advance(seconds=1)
        await town.advance(minutes=4)
        cards = await said(town, "待对接", chat=town.group)
        assert len(cards) == 60
        assert max(one.at for one in cards) - start <= timedelta(minutes=5)
        found = next(one for one in cards if "检查井" in one.text)
        assert found.at - posted <= timedelta(seconds=10)
        assert is_card(await town.card(dangerous))
        assert await busiest(town) <= 18
        assert all(c["status"] == 200 for c in await town.log(*COUNTED))
        await town.advance(minutes=12)
        told = await said(town, "请替班接单")
        assert len(told) <= 10
        assert sum(one.text.count("XC-") for one in told) == 60


async def test_an_undisturbed_case_is_cheap(tmp_path: Path) -> None:
    """Two messages and at most four edits, however slowly; the group's one board stands apart."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.advance(minutes=3)
        card = await town.card(photo)
        await town.press("repairer01", card["message_id"], "接单")
        await town.advance(minutes=20)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.advance(minutes=10)
        sheet = await town.sheet(photo)
        await town.press("officer01", sheet["message_id"], "查验通过")
        await town.advance(minutes=5)
        await town.press("repairer01", sheet["message_id"], "查验通过")
        await town.advance(hours=20)
        assert text_of(await town.card(photo)).startswith("🟢")
        group = [c for c in await town.log(*COUNTED) if c["chat"] == town.group]
        calls = [c["method"] for c in group if "今日看板" not in str(c["parameters"])]
        assert len([c for c in calls if c.startswith("send")]) == 2
        assert len([c for c in calls if c.startswith("edit")]) <= 4


async def test_a_refusal_for_the_pace_pauses_the_chat_for_as_long(tmp_path: Path) -> None:
    """429 with `retry_after` 30: nothing is sent to the group before, then everything."""
    async with city(tmp_path) as town:
        fault = {"kind": "rate_limit", "retry_after": 30, "method": "sendMessage"}
        await town.call("POST", "/sim/faults", fault)
        first = await town.photo("officer01", CAPTION)
        await town.photo("officer02", "东关街 井盖缺失")
        await town.advance(seconds=20)
        assert await said(town, chat=town.group) == []
        await town.advance(seconds=10)
        assert len(await said(town, chat=town.group)) == 2
        assert is_card(await town.card(first))


@pytest.mark.both_databases
async def test_a_ban_outlives_a_restart(tmp_path: Path) -> None:
    """`retry_after` 600, then another life of the bot: nobody writes to the group before."""
    async with waiting(tmp_path) as (town, settings, clock):
        async with at_work(settings, clock):
            await fault(town, "rate_limit", method="sendMessage", retry_after=600)
            for words in (CAPTION, "东关街 井盖缺失", "时风路 路沿石缺失"):
                await town.photo("officer01", words, settle=5)
        refused = len(await town.log("sendMessage"))
        async with at_work(settings, clock):
            await town.advance(minutes=9)
            assert len(await town.log("sendMessage")) == refused
            await town.advance(minutes=2)
            assert len(await said(town, "待对接", chat=town.group)) == 3
