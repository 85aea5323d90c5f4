"""The benchmarks measure what they say: every photo opens a case, and the floor writes its rows."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.contenders import TABLES, product_intake, raw_intake, rows_of_cases
from benchmarks.updates import photo_updates

if TYPE_CHECKING:
    from pathlib import Path

PHOTOS = 30


def test_the_floor_writes_exactly_the_rows_of_the_product(tmp_path: Path) -> None:
    """All tables that an opened case touches, row for row."""
    ours, raw = tmp_path / "ours", tmp_path / "raw"
    asyncio.run(product_intake(ours, photo_updates(PHOTOS)))
    cases = rows_of_cases(ours)
    assert len(cases) == PHOTOS
    raw_intake(raw, cases)
    for table in TABLES:
        assert _rows(raw, table) == [row for row in _rows(ours, table) if _of_a_case(table, row)]


def _rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "xunchaqun.sqlite3")) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608


def _of_a_case(table: str, row: tuple[object, ...]) -> bool:
    """The due rows of the day (digest, batches) belong to no case."""
    return table != "dues" or row[1] is not None
