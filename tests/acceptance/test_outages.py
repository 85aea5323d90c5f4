"""A database that is away for a while: what it cannot take waits, nobody ends, nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage import engines
from tests import databases
from tests.acceptance.city import SMALL, city, is_card

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

AWAY = 2.5
"""Seconds of the outage: real ones, and long enough for several tries."""


@asynccontextmanager
async def away(folder: Path, kind: str) -> AsyncIterator[None]:
    """Nobody else can write while the block lasts; on PostgreSQL nobody even gets in."""
    if kind == databases.SQLITE:
        with closing(sqlite3.connect(folder / "xunchaqun.sqlite3", isolation_level=None)) as pen:
            pen.execute("BEGIN IMMEDIATE")
            yield
        return
    url = make_url(databases.url_for(folder)).set(drivername="postgresql+psycopg")
    beside = url.set(database="postgres")
    engine = create_engine(beside, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false'))
        connection.execute(text(out), {"name": url.database})
        yield
        connection.execute(text(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true'))


@pytest.mark.both_databases
async def test_work_waits_for_a_database_that_is_away(
    tmp_path: Path,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Photos, cards and what falls due go on where they stood; the log tells each outage once."""
    monkeypatch.setattr(engines, "BUSY_MS", 100)
    async with city(tmp_path) as town, asyncio.TaskGroup() as group:
        before = await town.photo("officer01", SMALL)
        async with away(tmp_path, database):
            reporting = group.create_task(town.photo("officer02", SMALL))
            await asyncio.sleep(AWAY)
            assert not reporting.done()
        for photo in (before, await reporting):
            assert is_card(await town.card(photo))
        heard = len(await town.messages())
        async with away(tmp_path, database):
            passing = group.create_task(town.advance(minutes=30))
            await asyncio.sleep(AWAY)
            assert not passing.done()
        await passing
        assert len(await town.messages()) > heard
    told = [getattr(record, "action", "") for record in caplog.records]
    assert told.count("patience.waits") in {1, 2}  # each outage is told once at most
