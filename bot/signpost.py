"""Where Telegram leaves the updates: at the webhook, or for the poll. Told at every start.

A webhook is looked at now and then: somebody else may have moved it, its secret may be an old one,
and Telegram knows best whether it gets through.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiogram import exceptions as aio
from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook

from delivery.outcomes import TokenRefusedError
from handlers.dispatcher import ALLOWED_UPDATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogram import Bot
    from aiogram.types import WebhookInfo

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks at most."""
REFUSED = "401"
"""In Telegram's words on a delivery: our own answer to a wrong secret."""


def _nobody() -> None:
    """Nobody waits for it."""


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
        self._last_error: object = None

    async def point(self) -> None:
        """Set the webhook if Telegram knows it otherwise, or delete it if none is wanted.

        Raises:
            TelegramAPIError: a call failed; it may be repeated.
        """
        if self._aim is None:
            await self._bot(DeleteWebhook(drop_pending_updates=False))
            return
        info = await self._bot(GetWebhookInfo())
        failing, self._last_error = self._fails_anew(info), info.last_error_date
        if self._aim.differs(info) or (failing and REFUSED in (info.last_error_message or "")):
            await self._set(self._aim)
        elif not failing:
            self._heard()
            if not info.pending_update_count:
                self.caught_up()

    async def run(self) -> None:
        """Look after the webhook for ever.

        Raises:
            TokenRefusedError: Telegram does not accept the bot's token.
        """
        while self._aim is not None:
            await asyncio.sleep(self._every)
            try:
                await self.point()
            except aio.TelegramUnauthorizedError:
                raise TokenRefusedError from None
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                log.warning(
                    "the webhook was not looked at (%s)",
                    type(error).__name__,
                    extra={"action": "webhook.look_failed"},
                )

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
