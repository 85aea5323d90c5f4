"""Webhooks: secret, order per chat, retries with back-off, and a call in the answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import pytest
from aiohttp import web

from tests.contract.people import GROUP, OFFICER, People, started

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiogram import Bot

    from simulator import SimulatedClock


class Receiver:
    """A product's webhook: keeps what comes and answers as told."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.answer: dict[str, Any] | None = None
        self.retry_after = ""
        self.url = ""
        self._came = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self._came.set()
        status = self.statuses.pop(0) if self.statuses else 200
        headers = {"Retry-After": self.retry_after} if self.retry_after else {}
        if self.answer is not None:
            return web.json_response(self.answer, status=status, headers=headers)
        return web.Response(status=status, headers=headers)

    async def wait_for(self, count: int) -> None:
        """Until that many deliveries came."""
        async with asyncio.timeout(5):
            while len(self.updates) < count:
                self._came.clear()
                await self._came.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A webhook on loopback."""
    async with Receiver() as running:
        yield running


async def test_updates_are_delivered_with_the_secret(
    bot: Bot, people: People, receiver: Receiver
) -> None:
    """What waited before comes too, and is then forgotten."""
    await people.say(OFFICER, "一")
    await bot.set_webhook(receiver.url, secret_token="S3-cret_")
    await people.say(OFFICER, "二")
    await receiver.wait_for(2)
    assert [update["message"]["text"] for update in receiver.updates] == ["一", "二"]
    assert receiver.secrets == ["S3-cret_", "S3-cret_"]
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_failed_delivery_is_tried_again_and_keeps_its_chat_in_order(
    bot: Bot, people: People, receiver: Receiver, clock: SimulatedClock
) -> None:
    """Other chats do not wait for it."""
    await people.say(OFFICER, "/start", chat=OFFICER)
    await bot.get_updates(offset=-1)
    await bot.get_updates(offset=2_000_000_000)
    await bot.delete_webhook(drop_pending_updates=True)
    receiver.statuses = [500]
    await bot.set_webhook(receiver.url)
    await people.say(OFFICER, "一")
    await people.say(OFFICER, "二")
    await receiver.wait_for(1)
    await people.say(OFFICER, "private", chat=OFFICER)
    await receiver.wait_for(2)
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 2
    assert "500" in str(info.last_error_message)
    await clock.advance(timedelta(seconds=2))
    await receiver.wait_for(4)
    words = [update["message"]["text"] for update in receiver.updates]
    assert words == ["一", "private", "一", "二"]


async def test_the_back_off_doubles_up_to_a_minute_or_two(
    bot: Bot, people: People, receiver: Receiver, clock: SimulatedClock
) -> None:
    """One second, then 2, 4, 8 … of the clock."""
    receiver.statuses = [500] * 8
    await bot.set_webhook(receiver.url)
    await people.say(OFFICER, "一")
    await receiver.wait_for(1)
    await clock.advance(timedelta(seconds=1.5))
    assert len(receiver.updates) == 2
    await clock.advance(timedelta(seconds=1))
    assert len(receiver.updates) == 2
    await clock.advance(timedelta(seconds=13))
    assert len(receiver.updates) == 5
    await clock.advance(timedelta(seconds=150))
    assert 7 <= len(receiver.updates) <= 9


async def test_retry_after_is_obeyed(
    bot: Bot, people: People, receiver: Receiver, clock: SimulatedClock
) -> None:
    """As the answer asks."""
    receiver.statuses, receiver.retry_after = [503], "40"
    await bot.set_webhook(receiver.url)
    await people.say(OFFICER, "一")
    await receiver.wait_for(1)
    await clock.advance(timedelta(seconds=39))
    assert len(receiver.updates) == 1
    await clock.advance(timedelta(seconds=2))
    assert len(receiver.updates) == 2


async def test_23_hours_of_410_remove_the_webhook(
    bot: Bot, people: People, receiver: Receiver, clock: SimulatedClock
) -> None:
    """The address says that it is gone for good."""
    receiver.statuses, receiver.retry_after = [410] * 60, "3600"
    await bot.set_webhook(receiver.url)
    await people.say(OFFICER, "一")
    await receiver.wait_for(1)
    await clock.advance(timedelta(hours=22))
    assert (await bot.get_webhook_info()).url
    await people.say(OFFICER, "二")
    await clock.advance(timedelta(hours=3))
    assert (await bot.get_webhook_info()).url == ""


async def test_a_call_in_the_answer_is_executed(
    bot: Bot, people: People, receiver: Receiver
) -> None:
    """Its result is never seen by the bot."""
    receiver.answer = {"method": "sendMessage", "chat_id": GROUP, "text": "from the answer"}
    await bot.set_webhook(receiver.url)
    await people.say(OFFICER, "一")
    await receiver.wait_for(1)
    await asyncio.sleep(0.1)
    assert (await people.see(OFFICER))[-1]["text"] == "from the answer"


async def test_setting_a_webhook_ends_a_poll(bot: Bot, receiver: Receiver) -> None:
    """In words of its own."""
    poll = started(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Exception, match="Conflict: terminated by setWebhook request"):
        await poll
