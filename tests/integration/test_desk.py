"""The desk over a real database: its start, and rows that the program cannot handle."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.config import sample
from bot.config.city import town as build_town
from scheduler.timetable import CronTimetable
from storage.writer import Writer
from tests import databases
from tests.fakes.clock import ManualClock
from usecases import fall_due
from usecases.beats import beats
from usecases.desk import Desk, Homes
from usecases.inputs import File, PhotoPosted, Sender, Source, WordsSaid
from usecases.records import Chat, DueRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from usecases.ports import UnitOfWork

pytestmark = pytest.mark.both_databases

GROUP = "-4000001"
NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def _odd_row(uow: UnitOfWork) -> None:
    uow.dues.add(DueRow(kind="nonsense", key="nonsense:1", at=NOON))


def _digest_is_planned(uow: UnitOfWork) -> bool:
    return bool(uow.dues.planned("filing"))


def _muted(uow: UnitOfWork) -> None:
    uow.chats.save(Chat(chat=GROUP, origin=GROUP, state="muted"))


def _standing(uow: UnitOfWork) -> str:
    chat = uow.chats.get(GROUP)
    return chat.state if chat else ""


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[tuple[Desk, Writer, ManualClock]]:
    """The sample town's desk."""
    town = build_town(sample({}))
    settings = databases.housed(replace(sample({}), data=folder))
    clock = ManualClock(NOON)
    come = beats(town.rules.reminders, town.digests)
    timetable = CronTimetable(town.zone, come, town.calendar.works)
    writer = Writer(settings.database_url)
    await writer.start()
    try:
        yield Desk(writer.run, town, clock, timetable, Homes(town)), writer, clock
    finally:
        await writer.stop()


async def test_a_row_that_fails_is_set_aside_and_the_others_fall_due(tmp_path: Path) -> None:
    """Else the bot would fail over it at every start, and nobody would ever hear a digest."""
    async with office(tmp_path) as (desk, writer, clock):
        await desk.start()
        await writer.run(_odd_row)
        await clock.advance(timedelta(hours=6))
        assert await desk.do(fall_due.fall_due) >= 2
        assert await writer.run(_digest_is_planned)
        assert await desk.do(fall_due.fall_due) == 0
        next_due = await desk.fall_due()
        assert next_due is not None
        assert next_due > clock.now()


async def test_a_sign_owed_since_yesterday_is_asked_for_now_however_often_the_case_changes(
    tmp_path: Path,
) -> None:
    """The photo waited a night for the bot, and so did the words that came after it."""
    async with office(tmp_path) as (desk, writer, clock):
        await desk.start()
        await clock.advance(timedelta(days=1))
        await desk.receive_photo(PhotoPosted(source=_said("11"), file=File(file="f", unique="u")))
        await desk.hear_words(WordsSaid(source=_said("12"), text="金城路 路沿石缺失"))
        (sign,) = [row for row in await writer.run(_dues) if row.kind == "sign"]
        assert sign.at == clock.now()


async def test_a_check_whose_photo_waited_for_the_bot_is_reminded_of_from_its_sheet_on(
    tmp_path: Path,
) -> None:
    """Mended yesterday at noon, heard of today: 30 minutes and two hours from now."""
    async with office(tmp_path) as (desk, writer, clock):
        await desk.start()
        await desk.receive_photo(PhotoPosted(source=_said("11"), file=File(file="f", unique="u")))
        await clock.advance(timedelta(days=1))
        source = replace(_said("12"), sender=REPAIRER, reply_to="11")
        await desk.receive_photo(PhotoPosted(source=source, file=File(file="g", unique="v")))
        waits = {row.kind: row.at - clock.now() for row in await writer.run(_dues)}
        assert waits["check_patrol"] == timedelta(minutes=30)
        assert waits["check_supervisor"] == timedelta(hours=2)


REPAIRER = Sender(account="1011", username="repairer01")


def _said(message: str) -> Source:
    sender = Sender(account="1001", username="officer01")
    return Source(update_id=int(message), chat=GROUP, message=message, sender=sender, at=NOON)


def _dues(uow: UnitOfWork) -> Sequence[DueRow]:
    return uow.dues.of_case(1)


async def test_at_a_start_the_bot_takes_it_that_it_may_speak(tmp_path: Path) -> None:
    """That it was let in again while it was away it may never hear; a refusal tells it."""
    async with office(tmp_path) as (desk, writer, _):
        await desk.start()
        await writer.run(_muted)
        await desk.start()
        assert await writer.run(_standing) == "here"
