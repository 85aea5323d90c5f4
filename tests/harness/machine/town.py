"""The desk over a real unit of work, for a machine that takes thousands of small steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from bot.config import sample
from bot.config.city import town as build_town
from scheduler.timetable import CronTimetable
from storage.engines import writer_engine
from storage.errors import DatabaseDisturbedError
from storage.transactions import Ledger
from usecases import beats
from usecases.desk import CourierOffice, Desk, Homes
from usecases.inputs import ButtonPressed, File, PhotoPosted, Sender, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from casework.case import Case
    from storage.unit import Unit
    from usecases.views import Action

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
GROUP = "-4000001"
NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
TOWN = build_town(sample({}))


class Office:
    """Runs the desk's calls at once, each in its transaction; one may be told to fail."""

    def __init__(self, file: Path, ids: dict[str, int]) -> None:
        self.now_at = NOON
        self.failing = False
        """Whether the next transaction is rolled back at its end."""
        self._ids = ids
        self._ledger = Ledger(writer_engine(f"sqlite:///{file}"))
        come = beats.beats(TOWN.rules.reminders, TOWN.digests)
        timetable = CronTimetable(TOWN.zone, come, TOWN.calendar.works)
        self.desk = Desk(self._call, TOWN, self, timetable, Homes(TOWN))
        self.courier = CourierOffice(self.desk)
        self._updates = 0

    def now(self) -> datetime:
        """The machine's moment (`usecases.ports.Clock`)."""
        return self.now_at

    async def sleep_until(self, moment: datetime) -> None:
        """Nobody sleeps here."""
        self.now_at = max(self.now_at, moment)

    def close(self) -> None:
        """The end of an example."""
        self._ledger.close()

    async def _call(self, function: Callable[[Any, *Ts], T], *arguments: *Ts) -> T:
        result: T = self.run(function, *arguments)
        return result

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """One transaction."""
        transaction = self._ledger.begin()
        try:
            result = function(transaction.unit, *arguments)
            if self.failing:
                self.failing = False
                raise DatabaseDisturbedError("as ordered")  # noqa: TRY301 - rolled back below
            self._ledger.commit(transaction)
        except BaseException as error:
            self._ledger.rollback(transaction, error)
            raise
        return result

    def look(self, function: Callable[[Unit], T]) -> T:
        """What stands in the rows; nothing is changed, so nothing is committed."""
        transaction = self._ledger.begin()
        try:
            return function(transaction.unit)
        finally:
            transaction.rollback()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of something that never waits."""
        try:
            work.send(None)
        except StopIteration as end:
            return end.value
        raise RuntimeError("the desk waited for something")

    def case(self, case_id: int) -> Case:
        """A case as it stands."""

        def get(unit: Unit) -> Case:
            case = unit.cases.get(case_id, lock=False)
            if case is None:
                raise LookupError(case_id)
            return case

        return self.look(get)

    def sender(self, who: str) -> Sender:
        """The account of somebody."""
        return Sender(account=str(self._ids[who]), username=who)

    def fresh(self) -> int:
        """The number of a new update."""
        self._updates += 1
        return self._updates

    def photo(self, who: str, message: str, caption: str, reply_to: str = "") -> PhotoPosted:
        """A photo that somebody posts now."""
        source = Source(
            update_id=self.fresh(),
            chat=GROUP,
            message=message,
            sender=self.sender(who),
            at=self.now_at,
            reply_to=reply_to,
        )
        return PhotoPosted(source=source, file=File(file=message, unique=message), caption=caption)

    def press(self, who: str, action: Action, case_id: int, turn: int) -> ButtonPressed:
        """A button that somebody presses now."""
        return ButtonPressed(
            update_id=self.fresh(),
            sender=self.sender(who),
            chat=GROUP,
            message="1",
            at=self.now_at,
            action=action,
            case_id=case_id,
            round=turn,
        )

    def walk(self, step: timedelta) -> None:
        """Let time pass, and all fall due on the way at its own moment."""
        end = self.now_at + step
        while (due := self.do(self.desk.fall_due())) is not None and due <= end:
            self.now_at = max(self.now_at, due)
        self.now_at = end


def again(posted: PhotoPosted, update_id: int) -> PhotoPosted:
    """The same message, as another update."""
    return replace(posted, source=replace(posted.source, update_id=update_id))
