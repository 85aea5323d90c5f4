"""A kill before every statement of an upgrade: the database is the old or the new one, whole."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import apsw
from sqlalchemy import Boolean, Engine, Integer, MetaData, Table, event

from storage import migrate
from storage.engines import migration_engine
from tests.harness.crash.arms import ARMS, put_around

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FUNCTIONS = (
    "storage.migrate:_back_up",
    "storage.migrate:_upgrade",
    "alembic.command:upgrade",
    "alembic.operations.base:AbstractOperations.invoke",
    "sqlalchemy.engine.base:RootTransaction.commit",
    "storage.migrate:upgrade",
)
STATEMENT = "before a statement of the upgrade"
MOST = 4
"""At each function the upgrade is killed so often, or a little oftener."""
DATABASE = "old.sqlite3"
FIRST = "0001"
Whole = tuple[tuple[str, ...], ...]
"""All that a database holds: its tables in words, and its rows."""


@dataclass
class Report:
    """What was killed, and what was wrong."""

    killed: int = 0
    steps: int = 0
    """Statements of one whole upgrade."""
    old: int = 0
    new: int = 0
    """In how many cases the database was still the old one, or already the new one."""
    unreached: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Migration:
    """Upgrades the same old city again and again, and is killed each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite3"
        self._file = folder / DATABASE
        self._backups = folder / "backups"
        old_city(self._template)
        self._whole = {"old": _whole(self._template)}
        self.report = Report()

    def rehearse(self) -> None:
        """Upgrade once unharmed, and count the steps."""
        points = put_around(FUNCTIONS)
        event.listen(Engine, "before_cursor_execute", _come_by)
        self._renew()
        ARMS.passed.clear()
        self._upgrade()
        self._passed = {point: ARMS.passed[point] for point in (*points, STATEMENT)}
        self._whole["new"] = _whole(self._file)
        self.report.steps = ARMS.passed[STATEMENT]
        self.report.unreached = [point for point, count in self._passed.items() if not count]
        gc.collect()
        gc.freeze()

    def kill(self, every: int = 1, tell: Callable[[Report], None] | None = None) -> None:
        """Kill at every step, or at each so manieth; and once at each named function."""
        aims = [(STATEMENT, nth) for nth in range(1, self.report.steps + 1, every)]
        aims += [
            (point, nth)
            for point, count in self._passed.items()
            if point != STATEMENT
            for nth in range(1, count + 1, max(1, count // MOST))
        ]
        for aim in aims:
            self._killed(aim)
            if tell is not None:
                tell(self.report)

    def _killed(self, aim: tuple[str, int]) -> None:
        self._renew()
        child = os.fork()
        if child == 0:
            ARMS.aim(*aim)
            logging.disable()
            self._upgrade()
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if not os.WIFSIGNALED(status):
            self.report.wrong.append(f"{aim[0]} {aim[1]} was never reached")
            return
        self.report.killed += 1
        self._look(f"{aim[0]} {aim[1]}")

    def _look(self, where: str) -> None:
        """Old or new; its copies whole; and a start after the kill makes it new."""
        found = _whole(self._file)
        kind = next((kind for kind, whole in self._whole.items() if whole == found), "")
        self.report.old += kind == "old"
        self.report.new += kind == "new"
        if not kind:
            self.report.wrong.append(f"{where}: neither old nor new")
        for backup in self._backups.glob("backup-*.sqlite"):
            if _whole(backup) != self._whole["old"]:
                self.report.wrong.append(f"{where}: {backup.name} is not what was copied")
        self._upgrade()
        if _whole(self._file) != self._whole["new"]:
            self.report.wrong.append(f"{where}: the next start does not make it new")

    def _renew(self) -> None:
        for file in self._folder.glob(f"{DATABASE}*"):
            file.unlink()
        shutil.rmtree(self._backups, ignore_errors=True)
        shutil.copyfile(self._template, self._file)

    def _upgrade(self) -> None:
        migrate.upgrade(f"sqlite:///{self._file}", backup_folder=self._backups)


def _come_by(*_what: object) -> None:
    ARMS.come_by(STATEMENT)


def _whole(file: Path) -> Whole:
    with closing(apsw.Connection(str(file))) as database:
        checked = [str(words) for (words,) in database.execute("PRAGMA integrity_check")]
        tables = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        rows = [
            (name, *map(str, database.execute(f'SELECT * FROM "{name}"').fetchall()))  # noqa: S608 - our own names
            for name, sql in tables
            if str(sql).startswith("CREATE TABLE")
        ]
    words = [tuple(map(str, row)) for row in tables]
    return (tuple(checked), *words, *(tuple(map(str, row)) for row in rows))


def old_city(file: Path) -> None:
    """A city of the first tables, with a case in it."""
    engine = migration_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate.build(connection, FIRST)
        cases = Table("cases", MetaData(), autoload_with=connection)
        for number in range(1, 4):
            connection.execute(cases.insert().values(**_case(cases, number)))
    engine.dispose()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")


def _case(cases: Table, number: int) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys((column.name for column in cases.columns), "")
    row |= {column.name: 0 for column in cases.columns if isinstance(column.type, Integer)}
    row |= {column.name: False for column in cases.columns if isinstance(column.type, Boolean)}
    row |= {column.name: None for column in cases.columns if column.nullable}
    moments = ("reported_at", "opened_at", "deadline")
    row |= dict.fromkeys(moments, f"2026-03-0{number} 01:00:00.000000")
    row |= {"id": number, "number": f"XC-2026030{number}-0001", "version": 1}
    return row | {"tier": "B", "status": "waiting"}
