"""Due rows over the real database: one that the program cannot handle stops nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.config import sample
from bot.config.city import town as build_town
from scheduler.timetable import CronTimetable
from storage import migrate
from storage.writer import Writer
from tests.fakes.clock import ManualClock
from usecases.daily import clocks
from usecases.desk import Desk, Homes
from usecases.records import DueRow

if TYPE_CHECKING:
    from pathlib import Path

    from usecases.ports import UnitOfWork

NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def _odd_row(uow: UnitOfWork) -> None:
    uow.dues.add(DueRow(kind="nonsense", key="nonsense:1", at=NOON))


def _digest_is_planned(uow: UnitOfWork) -> bool:
    return uow.dues.planned("digest")


async def test_a_row_that_fails_is_set_aside_and_the_others_fall_due(tmp_path: Path) -> None:
    """Else the bot would fail over it at every start, and nobody would ever hear a digest."""
    town = build_town(sample({}))
    url = f"sqlite:///{tmp_path / 'town.db'}"
    migrate.upgrade(url, backup_folder=tmp_path)
    clock = ManualClock(NOON)
    timetable = CronTimetable(town.zone, clocks(town.rules.reminders))
    writer = Writer(url)
    await writer.start()
    try:
        desk = Desk(writer.run, town, clock, timetable, Homes(town))
        await desk.start()
        await writer.run(_odd_row)
        await clock.advance(timedelta(hours=6))
        assert await desk.fall_due() >= 2
        assert await desk.next_due() is not None
        assert await writer.run(_digest_is_planned)
        assert await desk.fall_due() == 0
    finally:
        await writer.stop()
