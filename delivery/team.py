"""The desks of courier and fetcher where several processes serve one bot.

Who does what stands in the database, and so does how fast all of them together have spoken. A row
is taken only while no earlier one of its lane waits, no call to its chat is under way in any
process, and the pace of all calls allows it. What a dead process was sending is ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVarTuple

from typing_extensions import override

from delivery.pace import Pace
from usecases import courier_desk
from usecases.desk import CourierOffice, PhotoOffice, Tries
from usecases.records import Priority, Sent, Waiting, Wanted
from usecases.teamwork import Call, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, timedelta

    from usecases.desk import Desk
    from usecases.office import Office
    from usecases.records import Outgoing
    from usecases.to_tell import Telling

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class Traffic:
    """What all processes together have sent of late, as one transaction sees it."""

    office: Office

    @cached_property
    def calls(self) -> Sequence[Call]:
        """Calls under way, and those that still count."""
        return self.office.uow.team.calls(self.office.now - _memory(self.office))

    @cached_property
    def pace(self) -> Pace:
        """The pace of all calls."""
        pace = Pace(self.office.town.rules.pace)
        for call in self.calls:
            if not call.free:
                pace.started(call.chat, call.started)
                if call.ended is not None:
                    pace.ended(call.chat, call.ended)
        for pause in self.office.uow.team.pauses(self.office.now):
            pace.pause(pause.chat, pause.since, pause.until - pause.since)
        return pace

    @property
    def busy(self) -> set[str]:
        """The chats to which a call is under way."""
        return {call.chat for call in self.calls if call.ended is None}

    @property
    def edited(self) -> dict[int, datetime]:
        """When each card was last edited."""
        return {call.case_id: call.started for call in self.calls if call.kind == "edit"}

    def allows(self, row: Outgoing) -> bool:
        """Whether a row may be sent now."""
        now = self.office.now
        if row.chat in self.busy | self.pace.shut(now):
            return False
        danger = row.priority is Priority.DANGER_CARD
        return row.free or self.pace.allows(row.chat, now, danger=danger)


def _memory(office: Office) -> timedelta:
    return Pace(office.town.rules.pace).memory


class TeamCourierOffice(CourierOffice):
    """The courier's desk (`delivery.ports.CourierDesk`) of one process among others."""

    def __init__(self, desk: Desk, owner: str) -> None:
        super().__init__(desk)
        self._owner = owner

    @override
    async def waiting(
        self, *, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Waiting:
        return await self._desk.do(self._waiting, shut, narrow, limit)

    def _waiting(
        self, office: Office, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Waiting:
        traffic = Traffic(office)
        moments = traffic.pace.next_opening(office.now), office.uow.outbox.next_time(office.now)
        later = min((moment for moment in moments if moment is not None), default=None)
        return Waiting(_heads(traffic, shut, narrow, limit), later)

    @override
    async def take(self, row_id: int) -> Telling | None:
        return await self._desk.do(self._take, row_id, Tries())

    @override
    def _take(self, office: Office, row_id: int, tries: Tries) -> Telling | None:
        if tries.again() and office.uow.team.ended(row_id, self._owner, office.now):
            courier_desk.untake(office, row_id)
        row = office.uow.outbox.claim(row_id)
        if row is None or row.state is not Sent.QUEUED or row.not_before > office.now:
            return None
        traffic = Traffic(office)
        if not traffic.allows(row):
            return None
        telling = courier_desk.take(office, row_id, traffic.edited)
        if telling is not None:
            office.uow.team.began(self._call(row, office.now))
        return telling

    def _call(self, row: Outgoing, now: datetime) -> Call:
        return Call(
            row=row.id,
            owner=self._owner,
            chat=row.chat,
            case_id=row.case_id,
            kind=row.kind,
            free=row.free,
            started=now,
        )

    @override
    async def _told(
        self, verb: Callable[[Office, int, *Ts], None], row_id: int, *arguments: *Ts
    ) -> None:
        await self._desk.do(self._end, verb, row_id, *arguments)

    def _end(
        self,
        office: Office,
        verb: Callable[[Office, int, *Ts], None],
        row_id: int,
        *arguments: *Ts,
    ) -> None:
        """A call of this process has ended; one that was taken for lost is judged already."""
        mine = office.uow.team.ended(row_id, self._owner, office.now)
        row = office.uow.outbox.get(row_id)
        late = not mine and row is not None and row.state is not Sent.QUEUED
        # What was taken for lost was judged already as not sent, or perhaps.
        if late or (not mine and verb in courier_desk.UNSENT):
            return
        courier_desk.judge(office, verb, row_id, *arguments)

    @override
    async def migrated(self, old: str, new: str) -> None:
        await self._desk.do(_moved, old, new)
        await super().migrated(old, new)

    @override
    async def recover(self) -> None:
        """What no living process is sending may have been sent; also while this one works."""
        await self._desk.do(self._recover)

    def _recover(self, office: Office) -> None:
        for row_id in office.uow.team.lost_calls():
            courier_desk.ambiguous(office, row_id, "the process stopped while sending")
        office.uow.team.end_lost_calls(office.now)
        office.uow.team.prune(office.now - 2 * _memory(office))


def _heads(
    traffic: Traffic, shut: Collection[str], narrow: Collection[str], limit: int
) -> Sequence[Outgoing]:
    now, outbox = traffic.office.now, traffic.office.uow.outbox
    closed = {*shut, *traffic.busy, *traffic.pace.shut(now)}
    tight = {*narrow, *traffic.pace.narrow(now)}
    while True:
        rows = outbox.heads(now, shut=closed, narrow=tight, limit=limit)
        good = [row for row in rows if traffic.allows(row)]
        if good or not rows:
            return good
        # Danger cards of groups that are full: they must hide nobody.
        closed |= {row.chat for row in rows}


def _moved(office: Office, old: str, new: str) -> None:
    office.uow.team.moved(old, new)


class TeamPhotoOffice(PhotoOffice):
    """The fetcher's desk (`delivery.ports.PhotoDesk`) of one process among others."""

    def __init__(self, desk: Desk, owner: str) -> None:
        super().__init__(desk)
        self._owner = owner
        self._mine: set[int] = set()

    @override
    async def wanted(self, limit: int) -> Wanted:
        wanted = await self._desk.do(self._wanted, limit)
        self._mine.update(photo.id for photo in wanted.photos)
        return wanted

    def _wanted(self, office: Office, limit: int) -> Wanted:
        next_try = self._next_try(office)
        elsewhere = office.uow.team.fetched_elsewhere(self._owner)
        found = office.uow.photos.claim(office.now, limit + len(elsewhere))
        photos = [photo for photo in found if photo.id not in elsewhere][:limit]
        fresh = [photo.id for photo in photos if photo.id not in self._mine]
        office.uow.team.fetches([Fetch(photo=photo, owner=self._owner) for photo in fresh])
        return Wanted(photos, next_try)

    def _next_try(self, office: Office) -> datetime | None:
        elsewhere = office.uow.team.fetched_elsewhere(self._owner)
        if not elsewhere:
            return office.uow.photos.next_try()
        found = office.uow.photos.wanted(office.now, len(elsewhere) + 1)
        if any(photo.id not in elsewhere for photo in found):
            return office.now
        return office.uow.photos.next_try(later_than=office.now)

    @override
    async def _told(
        self, verb: Callable[[Office, int, *Ts], None], photo_id: int, *arguments: *Ts
    ) -> None:
        await self._desk.do(self._end, verb, photo_id, *arguments)
        self._mine.discard(photo_id)

    def _end(
        self,
        office: Office,
        verb: Callable[[Office, int, *Ts], None],
        photo_id: int,
        *arguments: *Ts,
    ) -> None:
        verb(office, photo_id, *arguments)
        office.uow.team.fetched(photo_id, self._owner)
