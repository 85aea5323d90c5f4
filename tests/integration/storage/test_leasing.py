"""Leases and news between processes on one PostgreSQL; real threads and connections."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from storage import leasing
from storage.engines import migration_engine
from storage.leasing import POLLER, Membership, News
from storage.writer import Writer
from tests.integration.storage.cast import NOON, pothole, row
from usecases.keeping import Rulebook
from usecases.records import Chat
from usecases.teamwork import Call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from usecases.ports import UnitOfWork

PATIENCE = 60
"""Seconds for a thread of its own to have its turn on a busy machine."""


class Ear:
    """What one process has heard."""

    def __init__(self) -> None:
        self.topics: set[str] = set()
        self.left_behind = 0
        self._changed = asyncio.Event()

    def __call__(self, news: News) -> None:
        """Hear it."""
        self.topics |= news.topics
        self.left_behind += news.left_behind
        self._changed.set()

    async def hears(self, topic: str = "", *, left_behind: bool = False) -> None:
        """Return once it was heard."""
        async with asyncio.timeout(PATIENCE):
            while topic not in self.topics | {""} or (left_behind and not self.left_behind):
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def joined(url: str, name: str, *wants: str) -> AsyncIterator[tuple[Membership, Ear]]:
    """A process among the others."""
    ear = Ear()
    membership = Membership(url, name, ear)
    await membership.start(wants)
    try:
        yield membership, ear
    finally:
        await membership.stop()


def _run(url: str, words: str) -> int:
    engine = migration_engine(url)
    with engine.begin() as connection:
        touched = connection.exec_driver_sql(words).rowcount
    engine.dispose()
    return touched


async def _until(holds: Membership) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds.holds(POLLER):  # noqa: ASYNC110 - the thread's own doing
            await asyncio.sleep(0.01)


async def test_one_process_polls_and_the_next_takes_over_when_it_leaves(postgres_url: str) -> None:
    """An orderly stop hands over at once."""
    async with (
        joined(postgres_url, "west", POLLER) as (west, _),
        joined(postgres_url, "east", POLLER) as (east, _),
    ):
        assert west.holds(POLLER)
        assert not east.holds(POLLER)
        await west.stop()
        assert _run(postgres_url, "SELECT 1 FROM leases WHERE owner = 'west'") == 0
        await _until(east)


async def test_a_killed_process_loses_its_leases_within_seconds(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had in its hands is told to the others."""
    monkeypatch.setattr(leasing, "LASTS", 0.5)
    monkeypatch.setattr(leasing, "EVERY", 0.1)
    _run(
        postgres_url,
        "INSERT INTO leases VALUES ('poller', 'dead', clock_timestamp() + interval '0.3 seconds'),"
        " ('member:dead', 'dead', clock_timestamp() + interval '0.3 seconds')",
    )
    _run(
        postgres_url,
        'INSERT INTO calls ("row", owner, chat, kind, free, started)'
        " VALUES (1, 'dead', '-1', 'card', false, clock_timestamp())",
    )
    async with joined(postgres_url, "east", POLLER) as (east, ear):
        await _until(east)
        await ear.hears(left_behind=True)
        assert _run(postgres_url, "SELECT 1 FROM leases WHERE owner = 'dead'") == 0


async def test_a_lease_that_could_not_be_renewed_in_time_is_held_no_more(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database does not answer, as behind a network that was cut: others have it by now."""
    monkeypatch.setattr(leasing, "LASTS", 0.5)
    monkeypatch.setattr(leasing, "EVERY", 0.1)
    engine = migration_engine(postgres_url)
    async with joined(postgres_url, "west", POLLER) as (west, _):
        with engine.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE leases")
            async with asyncio.timeout(PATIENCE):
                while west.holds(POLLER):  # noqa: ASYNC110 - the thread's own doing
                    await asyncio.sleep(0.01)
        await _until(west)
    engine.dispose()


async def test_others_hear_of_a_commit_and_of_what_they_must_learn_anew(postgres_url: str) -> None:
    """Work, groups, the category file; nobody hears of one's own, or of what was rolled back."""
    writer = Writer(postgres_url, "east")
    await writer.start()
    async with joined(postgres_url, "east") as (_, own), joined(postgres_url, "west") as (_, ear):
        for one in (own, ear):
            await one.hears("outbox")
            one.topics.clear()
        await writer.run(_chat)
        await ear.hears("chats")
        await writer.run(_rulebook)
        await ear.hears("rules")
        assert own.topics == set()
        with pytest.raises(ZeroDivisionError):
            await writer.run(_fails)
        await writer.run(lambda unit: unit.cases.get(1))
        ear.topics.clear()
        await writer.run(_rows)
        await ear.hears("outbox")
        assert ear.topics == {"outbox"}
    await writer.stop()


def _chat(unit: UnitOfWork) -> None:
    unit.chats.save(Chat(chat="-1", origin="-1"))


def _rulebook(unit: UnitOfWork) -> None:
    unit.rulebooks.add(Rulebook(version=1, at=NOON, sha256="", text="", names={}))


def _fails(unit: UnitOfWork) -> None:
    unit.chats.save(Chat(chat="-2", origin="-2"))
    raise ZeroDivisionError


def _rows(unit: UnitOfWork) -> None:
    unit.cases.add(pothole(1))
    unit.outbox.add(row("a", 1))


async def test_the_leases_come_back_after_the_connection_broke(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL was restarted; what was said meanwhile is asked for. The log tells it shortly."""
    async with joined(postgres_url, "east", POLLER) as (east, ear):
        await ear.hears("chats")
        ear.topics.clear()
        _run(
            postgres_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        await ear.hears("chats")
        await _until(east)
    assert [line for line in caplog.records if line.levelname == "ERROR"] == []


async def test_writers_of_several_processes_write_one_at_a_time(postgres_url: str) -> None:
    """What one has read stays true until its commit: two that count and add never collide."""
    writers = [Writer(postgres_url, name) for name in ("east", "west")]
    for writer in writers:
        await writer.start()
    await asyncio.gather(*(writers[n % 2].run(_one_more) for n in range(30)))
    found = await writers[0].run(lambda unit: unit.team.calls(NOON))
    assert sorted(call.row for call in found) == list(range(1, 31))
    for writer in writers:
        await writer.stop()


def _one_more(unit: UnitOfWork) -> None:
    count = len(unit.team.calls(NOON)) + 1
    unit.team.began(Call(row=count, owner="x", chat="-1", kind="card", free=False, started=NOON))
