"""Two programs with one token: whoever came later gives way, whoever was there says so once.

Telegram lets one poll at a time: a new one ends the older with 409, and both would go on like this.
It is the older one that is disturbed first, and neither knows the other's age. So each bears as
much time of quarrel as it had of peace before: the younger has had less of it, and leaves sooner.
They are disturbed in turn, so the one that leaves disturbs the other no more: never do both leave.
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
"""Who has polled for so long undisturbed was there first and never leaves; after as long a time of
peace a further quarrel is another one."""
_WEBHOOK = "webhook"
"""In Telegram's words when it is no other poller: a webhook (`bot/signpost.py`)."""


class PollerTakenError(ConnectionError):
    """Another program polls with the bot's token, and did so before this one."""

    def __init__(self) -> None:
        super().__init__("another program polls with the bot's token, and was there first")


class Rivalry:
    """What the polls of one process tell of others; `told` hears when it begins and ends."""

    def __init__(self, told: Callable[[bool], None] = lambda _on: None) -> None:
        self._told = told
        self.on = False
        """Whether another program polls with the same token, or set a webhook."""
        self.hooked = False
        """Whether the last poll was refused because of a webhook."""
        self._since: datetime | None = None
        """The first answer."""
        self._begun: datetime | None = None
        """The first conflict of this quarrel."""
        self._last: datetime | None = None
        """Its last one."""
        self._peace = timedelta()
        """How long it had polled before."""

    @property
    def polls(self) -> bool:
        """Whether any poll was answered yet."""
        return self._since is not None

    def polled(self, now: datetime) -> None:
        """A poll was answered."""
        self._since = self._since or now
        self.hooked = False
        if self.on:
            self._turn(on=False)
            log.info(
                "no other program takes updates any more", extra={"action": "receiver.uncontested"}
            )

    def rest(self) -> None:
        """This process polls no more for now, so nobody disturbs it."""
        self._begun = self._last = None
        self.hooked = False
        if self.on:
            self._turn(on=False)

    def _turn(self, *, on: bool) -> None:
        self.on = on
        self._told(on)

    def failed(self, error: Exception, now: datetime) -> None:
        """A poll failed.

        Raises:
            PollerTakenError: For another program, which was there first.
        """
        conflict = isinstance(error, TelegramConflictError)
        self.hooked = conflict and _WEBHOOK in str(error).lower()
        if not conflict or (self.hooked and not self.polls):
            return
        if self.hooked:
            self._tell(
                "another program has set a webhook for this bot: stop it, or messages go astray"
            )
            return
        if self._gives_way(now):
            raise PollerTakenError
        self._tell("another program polls with this bot's token: stop it, or messages go astray")

    def _tell(self, words: str) -> None:
        if not self.on:
            self._turn(on=True)
            log.error(
                "%s (lost track of it? a new token from @BotFather shuts it out)",
                words,
                extra={"action": "receiver.contested"},
            )

    def _gives_way(self, now: datetime) -> bool:
        if self._begun is None or self._last is None or now - self._last > SETTLED:
            self._begun, self._peace = now, now - (self._since or now)
        self._last = now
        return self._peace < SETTLED and now - self._begun >= self._peace
