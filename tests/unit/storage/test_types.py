"""The column types, also when Core itself binds and reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, Table, create_engine, insert, select

from casework.case import Status
from storage.columns import one_of
from storage.errors import NaiveTimeError
from storage.types import Choice, Moment, Reference, codec_of, to_text, to_utc
from usecases.records import Priority

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))

things = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", Moment),
    Column("status", Choice(Status)),
    Column("priority", Choice(Priority)),
    Column("owner", Reference, nullable=True),
    Column("day", Date),
)


def test_core_reads_what_it_wrote() -> None:
    """Moments in UTC, members of enums, and 0 for no reference."""
    values = {
        "at": NOON.astimezone(SHANGHAI),
        "status": Status.TAKEN,
        "priority": Priority.LADDER,
        "owner": 0,
        "day": date(2026, 11, 20),
    }
    engine = create_engine("sqlite://")
    things.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(things).values(values))
        row = connection.execute(select(things)).one()
        kept = connection.exec_driver_sql("SELECT at, status, priority, owner FROM things").one()
    engine.dispose()
    assert row[1:] == (NOON, Status.TAKEN, Priority.LADDER, 0, date(2026, 11, 20))
    assert row.at.tzinfo is UTC
    assert tuple(kept) == ("2026-11-20 04:00:00.000000+00:00", "taken", 3, None)


def test_no_moment_stays_none() -> None:
    """NULL is no moment, and no member."""
    engine = create_engine("sqlite://")
    things.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(things).values(id=1))
        row = connection.execute(select(things)).one()
    engine.dispose()
    assert row[1:] == (None, None, None, 0, None)


def test_a_moment_without_a_zone_is_refused() -> None:
    """It could mean anything; the error shows it."""
    with pytest.raises(NaiveTimeError, match=r"2026, 11, 20"):
        to_utc(datetime(2026, 11, 20, 12))  # noqa: DTZ001 - this is the mistake


def test_text_sorts_as_time_does() -> None:
    """Also across zones and with parts of a second."""
    moments = [NOON + timedelta(microseconds=n * 333_333) for n in range(5)]
    texts = [to_text(moment.astimezone(SHANGHAI)) for moment in moments]
    assert texts == sorted(texts)
    assert len({len(text) for text in texts}) == 1


def test_postgres_keeps_moments_as_they_are() -> None:
    """Its own type knows zones; only UTC goes in and comes out."""
    codec = codec_of(Moment(), "postgresql")
    assert codec is not None
    assert [turn(NOON.astimezone(SHANGHAI)).tzinfo for turn in codec] == [UTC, UTC]


def test_a_list_of_words_is_written_as_sql() -> None:
    """As a CHECK and a partial index hold it."""
    assert one_of("tier", ["A", "B"]) == "tier IN ('A', 'B')"
