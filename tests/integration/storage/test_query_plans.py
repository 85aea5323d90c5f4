"""Every statement of the room finds its rows by an index: no table is read from end to end."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

from storage import migrate, shelves, unit
from storage.engines import migration_engine
from storage.hand import Kit, Query
from storage.shapes import Plan
from storage.shelves.among import MAKERS
from storage.shelves.inspection import LAST_IDS, STRAYS
from storage.shelves.outbox import heads_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType


def _modules() -> list[ModuleType]:
    names = [info.name for info in iter_modules(shelves.__path__)]
    return [unit, *(import_module(f"storage.shelves.{name}") for name in names)]


def _named() -> Iterator[tuple[str, Query | Plan[object]]]:
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, Query | Plan):
                yield f"{module.__name__}.{name}", value
            elif isinstance(value, tuple):
                numbered = enumerate(value)
                yield from ((f"{name}[{n}]", v) for n, v in numbered if isinstance(v, Query))
    yield from ((maker.__name__, maker(2)) for maker in MAKERS)
    yield from ((f"last id of {table}", query) for table, query in LAST_IDS.items())
    yield from ((f"strays of {table}", query) for table, query in STRAYS.items())
    yield "heads", heads_query(2, 2)
    yield "heads of all chats", heads_query(0, 0)


STATEMENTS = dict(_named())


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kit, sqlite3.Connection]]:
    """An empty migrated file, and what prepares statements for it."""
    folder: Path = tmp_path_factory.mktemp("plans")
    url = f"sqlite:///{folder / 'town.sqlite'}"
    migrate.upgrade(url, backup_folder=folder)
    connection = sqlite3.connect(folder / "town.sqlite")
    yield Kit(migration_engine(url).dialect), connection
    connection.close()


def _texts(kit: Kit, statement: Query | Plan[object]) -> list[str]:
    if isinstance(statement, Query):
        return [kit.prepare(statement).text]
    shape = kit.shape(statement)
    return [text for text in (shape.insert, shape.update) if text]


def _walks(connection: sqlite3.Connection, text: str) -> list[str]:
    """The steps of the plan that read a whole table, for its rows or to index it on the fly."""
    values = (None,) * text.count("?")
    plan = connection.execute(f"EXPLAIN QUERY PLAN {text}", values).fetchall()
    steps = [str(step) for *_, step in plan]
    by_index = [step for step in steps if " USING " in step and "AUTOMATIC" not in step]
    return [step for step in steps if step.startswith(("SCAN", "SEARCH")) and step not in by_index]


def test_the_statements_are_found() -> None:
    """The next test would be content with none."""
    assert len(STATEMENTS) > 60


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_reads_a_whole_table(name: str, kit: tuple[Kit, sqlite3.Connection]) -> None:
    """Each step is a search, or a walk along an index."""
    tools, connection = kit
    for text in _texts(tools, STATEMENTS[name]):
        assert _walks(connection, text) == [], text


def test_a_whole_table_would_be_noticed(kit: tuple[Kit, sqlite3.Connection]) -> None:
    """The check can fail."""
    assert _walks(kit[1], "SELECT words FROM cases WHERE words = ?") != []
