"""Outbox to chat: takes rows in order, at the pace, several chats side by side.

A row is marked as being sent, and committed, before its call; what became of it is marked after.
A row whose call was cut off stays marked as being sent, and is ambiguous at the next start.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from delivery import outcomes
from delivery.lanes import Lanes
from delivery.marks import Marks
from delivery.ports import Parcel
from usecases.digest_views import ChartView
from usecases.records import Priority
from usecases.views import PinView, ReactionView, SheetView

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from delivery.pace import Pace
    from delivery.ports import CourierDesk, Gateway, Letters, Painter
    from usecases.ports import Clock
    from usecases.records import Outgoing
    from usecases.to_tell import Telling

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 8
"""Chats that are written to at the same time."""
_PAINTED = (SheetView, ChartView)
"""What goes out as the caption of a picture."""
HEADS = 32
"""Rows asked for at once."""
MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""Errors of the program itself: the same row would fail again and again."""


@dataclass(kw_only=True, slots=True)
class Courier:
    """Tells people what the outbox holds. `bot/nursery.py` runs `run()`."""

    desk: CourierDesk
    gateway: Gateway
    letters: Letters
    painter: Painter
    pace: Pace
    clock: Clock
    _lanes: Lanes = field(init=False)
    _marks: Marks = field(init=False)
    _seen: datetime = field(init=False)
    """What the clock showed when it was last looked at."""

    def __post_init__(self) -> None:
        self._lanes = Lanes("courier", self.clock, SIDE_BY_SIDE)
        self._marks = Marks(self.desk, self.pace, self.clock)
        self._seen = self.clock.now()

    @property
    def idle(self) -> bool:
        """Whether nothing can be sent now and no call is running: only time or a poke can help."""
        return self._lanes.idle

    @property
    def busy(self) -> Collection[str]:
        """The chats with a call in flight."""
        return tuple(self._lanes.busy)

    def poke(self) -> None:
        """The outbox has changed. Call it in the loop's thread."""
        self._lanes.poke()

    async def run(self) -> None:
        """Send until `stop()`; first settle what was being sent when the process last ended.

        Raises:
            TokenRefusedError: The platform does not accept the bot's token.
        """
        await self.desk.recover()
        since = self.clock.now() - self.pace.memory
        self.pace.rebuild(await self.desk.sent_since(since), await self.desk.pauses())
        await self._lanes.run(self._round)

    async def stop(self) -> None:
        """Take no more rows; calls in flight have 3 s (real time) to finish."""
        await self._lanes.stop()

    async def _round(self) -> datetime | None:
        now = self.clock.now()
        seen, self._seen = self._seen, now
        if now < seen:
            await self.desk.put_back(seen - now)
        due = await self._start_calls()
        opening = self.pace.next_opening(self.clock.now())
        return min((moment for moment in (due, opening) if moment is not None), default=None)

    async def _start_calls(self) -> datetime | None:
        """Begin what may be sent now; when the next row of the outbox may be sent."""
        due: datetime | None = None
        full: set[str] = set()
        progress = True
        while progress and self._lanes.room > 0:
            now = self.clock.now()
            shut = self.pace.shut(now) | set(self._lanes.busy) | full
            narrow = self.pace.narrow(now)
            rows, due = await self.desk.waiting(shut=shut, narrow=narrow, limit=HEADS)
            before = len(full) + len(self._lanes.busy)
            for row in rows:
                self._start(row, full)
            # Fewer than asked for: there are no other chats behind them.
            progress = len(rows) == HEADS and len(full) + len(self._lanes.busy) > before
        return due

    def _start(self, row: Outgoing, full: set[str]) -> None:
        """Begin a row's call if its chat and the pace have room; else note the chat as full."""
        if row.chat in self._lanes.busy or self._lanes.room <= 0:
            return
        now = self.clock.now()
        danger = row.priority is Priority.DANGER_CARD
        if not row.free and not self.pace.allows(row.chat, now, danger=danger):
            full.add(row.chat)
            return
        if not row.free:
            self.pace.started(row.chat, now)
        self._lanes.start(row.chat, partial(self._carry, row))

    async def _carry(self, row: Outgoing) -> None:
        telling: Telling | None = None
        outcome: outcomes.Outcome | None = None
        reached = False
        try:
            telling = await self._take(row)
            if telling is not None:
                reached = True
                outcome = await self._tell(telling)
                reached = _reached(outcome)
        finally:
            self._count(row, reached=reached)
        if telling is not None and outcome is not None:
            await self._marks.mark(telling, outcome)

    async def _take(self, row: Outgoing) -> Telling | None:
        try:
            return await self.desk.take(row.id)
        except MISTAKES as error:
            # One row that cannot be made out must not silence all others.
            log.exception(
                "a row cannot be told",
                extra={"action": "delivery.untold", "case": row.case_id, "row": row.id},
            )
            await self.desk.refused(row.id, f"not told: {type(error).__name__}")
            return None

    def _count(self, row: Outgoing, *, reached: bool) -> None:
        if row.free:
            return
        if reached:
            self.pace.ended(row.chat, self.clock.now())
        else:
            self.pace.released(row.chat)

    async def _tell(self, telling: Telling) -> outcomes.Outcome:
        row = telling.row
        if isinstance(telling.view, ReactionView):
            message = telling.edit or row.reply_to
            return await self.gateway.react(row.chat, message, telling.view.emoji)
        if isinstance(telling.view, PinView):
            return await self.gateway.pin(row.chat, telling.edit)
        try:
            parcel = await self._pack(telling)
        except Exception as error:
            # One letter that cannot be worded must not silence all others.
            log.exception(
                "a letter cannot be written",
                extra={"action": "delivery.unworded", "case": row.case_id, "row": row.id},
            )
            return outcomes.Refused(f"not worded: {type(error).__name__}")
        return await self.gateway.send(parcel)

    async def _pack(self, telling: Telling) -> Parcel:
        row = telling.row
        letter = self.letters.write(telling, self.clock.now())
        return Parcel(
            chat=row.chat,
            text=letter.text,
            buttons=letter.buttons,
            thread="" if telling.private else row.thread,
            reply_to="" if telling.private else row.reply_to,
            only=row.only,
            edit=telling.edit,
            silent=telling.silent,
            captioned=isinstance(telling.view, _PAINTED),
            picture=await self._painted(telling) if not telling.edit else None,
        )

    async def _painted(self, telling: Telling) -> bytes | None:
        """The picture of a sheet or chart; without it the words and the buttons go alone."""
        view = telling.view
        try:
            if isinstance(view, ChartView):
                return await self.painter.chart(view, telling.language)
            if isinstance(view, SheetView):
                return await self.painter.sheet(view, telling.language)
        except Exception:
            log.exception(
                "a picture cannot be drawn",
                extra={"action": "delivery.undrawn", "case": telling.row.case_id},
            )
        return None


def _reached(outcome: outcomes.Outcome) -> bool:
    return not isinstance(outcome, outcomes.SurelyNot) or outcome.reached
