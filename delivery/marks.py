"""What the desk and the pace are told after a call: one line per outcome."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from delivery import outcomes, retry
from delivery.pace import is_group
from usecases.views import ReactionView

if TYPE_CHECKING:
    from datetime import datetime

    from delivery.pace import Pace
    from delivery.ports import CourierDesk
    from usecases.ports import Clock
    from usecases.records import Outgoing
    from usecases.to_tell import Telling

log = logging.getLogger(__name__)

ENDED: Final[dict[type[outcomes.Outcome], str]] = {
    outcomes.Sent: "told",
    outcomes.Same: "it looked like this already",
    outcomes.Later: "not told yet: the platform wants a rest",
    outcomes.SurelyNot: "not told yet: tried again",
    outcomes.Maybe: "perhaps told: no answer came",
    outcomes.NoChat: "not told: nobody may write there",
    outcomes.Migrated: "not told yet: the group has a new id",
    outcomes.NoMessage: "not told: the message is gone",
    outcomes.Refused: "not told: refused for good",
    outcomes.TokenRefused: "not told yet: the token is refused",
}
"""What the log says of each outcome."""


class Marks:
    """Marks rows after their calls, and lets troubled chats rest."""

    def __init__(self, desk: CourierDesk, pace: Pace, clock: Clock) -> None:
        self._desk = desk
        self._pace = pace
        self._clock = clock
        self._troubles: dict[str, int] = {}

    async def mark(self, telling: Telling, outcome: outcomes.Outcome) -> None:
        """Record what became of a row.

        Raises:
            TokenRefusedError: Nothing at all can be sent; the row waits.
        """
        row = telling.row
        _tell_log(row, outcome)
        if not isinstance(outcome, outcomes.SurelyNot | outcomes.Maybe):
            self._troubles.pop(row.chat, None)
        match outcome:
            case outcomes.Sent() | outcomes.Same():
                await self._desk.sent(row.id, _message(telling, outcome))
            case outcomes.Refused() | outcomes.NoMessage() | outcomes.NoChat():
                await self._will_not(telling, outcome)
            case outcomes.Migrated():
                await self._desk.again(row.id, not_before=self._clock.now(), note="migrated")
                await self._desk.migrated(row.chat, outcome.chat)
                self._pace.moved(row.chat, outcome.chat)
            case _:
                await self._not_now(row, outcome)

    async def _not_now(self, row: Outgoing, outcome: outcomes.Outcome) -> None:
        """The call may succeed later; the chat rests until then, so that its order holds."""
        now = self._clock.now()
        match outcome:
            case outcomes.Later():
                self._pace.pause(row.chat, now, outcome.rest)
                await self._desk.again(row.id, not_before=now + outcome.rest, note="429")
            case outcomes.SurelyNot():
                self._rest(row.chat, now)
                later = now + retry.send_delay(row.attempts)
                await self._desk.again(row.id, not_before=later, note=outcome.note)
            case outcomes.Maybe():
                self._rest(row.chat, now)
                await self._desk.ambiguous(row.id, outcome.note)
            case _:
                await self._desk.again(row.id, not_before=now, note="401")
                raise outcomes.TokenRefusedError

    async def _will_not(
        self,
        telling: Telling,
        outcome: outcomes.Refused | outcomes.NoMessage | outcomes.NoChat,
    ) -> None:
        row = telling.row
        if isinstance(telling.view, ReactionView) and not isinstance(outcome, outcomes.NoChat):
            # A group may forbid reactions, a photo may be deleted: no harm, no second try.
            await self._desk.refused(row.id, outcome.note)
        elif isinstance(outcome, outcomes.NoMessage) and telling.edit:
            await self._desk.gone(row.id, outcome.note)
        elif isinstance(outcome, outcomes.NoChat):
            await self._absent(row, outcome)
        elif row.only:
            await self._desk.unreachable(row.id, outcome.note)
        else:
            await self._desk.refused(row.id, outcome.note)

    async def _absent(self, row: Outgoing, outcome: outcomes.NoChat) -> None:
        if not is_group(row.chat):
            await self._desk.unreachable(row.id, outcome.note)
            return
        if row.only and outcome.absence is not outcomes.Absence.GONE:
            # It speaks of the one person, or of whispering: the bot may still write to the group.
            await self._desk.unreachable(row.id, outcome.note)
            return
        await self._group_absent(row, outcome)

    async def _group_absent(self, row: Outgoing, outcome: outcomes.NoChat) -> None:
        """The group's rows wait until the bot is back; what only one person sees goes privately."""
        muted = outcome.absence is outcomes.Absence.MUTED
        await self._desk.chat_state(row.chat, "muted" if muted else "gone")
        if row.only:
            await self._desk.unreachable(row.id, outcome.note)
        else:
            await self._desk.again(row.id, not_before=self._clock.now(), note=outcome.note)

    def _rest(self, chat: str, now: datetime) -> None:
        self._troubles[chat] = self._troubles.get(chat, 0) + 1
        self._pace.pause(chat, now, retry.send_delay(self._troubles[chat]))


def _message(telling: Telling, outcome: outcomes.Sent | outcomes.Same) -> str:
    return outcome.message if isinstance(outcome, outcomes.Sent) else telling.edit


def _tell_log(row: Outgoing, outcome: outcomes.Outcome) -> None:
    """One line per call; Telegram's words may quote a letter, so they stay in the row's note."""
    word = type(outcome).__name__.lower()
    if isinstance(outcome, outcomes.Sent | outcomes.Same):
        level = logging.DEBUG
    elif isinstance(outcome, outcomes.TokenRefused):
        level = logging.CRITICAL
    else:
        level = logging.WARNING
    log.log(
        level,
        ENDED[type(outcome)],
        extra={
            "action": f"delivery.{word}",
            "case": row.case_id,
            "row": row.id,
            "kind": row.kind,
            "chat": row.chat,
        },
    )
