"""A chat platform that answers as it is told (`delivery.ports.Gateway`, `Letters`, `Painter`)."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from delivery.outcomes import Outcome, Sent

if TYPE_CHECKING:
    from datetime import datetime

    from delivery.ports import Parcel
    from usecases.digest_views import ChartView
    from usecases.ports import Clock
    from usecases.to_tell import Telling
    from usecases.views import SheetView


@dataclass(frozen=True)
class Call:
    """One call as it began."""

    at: datetime
    chat: str
    text: str
    parcel: Parcel | None = None


class FakeGateway:
    """Sends all, unless outcomes are put into `script` by chat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.calls: list[Call] = []
        self.script: dict[str, deque[Outcome]] = defaultdict(deque)
        self.began = asyncio.Semaphore(0)
        """Released by each call as it begins."""
        self.hold: asyncio.Event | None = None
        """When set, calls wait for it."""
        self.running: set[str] = set()
        self.most_at_once = 0

    async def send(self, parcel: Parcel) -> Outcome:
        """Send a parcel."""
        return await self._call(Call(self._clock.now(), parcel.chat, parcel.text, parcel))

    async def react(self, chat: str, message: str, emoji: str) -> Outcome:
        """React to a message."""
        return await self._call(Call(self._clock.now(), chat, f"{emoji}@{message}"))

    async def pin(self, chat: str, message: str) -> Outcome:
        """Pin a message."""
        return await self._call(Call(self._clock.now(), chat, f"pin@{message}"))

    async def _call(self, call: Call) -> Outcome:
        assert call.chat not in self.running, "two calls of one chat at once"
        self.running.add(call.chat)
        self.most_at_once = max(self.most_at_once, len(self.running))
        self.calls.append(call)
        self.began.release()
        try:
            await self._wait()
        finally:
            self.running.discard(call.chat)
        script = self.script[call.chat]
        return script.popleft() if script else Sent(str(len(self.calls)))

    async def _wait(self) -> None:
        await asyncio.sleep(0)
        if self.hold is not None:
            await self.hold.wait()


@dataclass(frozen=True)
class PlainLetter:
    """A letter without buttons."""

    text: str
    buttons: tuple[()] = ()


class PlainLetters:
    """The letter is the row's key, so that tests see who was told what."""

    def __init__(self) -> None:
        self.unwordable: set[int] = set()

    def write(self, telling: Telling, now: datetime) -> PlainLetter:
        """The key; an error for rows that cannot be worded."""
        del now
        if telling.row.id in self.unwordable:
            raise KeyError("words")
        return PlainLetter(telling.row.key)


class PlainPainter:
    """Gives the same bytes for each picture, or fails."""

    def __init__(self) -> None:
        self.picture: bytes | None = b"jpeg"
        self.fails = False

    async def sheet(self, view: SheetView, language: str) -> bytes | None:
        """The bytes."""
        del view, language
        return self._drawn()

    async def chart(self, view: ChartView, language: str) -> bytes | None:
        """The bytes."""
        del view, language
        return self._drawn()

    def _drawn(self) -> bytes | None:
        if self.fails:
            raise OSError("no disk")
        return self.picture
