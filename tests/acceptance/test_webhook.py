"""The main job with Telegram bringing the updates, seen from outside."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.config import Secret, Settings
from bot.config.settings import Web
from tests.acceptance.city import (
    CAPTION,
    SMALL,
    at_work,
    buttons,
    city,
    is_card,
    text_of,
    waiting,
)
from tests.fakes.odd_telegram import photo as photo_update
from tests.fakes.ports import held_port
from web.hook import SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECRET = "a-secret_of-the-city"


@pytest.fixture
def port() -> Iterator[int]:
    """Where the bot listens, also after a restart."""
    with held_port() as number:
        yield number


def by_webhook(port: int) -> Callable[[Settings], Settings]:
    """The town whose updates are brought to this port."""
    web = Web(
        listen=f"127.0.0.1:{port}",
        webhook=f"http://127.0.0.1:{port}/telegram",
        secret=Secret(SECRET),
        max_connections=7,
        share_port=True,
    )
    return lambda settings: replace(settings, web=web)


async def test_a_case_lives_from_photo_to_close(tmp_path: Path, port: int) -> None:
    """Nothing is polled; Telegram was told address, secret and what is wanted, once."""
    async with city(tmp_path, change=by_webhook(port)) as town:
        photo = await town.photo("officer01", CAPTION)
        card = await town.card(photo)
        assert await town.press("repairer01", card["message_id"], "接单")
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = await town.sheet(photo)
        assert "查验通过" in buttons(sheet)
        await town.press("officer01", sheet["message_id"], "查验通过")
        await town.press("repairer01", sheet["message_id"], "查验通过")
        assert text_of(await town.card(photo)).startswith("🟢 已结案")
        assert [is_card(m) for m in await town.from_bot()] == [True, False]
        assert await town.log("getUpdates") == []
        (call,) = await town.log("setWebhook")
        hook = call["parameters"]
        assert (hook["secret_token"], int(str(hook["max_connections"]))) == (SECRET, 7)
        assert "callback_query" in str(hook["allowed_updates"])


async def test_the_log_says_why_telegram_refuses_the_webhook(
    tmp_path: Path, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    """An address that Telegram does not deliver to; the bot goes on, and tries again."""

    def elsewhere(settings: Settings) -> Settings:
        web = replace(by_webhook(port)(settings).web, webhook="https://bot.example.org:9/telegram")
        return replace(settings, web=web)

    async with city(tmp_path, change=elsewhere) as town:
        await town.advance(seconds=1)
    lines = [r.getMessage() for r in caplog.records if r.name == "bot.assembly"]
    assert any("bad webhook: Webhook can be set up only on ports" in line for line in lines), lines


async def test_an_album_and_what_is_said_at_once_keep_their_order(
    tmp_path: Path, port: int
) -> None:
    """Ten items are one case; words before a photo are the photo's."""
    async with city(tmp_path, change=by_webhook(port)) as town:
        first = await town.photo("officer01", SMALL, count=10, settle=6)
        assert "前10" in text_of(await town.card(first))
        await town.say("officer02", "金城路 井盖破损", settle=0)
        second = await town.photo("officer02")
        assert "检查井破损" in text_of(await town.card(second))
        assert len([m for m in await town.from_bot() if is_card(m)]) == 2


async def test_updates_brought_twice_or_side_by_side_are_handled_once(
    tmp_path: Path, port: int
) -> None:
    """Two deliveries at the same moment, one later, one by Telegram itself."""
    async with city(tmp_path, change=by_webhook(port)) as town:
        await town.call("POST", "/sim/faults", {"kind": "duplicate_update"})
        await town.photo("officer01", SMALL)
        url = f"http://127.0.0.1:{port}/telegram"
        headers = {SECRET_HEADER: SECRET}
        update = photo_update(900_001, SMALL)

        async def bring() -> int:
            async with town.session.post(url, json=update, headers=headers) as answer:
                return answer.status

        assert await asyncio.gather(*(bring() for _ in range(5))) == [200] * 5
        assert await bring() == 200
        await town.advance(seconds=5)
        cards = [m for m in await town.from_bot() if is_card(m)]
        assert len({text_of(card).split()[2] for card in cards}) == len(cards) == 2


async def test_what_happens_while_the_bot_is_away_is_brought_after_it_is_back(
    tmp_path: Path, port: int
) -> None:
    """Telegram tries again until it gets through; the webhook stays where it is, set once."""
    async with waiting(tmp_path) as (town, polling, clock):
        settings = by_webhook(port)(polling)
        async with at_work(settings, clock):
            first = await town.photo("officer01", SMALL)
        missed = await town.photo("officer02", SMALL)
        await town.advance(minutes=3)
        async with at_work(settings, clock):
            await town.advance(minutes=3)
            assert is_card(await town.card(missed))
            assert is_card(await town.card(first))
        assert len([m for m in await town.from_bot() if is_card(m)]) == 2
        assert len(await town.log("setWebhook")) == 1
        async with at_work(polling, clock):
            async with asyncio.timeout(60):
                while not await town.log("deleteWebhook"):  # noqa: ASYNC110 - no clock tells of it
                    await asyncio.sleep(0.05)
            # The first poll met the webhook, and the next one waits some seconds.
            assert is_card(await town.card(await town.photo("officer03", SMALL, settle=10)))
        assert len(await town.log("deleteWebhook")) == 1, "a poll needs the webhook gone"
