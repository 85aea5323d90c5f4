"""The reader: sees what was committed, and changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from storage.engines import migration_engine
from storage.errors import ReadOnlyError, StorageError
from storage.reader import Looker, Reader
from storage.writer import Writer
from tests.integration.storage.cast import GROUP, NOON, Book, pothole
from usecases.records import Chat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from usecases.ports import UnitOfWork


@pytest.fixture
async def reader(url: str) -> AsyncIterator[Reader]:
    """A reader."""
    reader = Reader(url)
    yield reader
    await reader.stop()


async def test_a_reader_reads_through_the_same_shelves(book: Book, reader: Reader) -> None:
    """Cases with a lock that it does not need, lists, and counts."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
    assert await reader.read(lambda unit: unit.cases.get(1)) == pothole(1)
    assert await reader.read(lambda unit: unit.cases.open_all()) == [pothole(1)]


async def test_a_reader_sees_nothing_that_is_not_committed(book: Book, reader: Reader) -> None:
    """And is not held up by who writes."""
    with book.work() as unit:
        unit.cases.add(pothole(1))
        assert unit.cases.open_all() == [pothole(1)]
        assert await reader.read(lambda unit: unit.cases.open_all()) == []
    assert len(await reader.read(lambda unit: unit.cases.open_all())) == 1


async def test_a_read_sees_one_state_throughout(book: Book, reader: Reader) -> None:
    """A page's figures fit together, whatever is committed between its queries."""

    def read(unit: UnitOfWork) -> tuple[int, int]:
        before = len(unit.cases.open_all())
        with book.work() as writing:
            writing.cases.add(pothole(2))
        return before, len(unit.cases.open_all())

    with book.work() as unit:
        unit.cases.add(pothole(1))
    assert await reader.read(read) == (1, 1)


async def test_a_restart_of_the_server_fails_no_later_read(postgres_url: str) -> None:
    """Else the next look of the self-watch would tell the supervisors of damage."""
    reader, looker = Reader(postgres_url), Looker(postgres_url)
    engine = migration_engine(postgres_url)
    for _ in range(2):
        assert await reader.read(lambda unit: unit.cases.open_all()) == []
        assert await asyncio.to_thread(looker.look, lambda unit: unit.cases.open_all()) == []
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    engine.dispose()
    looker.stop()
    await reader.stop()


async def test_a_reader_s_function_may_not_change_anything(reader: Reader) -> None:
    """Neither what would be gathered nor what would be written at once."""
    with pytest.raises(ReadOnlyError):
        await reader.read(lambda unit: unit.cases.add(pothole(1)))
    with pytest.raises(StorageError):
        await reader.read(lambda unit: unit.chats.save(Chat(chat=GROUP, origin=GROUP)))


async def test_readers_and_the_writer_work_side_by_side(url: str, reader: Reader) -> None:
    """Nobody meets a locked database, and each reading is whole."""
    writer = Writer(url)
    await writer.start()

    def report(unit: UnitOfWork) -> None:
        case_id = unit.cases.new_id()
        unit.cases.add(pothole(case_id))
        unit.first_time(case_id, NOON)

    async def look() -> bool:
        found = await reader.read(lambda unit: [case.id for case in unit.cases.open_all()])
        return found == list(range(1, len(found) + 1))

    reports = asyncio.gather(*(writer.run(report) for _ in range(60)))
    whole = await asyncio.gather(*(look() for _ in range(20)))
    await reports
    await writer.stop()
    assert all(whole)
    assert len(await reader.read(lambda unit: unit.cases.open_all())) == 60
