"""Copies of a database at work, and rows that go from one kind of database to the other."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage import migrate
from storage.digests import digests, lines, tables_of
from storage.engines import migration_engine
from storage.errors import DatabaseDamagedError, DatabaseFailedError, RowsDifferError
from storage.filling import fill
from storage.snapshots import copy, photos_of, snapshot
from tests.integration.storage.cast import Book, due, link, photo, pothole, row
from usecases.records import PhotoState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _settle(book: Book) -> None:
    with book.work() as unit:
        for number in (1, 2, 3):
            unit.cases.add(pothole(number))
            unit.links.add(link(str(100 + number), number))
            unit.outbox.add(row(f"card-{number}", number, fact={"case": number, "words": "井盖"}))
        unit.photos.add(photo("701", 1, sha256="b" * 64, state=PhotoState.KEPT))
        unit.photos.add(photo("702", 1, sha256="a" * 64, state=PhotoState.KEPT))
        unit.photos.add(photo("703", 2, sha256="a" * 64, state=PhotoState.KEPT))
        unit.photos.add(photo("704", 2))
        unit.dues.add(due("half", 1))
        assert unit.cases.new_id() == 1


def _rows(connection: Connection) -> dict[str, list[bytes]]:
    return {one.name: list(lines(connection, one)) for one in tables_of(connection)}


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgres"), ("postgres", "sqlite")])
def test_rows_go_from_one_kind_of_database_to_the_other(
    source: str, target: str, request: pytest.FixtureRequest
) -> None:
    """Byte by byte; and what is added next gets the next number."""
    old = Book(request.getfixturevalue(f"{source}_url"))
    _settle(old)
    with _connected(old.url) as connection:
        rows, before = _rows(connection), digests(connection)
    old.close()
    url: str = request.getfixturevalue(f"{target}_url")
    with _connected(url) as connection:
        fill(connection, rows)
        assert digests(connection) == before
    new = Book(url)
    with new.work() as unit:
        unit.photos.add(photo("705", 3))
    with new.work() as unit:
        assert [one.id for one in unit.photos.of_case(3)] == [5]
    new.close()


def test_rows_that_do_not_fit_are_refused(sqlite_url: str) -> None:
    """Another table, or a table of other columns; nothing stays."""
    with _connected(sqlite_url) as connection:
        rows = _rows(connection)
    engine = migration_engine(sqlite_url)
    header = [*json.loads(rows["cases"][0]), "colour"]
    for odd in ({**rows, "cases": [json.dumps(header).encode()]}, {**rows, "older": []}):
        with engine.connect() as connection, pytest.raises(RowsDifferError):
            fill(connection, odd)
    engine.dispose()


def test_a_snapshot_sees_one_moment_and_names_its_photos(book: Book, tmp_path: Path) -> None:
    """What is written meanwhile is not in it; each photo is named once."""
    _settle(book)
    with snapshot(book.url, tmp_path / "scratch") as connection:
        before = digests(connection)
        with book.work() as unit:
            unit.cases.add(pothole(4))
            unit.photos.add(photo("801", 4, sha256="c" * 64, state=PhotoState.KEPT))
        assert digests(connection) == before
        assert photos_of(connection) == ["a" * 64, "b" * 64]
    with snapshot(book.url, tmp_path / "again") as connection:
        assert digests(connection)["cases"].rows == 4


def test_a_copy_is_made_while_another_writes_and_no_write_fails(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Four copies beside a writer that hardly rests; each copy is whole, each holds more."""
    over = threading.Event()
    written: list[int] = []
    went_on = threading.Semaphore(0)

    def write() -> None:
        book = Book(sqlite_url)
        while not over.is_set():
            number = len(written) + 1
            with book.work() as unit:
                unit.cases.add(pothole(number))
                unit.outbox.add(row(f"card-{number}", number))
            written.append(number)
            went_on.release()
            time.sleep(0.002)
        book.close()

    writer = threading.Thread(target=write)
    writer.start()
    found: list[tuple[int, int]] = []
    for number in range(4):
        copy(sqlite_url, tmp_path / f"copy-{number}.sqlite")
        # However slow the machine, the writer gets on between two copies.
        while went_on.acquire(blocking=False):
            pass
        assert went_on.acquire(timeout=30)
    over.set()
    writer.join()
    for number in range(4):
        with _connected(f"sqlite:///{tmp_path / f'copy-{number}.sqlite'}") as connection:
            sums = digests(connection)
            found.append((sums["cases"].rows, sums["outbox"].rows))
    assert all(cases == messages for cases, messages in found)
    assert found == sorted(set(found))
    with _connected(sqlite_url) as connection:
        assert digests(connection)["cases"].rows == len(written) > found[-1][0]


def test_a_copy_is_one_file(sqlite_url: str, tmp_path: Path) -> None:
    """No journal belongs to it, so it may be moved by itself."""
    copy(sqlite_url, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not list(tmp_path.glob("copy.sqlite?*"))


def test_a_damaged_file_is_told_and_not_passed_on(sqlite_url: str, tmp_path: Path) -> None:
    """A page of rubbish is found; so is what is no database at all."""
    file = tmp_path / "town.sqlite"
    book = Book(sqlite_url)
    _settle(book)
    book.close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        [(page,)] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'links'")
        [(size,)] = database.execute("PRAGMA page_size").fetchall()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\x05" * size)
    with pytest.raises(DatabaseDamagedError):
        copy(sqlite_url, tmp_path / "copy.sqlite")
    file.write_bytes(b"no database at all" * 99)
    with pytest.raises(DatabaseFailedError):
        copy(sqlite_url, tmp_path / "other.sqlite")


def test_the_newest_five_copies_of_before_an_upgrade_are_kept(tmp_path: Path) -> None:
    """The oldest go; what is none of them stays."""
    url, copies = f"sqlite:///{tmp_path / 'town.sqlite'}", tmp_path / "copies"
    copies.mkdir()
    for age, name in enumerate(
        ("mine.sqlite", *(f"backup-0001-{n}.sqlite" for n in range(7, 0, -1)))
    ):
        (copies / name).write_bytes(b"")
        os.utime(copies / name, (1_000_000 - age, 1_000_000 - age))
    with _connected(url) as connection:
        connection.execute(text("CREATE TABLE older (word TEXT)"))
    new = migrate.upgrade(url, backup_folder=copies)
    assert new is not None
    kept = {new.name, "mine.sqlite", *(f"backup-0001-{n}.sqlite" for n in (7, 6, 5, 4))}
    assert {path.name for path in copies.iterdir()} == kept
