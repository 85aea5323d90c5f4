"""Delivery of updates to webhooks: in order per chat, side by side across chats, with back-off."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from simulator.bots import Bot, Webhook
    from simulator.clock import SimulatedClock
    from simulator.json_types import Json
    from simulator.updates import Update

    Execute = Callable[[Bot, Json], Awaitable[None]]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
FIRST_DELAY = 1.0
LONGEST_DELAY = (60.0, 120.0)
LONGEST_RETRY_AFTER = 3600.0
GONE = 410
GONE_FOR = timedelta(hours=23)
"""After so long an unbroken row of 410 answers the webhook is removed."""

ANSWER_WITHIN = 30.0
"""Real seconds that a webhook has for its answer."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Failure:
    words: str
    status: int = 0
    retry_after: float = 0.0


class Webhooks:
    """Owns the tasks that deliver; `close` ends them."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.execute: Execute | None = None
        self._clock = clock
        self._random = Random(60)  # noqa: S311 - delays need no secrecy
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes: set[tuple[int, int, int]] = set()

    def start(self, bot: Bot) -> None:
        """Deliver this bot's updates to its webhook until that is taken away."""
        if bot.webhook is not None:
            self._spawn(self._watch(bot, bot.webhook))

    async def close(self) -> None:
        """End all deliveries."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, bot: Bot, hook: Webhook) -> None:
        gate = asyncio.Semaphore(hook.max_connections)
        while bot.webhook is hook:
            arrival = bot.queue.next_arrival()
            for lane in {update.lane for update in bot.queue.pending(self._clock.now())}:
                key = (bot.id, lane, id(hook))
                if key not in self._lanes:
                    self._lanes.add(key)
                    self._spawn(self._serve_lane(bot, hook, lane, gate))
            await arrival

    async def _serve_lane(
        self, bot: Bot, hook: Webhook, lane: int, gate: asyncio.Semaphore
    ) -> None:
        delay, failures = FIRST_DELAY, 0
        try:
            while bot.webhook is hook:
                update = self._first(bot, lane)
                if update is None:
                    return
                async with gate:
                    failure = await self._send(bot, hook, update)
                if failure is None:
                    bot.queue.forget(update)
                    delay, failures = FIRST_DELAY, 0
                    continue
                delay = self._next_delay(delay, failures, failure)
                failures += 1
                await self._back_off(bot, lane, failure.retry_after or delay)
        finally:
            self._lanes.discard((bot.id, lane, id(hook)))

    def _first(self, bot: Bot, lane: int) -> Update | None:
        pending = bot.queue.pending(self._clock.now())
        return next((update for update in pending if update.lane == lane), None)

    def _next_delay(self, delay: float, failures: int, failure: _Failure) -> float:
        if failure.retry_after or not failures:
            return delay
        return min(delay * 2, self._random.uniform(*LONGEST_DELAY))

    async def _back_off(self, bot: Bot, lane: int, seconds: float) -> None:
        bot.backing_off.add(lane)
        try:
            await self._clock.sleep(seconds)
        finally:
            bot.backing_off.discard(lane)

    async def _send(self, bot: Bot, hook: Webhook, update: Update) -> _Failure | None:
        bot.working += 1
        try:
            failure = await self._post(bot, hook, update)
        finally:
            bot.working -= 1
        state = bot.webhook_state
        if failure is None:
            state.gone_since = None
            return None
        now = self._clock.now()
        state.last_error_date = int(now.timestamp())
        state.last_error_message = failure.words
        if failure.status != GONE:
            state.gone_since = None
        elif state.gone_since is None:
            state.gone_since = now
        elif now - state.gone_since > GONE_FOR:
            bot.webhook = None
        return failure

    async def _post(self, bot: Bot, hook: Webhook, update: Update) -> _Failure | None:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
            self._session = aiohttp.ClientSession(timeout=timeout)
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with self._session.post(
                hook.url, json=update.as_json(), headers=headers, ssl=False
            ) as answer:
                body = await answer.read()
                if answer.status // 100 == 2:  # noqa: PLR2004 - any 2xx
                    await self._run_answer(bot, answer.content_type, body)
                    return None
                words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return _Failure(words, answer.status, _retry_after(answer))
        except (aiohttp.ClientError, TimeoutError) as error:
            log.debug("webhook of bot %s failed: %s", bot.id, type(error).__name__)
            return _Failure("Connection refused or timed out")

    async def _run_answer(self, bot: Bot, content_type: str, body: bytes) -> None:
        """Do what the answer asks for; nobody ever sees the result."""
        if self.execute is not None and content_type == "application/json" and body:
            with suppress(ValueError, RecursionError):
                call = json.loads(body)
                if isinstance(call, dict):
                    await self.execute(bot, call)


def _retry_after(answer: aiohttp.ClientResponse) -> float:
    words = answer.headers.get("Retry-After", "")
    return min(float(words), LONGEST_RETRY_AFTER) if words.isdecimal() else 0.0
