"""The long poll: fetches a batch, has it taken in, and lets only the next poll confirm it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from aiogram import exceptions as aio
from aiogram.methods import TelegramMethod

from bot.receiver import BATCH, TROUBLES, RawUpdate
from bot.rivalry import Rivalry
from delivery.outcomes import TokenRefusedError
from handlers.dispatcher import ALLOWED_UPDATES
from storage.errors import StorageError
from usecases import contest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.receiver import Receiver
    from usecases.ports import Clock

log = logging.getLogger(__name__)

PAUSES = (1, 2, 5, 10, 30)
"""Seconds to wait after the first, second, … failed poll in a row."""
SPARE = 10
"""Seconds that an answer may take beyond the long poll itself."""


def _nobody() -> None:
    """Nobody waits for it."""


def _no_one(_polled: bool) -> None:  # noqa: FBT001 - it is all there is to tell
    """Nobody does anything about it."""


class RawUpdates(TelegramMethod[list[RawUpdate]]):
    """getUpdates without parsing: one odd update must not spoil the batch it came in."""

    __returning__ = list[RawUpdate]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Turns(Protocol):
    """Which of several processes polls."""

    def is_mine(self) -> bool:
        """Whether it is this one."""
        ...

    async def my_turn(self) -> None:
        """Return while it is this one."""
        ...


@dataclass(kw_only=True, slots=True)
class Poller:
    """Asks Telegram for updates. `bot/nursery.py` runs `run()`."""

    receiver: Receiver
    clock: Clock
    poll_seconds: int
    heard: Callable[[], None]
    """Hears of each poll that succeeded, once all that it brought is committed."""
    team: Turns | None = None
    """The processes on one database, of which one polls; without a team this one always does."""
    hooked: Callable[[bool], None] = _no_one
    """Hears of a poll that a webhook was in the way of, and whether others were answered before."""
    caught_up: Callable[[], None] = _nobody
    """Hears once that Telegram keeps nothing any more of what came before the start."""
    rivalry: Rivalry = field(default_factory=Rivalry)
    """Whether another program polls with the same token."""
    _offset: int | None = None
    _failures: int = 0
    _behind: bool = True
    _busy: bool = field(default=False)

    @property
    def idle(self) -> bool:
        """Whether it waits for Telegram, with nothing in hand."""
        return not self._busy

    async def run(self) -> None:
        """Receive for ever.

        Raises:
            TokenRefusedError: Telegram does not accept the bot's token.
            PollerTakenError: another program polls with the token, and did so before this one.
        """
        while True:
            if self.team is not None and not self.team.is_mine():
                self.rivalry.rest()
                await self.team.my_turn()
            updates = await self._poll()
            if updates:
                self._busy = True
                try:
                    await self._settle(updates)
                finally:
                    self._busy = False

    async def _settle(self, updates: Sequence[RawUpdate]) -> None:
        """Take in a batch and let the next poll confirm it; without a database it comes again."""
        try:
            replies = await self.receiver.take_in(updates)
        except TROUBLES as error:
            await self._pause("nothing can be committed", error)
            return
        self._failures = 0
        self.heard()
        self.receiver.committed(replies)
        self._offset = max(int(raw["update_id"]) for raw in updates) + 1

    async def _poll(self) -> list[RawUpdate]:
        method = RawUpdates(
            offset=self._offset,
            limit=BATCH,
            timeout=0 if self._behind else self.poll_seconds,
            allowed_updates=ALLOWED_UPDATES,
        )
        try:
            updates = await self.receiver.bot(method, request_timeout=self.poll_seconds + SPARE)
        except aio.TelegramUnauthorizedError:
            raise TokenRefusedError from None
        except Exception as error:  # noqa: BLE001 - whatever the network does, polling goes on
            await self._look_for_rivals(error)
            await self._pause("polling failed", error)
            return []
        self.rivalry.polled(self.clock.now())
        if not updates:
            self._failures = 0
            self.heard()
            if self._behind:
                self._behind = False
                self.caught_up()
        return updates

    async def _look_for_rivals(self, error: Exception) -> None:
        """Write down that there is another program: a doctor cannot find out by himself."""
        if self.team is not None and not self.team.is_mine():
            return  # it is a process of this very city, whose turn it has become meanwhile
        self.rivalry.failed(error, self.clock.now())
        if self.rivalry.hooked:
            self.hooked(self.rivalry.polls)
        if not self.rivalry.on:
            return
        try:
            await self.receiver.at_once.do(contest.note)
        except StorageError:
            log.warning("a rival was not noted", extra={"action": "receiver.unnoted"})

    async def _pause(self, what: str, error: Exception) -> None:
        seconds = PAUSES[min(self._failures, len(PAUSES) - 1)]
        if isinstance(error, aio.TelegramRetryAfter):
            seconds = error.retry_after
        self._failures += 1
        log.warning(
            "%s (%s), again in %s s",
            what,
            type(error).__name__,
            seconds,
            extra={"action": "receiver.poll_failed"},
        )
        await self.clock.sleep_until(self.clock.now() + timedelta(seconds=seconds))
