"""A city moves from one kind of database to the other: every row, or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import IntegrityError

from storage import engines, moving
from storage.digests import digests
from storage.engines import migration_engine
from storage.errors import DatabaseFailedError, EncodingUnfitError, RowsDifferError
from storage.moving import (
    CityInUseError,
    NothingToMoveError,
    SameDatabaseError,
    TargetNotEmptyError,
    move,
)
from tests.integration.storage.cast import NOON, Book, due, link, photo, pothole, row
from usecases.records import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.postgres import Server

WORDS = "金城路 ‘井盖’ 🕳 \u2028 \\ \" '"


def _live_in(url: str) -> None:
    """A little of everything."""
    book = Book(url)
    with book.work() as unit:
        for _ in range(3):
            number = unit.cases.new_id()
            unit.cases.add(pothole(number, words=WORDS, promised=date(2026, 12, 1)))
            unit.links.add(link(f"{100 + number}", number))
            unit.photos.add(photo(f"{100 + number}", number))
            unit.outbox.add(row(f"card:{number}", number, fact={"b": [1, None], "a": WORDS}))
            unit.dues.add(due(f"due:{number}", number))
        said = Words(chat="-1", thread="", message="9", person="x", text=WORDS, at=NOON)
        unit.words.add(said)
    book.close()


def _sums(url: str) -> object:
    engine = migration_engine(url)
    with engine.begin() as connection:
        found = digests(connection)
    engine.dispose()
    return found


@pytest.fixture
def empty(postgres_server: Server) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    url = postgres_server.create(f"town-moving-{uuid4().hex}")
    yield url
    postgres_server.drop(url)


def test_a_city_moves_to_postgresql_and_back(sqlite_url: str, empty: str, tmp_path: Path) -> None:
    """Equal digests on all three, the source as before, and the numbers go on after the last."""
    _live_in(sqlite_url)
    before = _sums(sqlite_url)
    heard: list[int] = []
    told = move(sqlite_url, empty, heard.append)
    assert _sums(empty) == _sums(sqlite_url) == before == told
    assert sum(heard) == 2 * moving.rows_in(sqlite_url)
    back = f"sqlite:///{tmp_path / 'back.sqlite'}"
    move(empty, back)
    assert _sums(back) == before
    for url in (empty, back):
        book = Book(url)
        with book.work() as unit:
            assert unit.cases.new_id() == 4
            unit.outbox.add(row("another", 1))
        with book.work() as unit:
            queued = unit.outbox.by_key("another")
            assert queued is not None
            assert queued.id == 4
        book.close()


def test_nothing_is_moved_into_a_database_that_holds_tables(url: str, empty: str) -> None:
    """Were they the bot's or somebody else's."""
    engine = migration_engine(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    engine.dispose()
    with pytest.raises(TargetNotEmptyError):
        move(url, empty)
    assert set(_sums(empty)) == {"theirs"}  # type: ignore[call-overload]  # a mapping by table


def test_a_city_is_not_moved_to_where_it_is(sqlite_url: str) -> None:
    """It would wait for itself."""
    file = Path(make_url(sqlite_url).database or "")
    other = file.parent / "no" / ".." / file.name
    with pytest.raises(SameDatabaseError):
        move(sqlite_url, f"sqlite:///{other}")


def test_a_target_that_cannot_hold_chinese_is_refused(
    sqlite_url: str, empty: str, postgres_server: Server
) -> None:
    """Before any row; it stays empty."""
    url = make_url(empty).set(database="town-latin")
    engine = create_engine(
        make_url(empty).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE DATABASE \"town-latin\" TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
        )
    engine.dispose()
    _live_in(sqlite_url)
    with pytest.raises(EncodingUnfitError, match="town-latin: LATIN1"):
        move(sqlite_url, url)
    assert _sums(url.render_as_string(hide_password=False)) == {}
    postgres_server.drop(url.render_as_string(hide_password=False))


def test_nothing_is_moved_from_a_database_without_tables(tmp_path: Path, empty: str) -> None:
    """It is somebody's mistake in the address."""
    with pytest.raises(NothingToMoveError):
        move(f"sqlite:///{tmp_path / 'none.sqlite'}", empty)


def test_a_copy_that_breaks_off_leaves_nothing(
    sqlite_url: str, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half-way, or when the digests differ in the end."""
    _live_in(sqlite_url)

    def break_off(_rows: int) -> None:
        raise IntegrityError("INSERT", {}, ValueError("half-way"))

    with pytest.raises(DatabaseFailedError):
        move(sqlite_url, empty, break_off)
    assert _sums(empty) == {}
    monkeypatch.setattr(moving, "digests", lambda *_: {})
    with pytest.raises(RowsDifferError):
        move(sqlite_url, empty)
    monkeypatch.undo()
    assert _sums(empty) == {}


def test_a_copy_that_cannot_be_committed_is_told_like_any_other(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver's own error would leave the room: another program reads the new file."""
    monkeypatch.setattr(engines, "BUSY_MS", 0)
    _live_in(sqlite_url)
    target = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(target, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM sqlite_master").fetchall()
        with pytest.raises(DatabaseFailedError, match="locked"):
            move(sqlite_url, f"sqlite:///{target}")
    assert _sums(f"sqlite:///{target}") == {}


def test_a_postgresql_city_is_not_moved_while_a_bot_runs_on_it(
    postgres_url: str, tmp_path: Path
) -> None:
    """What it would write meanwhile would stay behind."""
    engine = migration_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO leases VALUES ('member:x', 'x', 'infinity')"))
    engine.dispose()
    with pytest.raises(CityInUseError):
        move(postgres_url, f"sqlite:///{tmp_path / 'other.sqlite'}")
    with pytest.raises(CityInUseError):
        moving.see_that_nobody_runs(postgres_url)
