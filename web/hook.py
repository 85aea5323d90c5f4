"""The webhook: 200 only after the commit of everything an update caused, else it comes again.

The secret is compared before anything else is read, in constant time, on bytes: text that is not
ASCII is a wrong secret like any other.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import web

if TYPE_CHECKING:
    from web.listener import Bounds

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
RETRY_AFTER = 5
"""Seconds after which Telegram is asked to bring an update again."""
DEEPEST = 100
"""Levels of JSON; an update has about a dozen."""
HIGHEST_ID = 2**53
"""Above every `update_id`."""

Raw = dict[str, Any]


class Taker(Protocol):
    """Who takes the updates in."""

    async def take(self, raw: Raw) -> bool:
        """True once all that the update caused is committed; False: not now, try again later."""
        ...


@dataclass(kw_only=True, slots=True)
class Hook:
    """The place to which Telegram brings updates."""

    secret: str
    """What the secret header must hold; never empty."""
    bounds: Bounds
    taker: Taker | None = None
    """Nobody before the product is ready, and after its end."""

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("a webhook without a secret would be open to all")

    async def handle(self, request: web.Request) -> web.Response:
        """Take one update in."""
        self._refuse_strangers(request)
        if self.taker is None:
            raise _later()
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        raw = _update(await self._body(request))
        if raw is None:
            raise web.HTTPBadRequest
        if not await self.taker.take(raw):
            raise _later()
        return web.Response()

    def _refuse_strangers(self, request: web.Request) -> None:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            raise web.HTTPUnauthorized

    async def _body(self, request: web.Request) -> bytes:
        most = self.bounds.body_bytes
        if request.content_length is not None and request.content_length > most:
            raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=request.content_length)
        try:
            async with asyncio.timeout(self.bounds.body_seconds):
                return await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        except ConnectionError:  # whoever was sending has gone, and will send it again
            raise web.HTTPBadRequest from None


def _later() -> web.HTTPException:
    return web.HTTPServiceUnavailable(headers={"Retry-After": str(RETRY_AFTER)})


def _update(body: bytes) -> Raw | None:
    """The update that a body holds; nothing if it holds none."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or _deeper_than(DEEPEST, raw):
        return None
    number = raw.get("update_id")
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < HIGHEST_ID:
        return None
    return raw


def _deeper_than(most: int, raw: Raw) -> bool:
    level: list[object] = [raw]
    for _ in range(most):
        level = [item for one in level for item in _items(one)]
        if not level:
            return False
    return True


def _items(one: object) -> list[object]:
    inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return [item for item in inside if isinstance(item, (dict, list))]
