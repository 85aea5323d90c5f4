"""The webhook's updates: those that wait while a transaction commits share the next one."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from bot.receiver import BATCH, TROUBLES, RawUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handlers.replies import Reply

log = logging.getLogger(__name__)

MOST_WAITING = 1000
"""Updates in hand; Telegram brings at most a hundred at once, so more are a flood."""


class Intake(Protocol):
    """What the webhook needs of the receiver."""

    @property
    def committed(self) -> Callable[[Sequence[Reply]], None]:
        """Hears what is to be done after each commit."""
        ...

    async def take_in(self, updates: Sequence[RawUpdate]) -> list[Reply]:
        """Handle a batch and commit it."""
        ...


@dataclass(eq=False, slots=True)
class _Delivery:
    raw: RawUpdate
    done: asyncio.Future[bool]


@dataclass(kw_only=True, slots=True)
class Webhook:
    """Takes in what Telegram brings (`web.hook.Taker`). `bot/nursery.py` runs `run()`.

    Updates of one chat keep their order: Telegram waits for the answer to one before it brings
    the chat's next, and what waits here is taken in by order of arrival.
    """

    receiver: Intake
    heard: Callable[[], None]
    """Hears of each batch that was committed."""
    _waiting: dict[int, _Delivery] = field(default_factory=dict)
    """By update id; one that is brought twice at once is taken in once."""
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    _open: bool = False

    @property
    def idle(self) -> bool:
        """Whether it has nothing in hand."""
        return not self._waiting

    async def take(self, raw: RawUpdate) -> bool:
        """True once all that the update caused is committed; False: not now, try again later."""
        update_id = int(raw["update_id"])
        delivery = self._waiting.get(update_id)
        if delivery is None:
            if not self._open or len(self._waiting) >= MOST_WAITING:
                return False
            delivery = _Delivery(raw, asyncio.get_running_loop().create_future())
            self._waiting[update_id] = delivery
            self._came.set()
        return await asyncio.shield(delivery.done)

    async def run(self) -> None:
        """Take in for ever; what is in hand at the end is refused, and will be brought again."""
        self._open = True
        try:
            while True:
                await self._came.wait()
                self._came.clear()
                while self._waiting:
                    await self._settle(list(islice(self._waiting.values(), BATCH)))
        finally:
            self._open = False
            for delivery in list(self._waiting.values()):
                self._answer(delivery, good=False)

    async def _settle(self, batch: list[_Delivery]) -> None:
        try:
            good = await self._taken_in(batch)
        except Exception as error:  # noqa: BLE001 - one that is not even kept must not stop others
            _tell_log("updates were not taken in", error)
            if len(batch) > 1:
                for delivery in batch:
                    await self._settle([delivery])
                return
            good = False
        for delivery in batch:
            self._answer(delivery, good=good)

    async def _taken_in(self, batch: list[_Delivery]) -> bool:
        try:
            replies = await self.receiver.take_in([delivery.raw for delivery in batch])
        except TROUBLES as error:
            _tell_log("nothing can be committed", error)
            return False
        self.heard()
        self.receiver.committed(replies)
        return True

    def _answer(self, delivery: _Delivery, *, good: bool) -> None:
        self._waiting.pop(int(delivery.raw["update_id"]), None)
        if not delivery.done.done():
            delivery.done.set_result(good)


def _tell_log(what: str, error: Exception) -> None:
    log.warning("%s (%s)", what, type(error).__name__, extra={"action": "webhook.not_taken"})
