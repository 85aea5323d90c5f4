"""getUpdates and the webhook: the two ways to get updates, which exclude each other."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator.api.call import Call, Method
from simulator.bots import ParkedPoll, Webhook, WebhookState
from simulator.errors import ApiError, bad_request

if TYPE_CHECKING:
    from simulator.json_types import Json

LIMIT = 100
LONGEST_WAIT = 50
REPEATED = timedelta(seconds=0.5)
"""The same offset again within this time gets a single update."""

HASTY = timedelta(seconds=3)
"""The same offset again within this time has to wait at least as long."""

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
SECRET = re.compile(r"^[A-Za-z0-9_-]*$")
SECRET_LIMIT = 256
PORTS = frozenset({443, 80, 88, 8443})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


async def get_updates(call: Call) -> list[Json]:
    """The updates from `offset` on; all below it are confirmed and forgotten."""
    bot, parameters = call.bot, call.parameters
    if bot.webhook is not None:
        raise ApiError(409, WEBHOOK_ACTIVE)
    offset = parameters.integer("offset")
    limit = min(max(parameters.integer("limit", LIMIT), 1), LIMIT)
    wait = min(max(parameters.integer("timeout"), 0), LONGEST_WAIT)
    remember_kinds(call)
    limit, wait = _slow_down(call, offset, limit, wait)
    _end_other(call, OTHER_POLLER)
    bot.queue.confirm(offset)
    if not bot.queue.pending(call.world.clock.now()) and wait > 0:
        await _park(call, wait)
    pending = bot.queue.pending(call.world.clock.now())
    return [update.as_json() for update in pending[:limit]]


def _slow_down(call: Call, offset: int, limit: int, wait: int) -> tuple[int, int]:
    bot, now = call.bot, call.world.clock.now()
    same = bot.polled_at is not None and bot.poll_offset == offset
    since = now - bot.polled_at if bot.polled_at is not None else HASTY
    bot.poll_offset, bot.polled_at = offset, now
    bot.polled_really = asyncio.get_running_loop().time()
    if same and timedelta() <= since < HASTY:
        wait = max(wait, int(HASTY.total_seconds()))
        limit = 1 if since < REPEATED else limit
    return limit, wait


def _end_other(call: Call, words: str) -> None:
    poll = call.bot.poll
    if poll is not None and not poll.conflict.done():
        poll.conflict.set_result(words)


async def _park(call: Call, wait: int) -> None:
    """Wait for an update, the end of the time, or a conflict."""
    bot, clock = call.bot, call.world.clock
    loop = asyncio.get_running_loop()
    poll = bot.poll = ParkedPoll(loop.create_future())
    over: asyncio.Future[None] = loop.create_future()
    alarm = clock.call_at(clock.now() + timedelta(seconds=wait), lambda: _finish(over), soft=True)
    arrival = bot.queue.next_arrival()
    bot.working -= 1
    try:
        ends: set[asyncio.Future[Any]] = {poll.conflict, over, arrival}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        bot.working += 1
        alarm.cancel()
        arrival.cancel()
        bot.polled_really = loop.time()
        if bot.poll is poll:
            bot.poll = None
    if poll.conflict.done():
        raise ApiError(409, poll.conflict.result())


def _finish(over: asyncio.Future[None]) -> None:
    if not over.done():
        over.set_result(None)


def remember_kinds(call: Call) -> None:
    """Keep `allowed_updates` for later calls that do not say it."""
    if not call.parameters.has("allowed_updates"):
        return
    kinds = call.parameters.array("allowed_updates", "String")
    call.bot.queue.allow([str(kind) for kind in kinds or []])


async def set_webhook(call: Call) -> bool:
    """Deliver updates to a URL from now on; an empty one means the same as deleteWebhook."""
    parameters = call.parameters
    url = parameters.text("url")
    if not url:
        return await delete_webhook(call)
    _check_url(url)
    secret = parameters.text("secret_token")
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    remember_kinds(call)
    if parameters.flag("drop_pending_updates"):
        call.bot.queue.clear()
    connections = min(max(parameters.integer("max_connections", 40), 1), 100)
    _end_other(call, "Conflict: terminated by setWebhook request")
    call.bot.webhook = Webhook(url, secret, connections)
    call.bot.webhook_state = WebhookState()
    call.world.webhooks.start(call.bot)
    return True


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK and parts.scheme in {"http", "https"}:
        return  # what the local Bot API server allows, and no other host is ever spoken to
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise bad_request("bad webhook: the simulator delivers to loopback addresses only")


async def delete_webhook(call: Call) -> bool:
    """Back to getUpdates."""
    if call.parameters.flag("drop_pending_updates"):
        call.bot.queue.clear()
    call.bot.webhook = None
    call.bot.webhook_state = WebhookState()
    call.bot.queue.wake()
    return True


async def get_webhook_info(call: Call) -> Json:
    """How the webhook is doing."""
    bot, state = call.bot, call.bot.webhook_state
    pending = len(bot.queue.pending(call.world.clock.now()))
    info: dict[str, Any] = {
        "url": bot.webhook.url if bot.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": pending,
    }
    if bot.webhook is not None:
        info["max_connections"] = bot.webhook.max_connections
    if state.last_error_date is not None:
        info["last_error_date"] = state.last_error_date
        info["last_error_message"] = state.last_error_message
    if bot.queue.allowed is not None:
        info["allowed_updates"] = sorted(bot.queue.allowed)
    return info


METHODS = (
    Method("getUpdates", get_updates, frozenset({"offset", "limit", "timeout", "allowed_updates"})),
    Method(
        "setWebhook",
        set_webhook,
        frozenset(
            {"url", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token"}
        ),
    ),
    Method("deleteWebhook", delete_webhook, frozenset({"drop_pending_updates"})),
    Method("getWebhookInfo", get_webhook_info),
)
