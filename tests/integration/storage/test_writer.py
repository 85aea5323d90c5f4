"""The writer: one thread, batches in turn, single calls committed together."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.engine.default import DefaultDialect

from storage import engines
from storage.engines import writer_engine
from storage.errors import (
    BatchFailed,
    DatabaseFailedError,
    DatabaseInDoubtError,
    DatabaseRefusedError,
    WriterStoppedError,
)
from storage.reader import Reader
from storage.writer import Writer
from tests.integration.storage.cast import NOON, Book, link, pothole
from usecases.ports import Conflict, UnitOfWork

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def writer(url: str) -> AsyncIterator[Writer]:
    """A writer at work."""
    writer = Writer(url)
    await writer.start()
    yield writer
    await writer.stop()


@pytest.fixture
async def reader(url: str) -> AsyncIterator[Reader]:
    """What has been committed, as others see it."""
    reader = Reader(url)
    yield reader
    await reader.stop()


def report(unit: UnitOfWork) -> int:
    """Open a case; its id."""
    case_id = unit.cases.new_id()
    unit.cases.add(pothole(case_id))
    return case_id


def fail(unit: UnitOfWork) -> None:
    """Write something, and fail."""
    report(unit)
    raise ZeroDivisionError


async def _count(reader: Reader) -> int:
    return len(await reader.read(lambda unit: unit.cases.open_all()))


async def test_what_a_single_call_wrote_is_committed_when_it_returns(
    writer: Writer, reader: Reader
) -> None:
    """Its result comes with it."""
    assert await writer.run(report) == 1
    assert await _count(reader) == 1


async def test_functions_are_given_their_arguments(writer: Writer) -> None:
    """After the unit of work, in order."""

    def first_time(unit: UnitOfWork, update: int) -> bool:
        return unit.first_time(update, NOON)

    assert await writer.run(first_time, 7)
    assert not await writer.run(first_time, 7)


async def test_a_failed_call_raises_its_error_and_leaves_nothing(
    writer: Writer, reader: Reader
) -> None:
    """And the writer goes on."""
    with pytest.raises(ZeroDivisionError):
        await writer.run(fail)
    assert await writer.run(report) == 1
    assert await _count(reader) == 1


async def test_a_refused_row_is_told_to_its_caller(writer: Writer) -> None:
    """It shows at the commit only, and is an error of the call all the same."""

    def orphan(unit: UnitOfWork) -> None:
        unit.links.add(link("101", 9))

    with pytest.raises(DatabaseRefusedError):
        await writer.run(orphan)


async def test_all_functions_run_in_one_thread(writer: Writer) -> None:
    """Never in the event loop's."""
    names = {await writer.run(lambda _unit: threading.current_thread().name) for _ in range(3)}
    assert names == {"storage writer"}


async def test_waiting_calls_share_a_transaction(writer: Writer) -> None:
    """While the first one holds the thread, the others gather, and run over one unit of work."""
    gate = threading.Event()
    blocked = asyncio.ensure_future(writer.run(lambda _unit: gate.wait(10)))  # noqa: TID251 - the test's own
    calls = [asyncio.ensure_future(writer.run(lambda unit: unit)) for _ in range(20)]  # noqa: TID251
    await asyncio.sleep(0)
    gate.set()
    units = await asyncio.gather(*calls)
    await blocked
    assert len({id(unit) for unit in units}) == 1


async def test_one_bad_call_does_not_spoil_those_it_shared_with(
    writer: Writer, reader: Reader
) -> None:
    """All are rolled back and run again, each by itself."""
    gate = threading.Event()
    results = asyncio.gather(
        writer.run(lambda _unit: gate.wait(10)),
        writer.run(report),
        writer.run(fail),
        writer.run(report),
        return_exceptions=True,
    )
    await asyncio.sleep(0)
    gate.set()
    _, first, failed, second = await results
    assert (first, second) == (1, 2)
    assert isinstance(failed, ZeroDivisionError)
    assert await _count(reader) == 2


async def test_calls_whose_commit_may_stand_are_not_run_again(
    writer: Writer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What marked a row as being sent would find it so, and nobody would send it."""
    commit: Any = DefaultDialect.do_commit

    def unheard(dialect: Any, connection: Any) -> None:
        commit(dialect, connection)
        raise dialect.loaded_dbapi.OperationalError("the answer was lost")

    monkeypatch.setattr(DefaultDialect, "do_commit", unheard)
    gate = threading.Event()
    results = asyncio.gather(
        writer.run(lambda _unit: gate.wait(10)),
        writer.run(report),
        writer.run(report),
        return_exceptions=True,
    )
    await asyncio.sleep(0)
    gate.set()
    assert [type(result) for result in await results] == [DatabaseInDoubtError] * 3
    monkeypatch.undo()
    assert await _count(reader) == 2


async def test_a_batch_is_committed_when_its_block_is_left(writer: Writer, reader: Reader) -> None:
    """Not before; its results are provisional."""
    async with writer.batch() as batch:
        assert await batch.call(report) == 1
        assert await batch.call(report) == 2
        assert await _count(reader) == 0
    assert await _count(reader) == 2


async def test_a_batch_whose_call_failed_is_rolled_back(writer: Writer, reader: Reader) -> None:
    """The caller sees the error, later calls that it is over, the block that it failed."""
    with pytest.raises(BatchFailed) as failed:
        async with writer.batch() as batch:
            await batch.call(report)
            with pytest.raises(ZeroDivisionError):
                await batch.call(fail)
            with pytest.raises(BatchFailed):
                await batch.call(report)
    assert isinstance(failed.value.__cause__, ZeroDivisionError)
    assert await _count(reader) == 0
    assert await writer.run(report) == 1


async def test_an_error_of_a_call_that_leaves_the_block_becomes_a_failed_batch(
    writer: Writer,
) -> None:
    """With the error as its cause."""
    with pytest.raises(BatchFailed) as failed:
        async with writer.batch() as batch:
            await batch.call(fail)
    assert isinstance(failed.value.__cause__, ZeroDivisionError)


async def test_a_batch_whose_block_failed_is_rolled_back(writer: Writer, reader: Reader) -> None:
    """The block's own error goes on as it is."""
    with pytest.raises(KeyError):
        async with writer.batch() as batch:
            await batch.call(report)
            raise KeyError
    assert await _count(reader) == 0


async def test_a_batch_that_cannot_be_committed_has_failed(writer: Writer, reader: Reader) -> None:
    """A row was refused when it was written at the end."""
    with pytest.raises(BatchFailed) as failed:
        async with writer.batch() as batch:
            await batch.call(report)
            await batch.call(lambda unit: unit.links.add(link("101", 9)))
    assert isinstance(failed.value.__cause__, DatabaseRefusedError)
    assert await _count(reader) == 0


async def test_a_batch_takes_no_calls_after_its_block(writer: Writer, reader: Reader) -> None:
    """They would be nobody's transaction."""
    async with writer.batch() as batch:
        await batch.call(report)
    with pytest.raises(BatchFailed):
        await batch.call(report)
    assert await _count(reader) == 1


async def test_an_empty_batch_is_nothing(writer: Writer, reader: Reader) -> None:
    """No transaction is begun for it."""
    async with writer.batch():
        pass
    assert await _count(reader) == 0


async def test_batches_have_their_turns_in_order_of_arrival(writer: Writer) -> None:
    """Each has the writer for itself; single calls wait too."""
    order: list[str] = []

    async def work(name: str) -> None:
        async with writer.batch() as batch:
            for _ in range(3):
                await batch.call(lambda _unit: order.append(name))
                await asyncio.sleep(0.001)

    await asyncio.gather(
        work("first"), writer.run(lambda _unit: order.append("single")), work("second")
    )
    assert order == ["first"] * 3 + ["single"] + ["second"] * 3


async def test_a_batch_of_a_cancelled_task_is_rolled_back(writer: Writer, reader: Reader) -> None:
    """The task stays cancelled, and the writer goes on."""
    called = asyncio.Event()

    async def work() -> None:
        async with writer.batch() as batch:
            await batch.call(report)
            called.set()
            await asyncio.sleep(60)

    task = asyncio.ensure_future(work())  # noqa: TID251 - the test's own
    await called.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await writer.run(report) == 1
    assert await _count(reader) == 1


async def test_a_call_in_another_process_s_way_is_tried_again(writer: Writer) -> None:
    """The first try meets a case that was changed meanwhile; the second reads it anew."""
    tries: list[int] = []
    await writer.run(report)

    def change(unit: UnitOfWork) -> int:
        case = unit.cases.get(1)
        assert case is not None
        tries.append(case.version)
        if len(tries) == 1:
            raise Conflict(case.number)
        return case.version

    assert await writer.run(change) == 1
    assert tries == [1, 1]


async def test_a_stopped_writer_does_what_it_was_asked_before(url: str) -> None:
    """And nothing after."""
    writer = Writer(url)
    with pytest.raises(WriterStoppedError):
        await writer.run(report)
    await writer.start()
    calls = asyncio.gather(*(writer.run(report) for _ in range(5)))
    await asyncio.sleep(0)
    await writer.stop()
    assert await calls == [1, 2, 3, 4, 5]
    with pytest.raises(WriterStoppedError):
        await writer.run(report)
    with pytest.raises(WriterStoppedError):
        async with writer.batch():
            pass
    await writer.stop()


async def test_a_batch_that_is_open_at_the_stop_is_lost(url: str, reader: Reader) -> None:
    """It is told so, and what waited behind it is still done."""
    writer = Writer(url)
    await writer.start()
    with pytest.raises(WriterStoppedError):
        async with writer.batch() as batch:
            await batch.call(report)
            behind = asyncio.ensure_future(writer.run(report))  # noqa: TID251 - the test's own
            await asyncio.sleep(0)
            await writer.stop()
            await batch.call(report)
    assert await behind == 1
    assert await _count(reader) == 1


async def test_a_writer_without_a_database_says_so_at_the_start(tmp_path: Path) -> None:
    """Rather than at the first update."""
    writer = Writer(f"sqlite:///{tmp_path / 'missing' / 'town.sqlite'}")
    with pytest.raises(DatabaseFailedError):
        await writer.start()
    await writer.stop()


async def test_a_broken_connection_is_opened_again(postgres_url: str) -> None:
    """PostgreSQL was restarted: what was under way fails, and the next call works."""
    writer = Writer(postgres_url)
    await writer.start()
    engine = writer_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()
    with pytest.raises(DatabaseFailedError):
        await writer.run(report)
    assert await writer.run(report) == 1
    await writer.stop()


async def test_two_writers_never_give_a_number_twice(url: str) -> None:
    """Two processes on one database: each waits for the other's counters."""
    writers = [Writer(url), Writer(url)]
    for writer in writers:
        await writer.start()
    numbers = await asyncio.gather(*(writers[n % 2].run(report) for n in range(40)))
    for writer in writers:
        await writer.stop()
    assert sorted(numbers) == list(range(1, 41))


async def test_two_writers_never_lose_a_change(url: str, book: Book) -> None:
    """Each sees the other's save before it makes its own."""
    writers = [Writer(url), Writer(url)]
    with book.work() as unit:
        report(unit)
    book.close()
    for writer in writers:
        await writer.start()
    await asyncio.gather(*(writers[n % 2].run(_one_more) for n in range(40)))
    case = await writers[0].run(lambda unit: unit.cases.get(1))
    for writer in writers:
        await writer.stop()
    assert case is not None
    assert case.version == 41


def _one_more(unit: UnitOfWork) -> None:
    case = unit.cases.get(1)
    assert case is not None
    unit.cases.save(pothole(1, version=case.version + 1), was=case)


async def test_a_transaction_that_idled_too_long_is_tried_on_a_new_connection(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine had paused the process; PostgreSQL had given its turn to others."""
    monkeypatch.setattr(engines, "PATIENCE", ("SET idle_in_transaction_session_timeout = 50",))
    writer = Writer(postgres_url, "east")
    await writer.start()
    tries: list[int] = []

    def dawdle(unit: UnitOfWork) -> int:
        unit.cases.get(1)
        tries.append(1)
        if len(tries) == 1:
            time.sleep(0.5)
        unit.cases.get(2)
        return len(tries)

    assert await writer.run(dawdle) == 2
    await writer.stop()
