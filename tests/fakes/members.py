"""Processes of one bot on one PostgreSQL, as far as their desks go; each lives until it dies."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config import sample
from bot.config.city import town as build_town
from delivery.team import TeamCourierOffice, TeamPhotoOffice
from scheduler.timetable import CronTimetable
from storage.engines import migration_engine
from storage.leasing import MEMBER
from storage.writer import Writer
from usecases.beats import beats
from usecases.desk import Desk, Homes
from usecases.records import Outgoing, Priority, Waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.clock import ManualClock
    from usecases.ports import UnitOfWork

EVER = "infinity"


@dataclass(frozen=True)
class Member:
    """One process."""

    name: str
    url: str
    writer: Writer
    desk: Desk
    courier: TeamCourierOffice
    fetcher: TeamPhotoOffice

    async def heads(self) -> list[str]:
        """The keys of what this process may send now."""
        return [row.key for row in (await self.waiting()).rows]

    async def waiting(self) -> Waiting:
        """What this process may send now, and when there may be more."""
        return await self.courier.waiting(shut=(), narrow=(), limit=100)

    async def take(self, key: str) -> bool:
        """Whether this process gets a row to send."""
        return await self.courier.take(await self.id_of(key)) is not None

    async def id_of(self, key: str) -> int:
        """The id of a row."""
        return (await self.row(key)).id

    async def row(self, key: str) -> Outgoing:
        """A row as it stands."""

        def find(unit: UnitOfWork) -> Outgoing:
            row = unit.outbox.by_key(key)
            assert row is not None
            return row

        return await self.writer.run(find)

    async def queue(self, *rows: Outgoing) -> None:
        """Queue rows."""

        def add(unit: UnitOfWork) -> None:
            for row in rows:
                unit.outbox.add(row)

        await self.writer.run(add)

    def live(self) -> None:
        """Have a lease."""
        words = f"'{MEMBER}{self.name}', '{self.name}', '{EVER}'"
        self._run(f"INSERT INTO leases VALUES ({words})")  # noqa: S608 - a name of ours

    def die(self) -> None:
        """Lose it, as a killed process does after a while."""
        self._run(f"DELETE FROM leases WHERE owner = '{self.name}'")  # noqa: S608 - a name of ours

    def _run(self, words: str) -> None:
        engine = migration_engine(self.url)
        with engine.begin() as connection:
            connection.exec_driver_sql(words)
        engine.dispose()


@asynccontextmanager
async def member(url: str, name: str, clock: ManualClock) -> AsyncIterator[Member]:
    """One living process on a database."""
    town = build_town(sample({}))
    writer = Writer(url, name)
    await writer.start()
    timetable = CronTimetable(
        town.zone, beats(town.rules.reminders, town.digests), town.calendar.works
    )
    desk = Desk(writer.run, town, clock, timetable, Homes(town))
    courier, fetcher = TeamCourierOffice(desk, name), TeamPhotoOffice(desk, name)
    one = Member(name, url, writer, desk, courier, fetcher)
    one.live()
    try:
        yield one
    finally:
        await writer.stop()


def notice(key: str, chat: str, clock: ManualClock, **changes: object) -> Outgoing:
    """A line for a chat."""
    fact = {"words": "bound", "fields": {"name": "李强", "username": "repairer01"}}
    values = {
        "kind": "notice",
        "key": key,
        "chat": chat,
        "fact": fact,
        "priority": Priority.LADDER,
        "not_before": clock.now(),
        "created_at": clock.now(),
    }
    return Outgoing(**(values | changes))  # type: ignore[arg-type]  # values of many types
