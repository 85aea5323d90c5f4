"""Two programs with one token: whoever came later gives way, whoever was there says so once.

Telegram lets one poll at a time: a new one ends the older with 409, and both would go on like this.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from aiogram.exceptions import TelegramConflictError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

log = logging.getLogger(__name__)

SETTLED = timedelta(minutes=2)
"""Who has polled for so long undisturbed was there first."""
_WEBHOOK = "webhook"
"""In Telegram's words when it is no other poller: a webhook, which the start takes away."""


class PollerTakenError(ConnectionError):
    """Another program polls with the bot's token, and did so before this one."""

    def __init__(self) -> None:
        super().__init__("another program polls with the bot's token, and was there first")


class Rivalry:
    """What the polls of one process tell of others; `told` hears when it begins and ends."""

    def __init__(self, told: Callable[[bool], None] = lambda _on: None) -> None:
        self._told = told
        self.on = False
        """Whether another program polls with the same token."""
        self._since: datetime | None = None

    def polled(self, now: datetime) -> None:
        """A poll was answered."""
        self._since = self._since or now
        if self.on:
            self._turn(on=False)
            log.info("no other program polls any more", extra={"action": "receiver.uncontested"})

    def _turn(self, *, on: bool) -> None:
        self.on = on
        self._told(on)

    def failed(self, error: Exception, now: datetime) -> None:
        """A poll failed.

        Raises:
            PollerTakenError: For another program, which was there first.
        """
        if not isinstance(error, TelegramConflictError) or _WEBHOOK in error.message:
            return
        if self._since is None or now - self._since < SETTLED:
            raise PollerTakenError
        if not self.on:
            self._turn(on=True)
            log.error(
                "another program polls with this bot's token: stop it, or messages go astray"
                " (lost track of it? a new token from @BotFather shuts it out)",
                extra={"action": "receiver.contested"},
            )
