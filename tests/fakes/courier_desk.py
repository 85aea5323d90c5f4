"""An outbox in memory (`delivery.ports.CourierDesk`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.fakes.clock import MORNING
from usecases.records import Outgoing, Priority, Sent, Waiting
from usecases.to_tell import Telling
from usecases.views import NoticeView

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, timedelta

    from usecases.ports import Clock
    from usecases.teamwork import Pause
    from usecases.to_tell import View

GROUP = "-4000001"
CITY = ZoneInfo("Asia/Shanghai")
NOTICE = NoticeView(words="test", zone=CITY)


def row(number: int, chat: str = GROUP, **fields: object) -> Outgoing:
    """A queued row of a case of its own, unless said otherwise."""
    basis = Outgoing(
        id=number,
        kind="card",
        key=f"row-{number}",
        case_id=number,
        chat=chat,
        priority=Priority.CARD,
        not_before=MORNING,
        created_at=MORNING,
    )
    return replace(basis, **fields)  # type: ignore[arg-type] # each test names real fields


class FakeCourierDesk:
    """Keeps rows, and a diary of what the courier said about them."""

    def __init__(self, clock: Clock, rows: Sequence[Outgoing] = ()) -> None:
        self._clock = clock
        self.rows = {one.id: one for one in rows}
        self.diary: list[tuple[object, ...]] = []
        self.views: dict[int, View] = {}
        self.edits: dict[int, str] = {}
        self.dropped: set[int] = set()
        """Rows whose reason has gone."""
        self.broken: set[int] = set()
        """Rows that the program cannot make out."""
        self.states: dict[str, str] = {}
        self.before: list[tuple[str, datetime]] = []
        """What was sent before the start."""
        self.resting: list[Pause] = []
        """Chats that rested before the start."""
        self.questions = 0

    def add(self, one: Outgoing) -> None:
        """Queue a row."""
        self.rows[one.id] = one

    def left(self) -> list[int]:
        """The rows that are not yet told or given up."""
        waiting = {Sent.QUEUED, Sent.SENDING}
        return [one.id for one in self.rows.values() if one.state in waiting]

    async def waiting(
        self, *, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Waiting:
        """The next sendable row of each lane, and the earliest future `not_before`."""
        self.questions += 1
        first: dict[str, Outgoing] = {}
        for number in sorted(self.left()):
            first.setdefault(self.rows[number].lane, self.rows[number])
        ready = [
            one
            for one in first.values()
            if one.state is Sent.QUEUED
            and one.not_before <= self._clock.now()
            and one.chat not in shut
            and one.chat not in self.states
            and (one.free or one.chat not in narrow or one.priority is Priority.DANGER_CARD)
        ]
        rows = sorted(ready, key=lambda one: (one.priority, one.id))[:limit]
        now = self._clock.now()
        times = [self.rows[number].not_before for number in self.left()]
        return Waiting(rows, min((moment for moment in times if moment > now), default=None))

    async def take(self, row_id: int) -> Telling | None:
        """Mark a row as being sent."""
        if row_id in self.broken:
            raise KeyError(row_id)
        if row_id in self.dropped:
            self._put(row_id, "dropped", state=Sent.DROPPED)
            return None
        one = self.rows[row_id]
        self._put(row_id, "taken", state=Sent.SENDING, attempts=one.attempts + 1)
        one = self.rows[row_id]
        return Telling(
            row=one,
            view=self.views.get(row_id, NOTICE),
            language="zh",
            private=not one.chat.startswith("-"),
            silent=not one.loud,
            edit=self.edits.get(row_id, ""),
        )

    async def sent(self, row_id: int, message: str) -> None:
        """The row was told."""
        self._put(row_id, "sent", message, state=Sent.SENT, message=message)

    async def again(self, row_id: int, *, not_before: datetime, note: str) -> None:
        """Queue it again."""
        self._put(row_id, "again", note, state=Sent.QUEUED, not_before=not_before)

    async def ambiguous(self, row_id: int, note: str) -> None:
        """Cards are sent again, nudges are dropped."""
        nudge = self.rows[row_id].kind == "nudge"
        self._put(row_id, "ambiguous", note, state=Sent.DROPPED if nudge else Sent.QUEUED)

    async def refused(self, row_id: int, note: str) -> None:
        """Refused for good."""
        self._put(row_id, "refused", note, state=Sent.DEAD)

    async def unreachable(self, row_id: int, note: str) -> None:
        """Told another way, which is not this desk's."""
        self._put(row_id, "unreachable", note, state=Sent.DEAD)

    async def gone(self, row_id: int, note: str) -> None:
        """The card was deleted: post it anew."""
        self.edits.pop(row_id, None)
        self._put(row_id, "gone", note, state=Sent.QUEUED)

    async def chat_state(self, chat: str, state: str) -> None:
        """Rows of the chat wait."""
        self.states[chat] = state
        self.diary.append(("chat", chat, state))

    async def migrated(self, old: str, new: str) -> None:
        """Waiting rows move."""
        self.diary.append(("migrated", old, new))
        for number in self.left():
            if self.rows[number].chat == old:
                self.rows[number] = replace(self.rows[number], chat=new)

    async def put_back(self, step: timedelta) -> None:
        """What waits comes nearer."""
        for number in self.left():
            nearer = self.rows[number].not_before - step
            self.rows[number] = replace(self.rows[number], not_before=nearer)

    async def recover(self) -> None:
        """Rows found as being sent are ambiguous."""
        for number in self.left():
            if self.rows[number].state is Sent.SENDING:
                await self.ambiguous(number, "the process ended")

    async def sent_since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """What was sent before the start."""
        return [one for one in self.before if one[1] >= moment]

    async def pauses(self) -> Sequence[Pause]:
        """The chats that rest."""
        return self.resting

    def _put(self, row_id: int, event: str, *details: str, **fields: object) -> None:
        self.diary.append((event, row_id, *details))
        self.rows[row_id] = replace(self.rows[row_id], **fields)  # type: ignore[arg-type]
