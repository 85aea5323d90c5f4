"""The benchmarks measure what they say: every photo opens a case, and the floor writes its rows."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks import backlog, drain, idiomatic, million
from benchmarks.contenders import (
    TABLES,
    commit_together,
    product_intake,
    raw_database,
    raw_intake,
    rows_of_cases,
)
from benchmarks.updates import photo_updates

if TYPE_CHECKING:
    from pathlib import Path

PHOTOS = 30


def test_the_floors_write_exactly_the_rows_of_the_product(tmp_path: Path) -> None:
    """All tables that an opened case touches, row for row, one by one and together."""
    ours, raw, together = (tmp_path / name for name in ("ours", "raw", "together"))
    asyncio.run(product_intake(ours, photo_updates(PHOTOS)))
    cases = rows_of_cases(ours)
    assert len(cases) == PHOTOS
    raw_intake(raw, cases)
    with raw_database(together) as database:
        commit_together(database, cases)
    for table in TABLES:
        wanted = [row for row in _rows(ours, table) if _of_a_case(table, row)]
        assert _rows(raw, table) == _rows(together, table) == wanted


def _rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "xunchaqun.sqlite3")) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608


def _of_a_case(table: str, row: tuple[object, ...]) -> bool:
    """The due rows of the day (digest, batches) belong to no case."""
    return table != "dues" or row[1] is not None


def test_the_idiomatic_peers_write_the_same_rows(tmp_path: Path) -> None:
    """Each with a session and a commit for every update."""
    ours, peers = tmp_path / "ours", tmp_path / "peers"
    updates = photo_updates(3)
    asyncio.run(product_intake(ours, updates))
    peers.mkdir()
    idiomatic.measured(peers, updates)
    for peer in peers.iterdir():
        for table in (*TABLES, "people", "counters"):
            found, wanted = (
                [row for row in _rows(place, table) if _of_a_case(table, row)]
                for place in (peer, ours)
            )
            if table == "dues":  # numbered after those of the day, which only the product has
                found, wanted = (sorted(row[1:] for row in rows) for rows in (found, wanted))
            assert found == wanted


def test_a_backlog_leaves_one_message_for_each_case() -> None:
    """Albums, claims and talk are absorbed; nothing but the cards is left to send."""
    updates = list(backlog.backlog(3, 6))
    assert len(updates) == 3 * backlog.EACH + 6
    told = asyncio.run(backlog.measure(3, 6))
    assert (told["updates"], told["left"]) == (len(updates), 3)


def test_a_full_outbox_goes_out_within_the_limits(tmp_path: Path) -> None:
    """Every message arrives, none is answered by 429, and not before the limits let it."""
    told = drain.measured(tmp_path, 21)
    assert told.messages == 21 * drain.EVERYBODY + 2 * drain.BUSY
    assert told.refused == 0
    assert told.seconds >= told.bound


def test_the_database_of_years_can_be_worked_with(tmp_path: Path) -> None:
    """Closed cases with all their rows, to which the product adds new ones."""
    million.fill(tmp_path, 40)
    of_first = [row for row in _rows(tmp_path, "history") if row[0] == 1]
    assert len(_rows(tmp_path, "cases")) == 41
    assert len(_rows(tmp_path, "history")) == 41 * len(of_first)
    asyncio.run(product_intake(tmp_path, photo_updates(2)))
    assert len(_rows(tmp_path, "cases")) == 42
