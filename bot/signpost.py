"""Where Telegram leaves the updates: at the webhook, which is told at every start, or for the poll.

A webhook is looked at now and then: somebody else may have moved it, its secret may be an old one,
and Telegram knows best whether it gets through. A webhook that keeps the polls from getting
anything is taken away if the city itself has set it, or it came while the city polled; at a start
any other one is another program's, which was there first.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from aiogram import exceptions as aio
from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook

from bot.logs import first_words
from delivery.outcomes import TokenRefusedError
from handlers.dispatcher import ALLOWED_UPDATES
from usecases import contest, signposting

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogram import Bot
    from aiogram.types import WebhookInfo

    from usecases.desk import Desk

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks at most."""
REFUSED = "401"
"""In Telegram's words on a delivery: our own answer to a wrong secret."""


def _nobody() -> None:
    """Nobody waits for it."""


def _unasked(*, on: bool) -> None:
    """Nobody asks."""


class Contested(Protocol):
    """Hears whether another program has the updates now."""

    def __call__(self, *, on: bool) -> None:
        """Be told."""


class WebhookTakenError(ConnectionError):
    """Another program has the updates brought to it; the text is where."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """The webhook as it is wanted."""

    url: str
    secret: str
    max_connections: int

    def differs(self, info: WebhookInfo) -> bool:
        """Whether Telegram knows it otherwise; of the secret it tells nothing."""
        return (
            info.url != self.url
            or info.max_connections != self.max_connections
            or set(info.allowed_updates or ()) != set(ALLOWED_UPDATES)
            or info.has_custom_certificate
        )


class Signpost:
    """Points Telegram to the bot. `bot/nursery.py` runs `run()` where there is a webhook."""

    def __init__(
        self, bot: Bot, aim: Aim | None, heard: Callable[[], None], every: float = EVERY
    ) -> None:
        """`heard` is told of each look that found updates getting through."""
        self._bot = bot
        self._aim = aim
        self._heard = heard
        self._every = every
        self.caught_up: Callable[[], None] = _nobody
        """Hears of each look that found nothing waiting at Telegram."""
        self.contested: Contested = _unasked
        """Hears when another program moves the webhook, and when it is in order again."""
        self.desk: Desk | None = None
        """Where the city's own webhook is noted; None: any webhook is taken for its own."""
        self.drops = False
        """Whether a webhook of another program is taken away at the start."""
        self._last_error: object = None
        self._in_order = False
        self._moved = False
        self._in_the_way = asyncio.Event()
        self._polled = False

    async def point(self) -> None:
        """Set the webhook if one is wanted and Telegram knows it otherwise.

        Raises:
            TelegramAPIError: a call failed; it may be repeated.
        """
        if self._aim is None:
            # Sooner than the polls would tell of it.
            if self.desk is not None and await self.desk.do(signposting.had_one):
                self._in_the_way.set()
            return
        info = await self._bot(GetWebhookInfo())
        await self._compare(self._aim, info)
        failing, self._last_error = self._fails_anew(info), info.last_error_date
        if self._aim.differs(info) or (failing and REFUSED in (info.last_error_message or "")):
            await self._set(self._aim)
        elif not failing:
            await self._is_set(self._aim)
            self._heard()
            if not info.pending_update_count:
                self.caught_up()

    async def run(self) -> None:
        """Look after the webhook for ever, or for a poll after one that is in its way.

        Raises:
            TokenRefusedError: Telegram does not accept the bot's token.
            WebhookTakenError: There is another program's webhook, and was before this one's polls.
        """
        while True:
            try:
                if self._aim is None:
                    await self._in_the_way.wait()
                    self._in_the_way.clear()
                    await self.clear()
                else:
                    await asyncio.sleep(self._every)
                    await self.point()
            except aio.TelegramUnauthorizedError:
                raise TokenRefusedError from None
            except WebhookTakenError:
                raise
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                log.warning(
                    "the webhook was not looked at (%s)",
                    first_words(error),
                    extra={"action": "webhook.look_failed"},
                )

    def in_the_way(self, polled: bool) -> None:  # noqa: FBT001 - as the poller tells it
        """A poll was refused because of a webhook; `polled`: others were answered before."""
        self._polled |= polled
        self._in_the_way.set()

    async def clear(self) -> None:
        """Take away the webhook that is in a poll's way.

        Raises:
            WebhookTakenError: It is another program's, and was there first.
            TelegramAPIError: a call failed; it may be repeated.
        """
        url = (await self._bot(GetWebhookInfo())).url
        if not url:
            return
        if not (self._polled or self.drops or await self._is_ours(url)):
            raise WebhookTakenError(urlsplit(url).hostname or "?")
        await self._bot(DeleteWebhook(drop_pending_updates=False))
        log.warning("a webhook was taken away", extra={"action": "webhook.deleted"})

    async def _is_ours(self, url: str) -> bool:
        return self.desk is None or await self.desk.do(signposting.is_ours, url)

    async def _compare(self, aim: Aim, info: WebhookInfo) -> None:
        """See whether another program has moved what was in order."""
        if self._in_order and info.url != aim.url:
            if not self._moved:
                log.warning(
                    "another program has %s this bot's webhook: stop it, or messages go astray",
                    "moved" if info.url else "deleted",
                    extra={"action": "webhook.contested"},
                )
            self._moved = True
            self.contested(on=True)
            if self.desk is not None:
                await self.desk.do(contest.note)
        elif self._moved:
            self._moved = False
            self.contested(on=False)

    async def _is_set(self, aim: Aim) -> None:
        if not self._in_order and self.desk is not None:
            await self.desk.do(signposting.note, aim.url)
        self._in_order = True

    def _fails_anew(self, info: WebhookInfo) -> bool:
        """Whether updates wait and a delivery has failed since the last look."""
        anew = info.last_error_date is not None and info.last_error_date != self._last_error
        return bool(info.pending_update_count) and anew

    async def _set(self, aim: Aim) -> None:
        await self._bot(
            SetWebhook(
                url=aim.url,
                secret_token=aim.secret,
                max_connections=aim.max_connections,
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=False,
            )
        )
        log.info("the webhook was set", extra={"action": "webhook.set"})
        await self._is_set(aim)
