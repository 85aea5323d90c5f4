"""The migrations: they end at the tables of the code, after a copy, and never half-way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, Integer, MetaData, Table, inspect

from casework.case import THREE_DAYS, Source, Status
from storage import migrate, snapshots
from storage.columns import metadata
from storage.engines import migration_engine
from storage.errors import DatabaseFailedError, DatabaseFullError, DatabaseNewerError
from storage.types import Moment
from tests.integration.storage.cast import NOON, Book, pothole

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def test_the_migrations_end_at_the_tables_of_the_code(unmigrated: str, tmp_path: Path) -> None:
    """From nothing; Alembic finds no difference."""
    migrate.upgrade(unmigrated, backup_folder=tmp_path)
    engine = migration_engine(unmigrated)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert _constraints(connection) == _declared()
    engine.dispose()


def _constraints(connection: Connection) -> set[str | None]:
    """The CHECKs and indexes, which the comparison overlooks in part."""
    look = inspect(connection)
    names: set[str | None] = set()
    for table in metadata.tables:
        names |= {check["name"] for check in look.get_check_constraints(table)}
        names |= {index["name"] for index in look.get_indexes(table)}
        names |= {unique["name"] for unique in look.get_unique_constraints(table)}
    return {name for name in names if name and name.startswith(("ck_", "ix_"))}


def _declared() -> set[str | None]:
    names: set[str | None] = set()
    for table in metadata.sorted_tables:
        names |= {str(constraint.name) for constraint in table.constraints}
        names |= {str(index.name) for index in table.indexes}
    return {name for name in names if name and name.startswith(("ck_", "ix_"))}


def test_the_migrated_file_is_word_for_word_what_the_code_declares(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The conditions of partial indexes and checks too."""
    declared = migration_engine(f"sqlite:///{tmp_path / 'declared.sqlite'}")
    metadata.create_all(declared)
    migrated = migration_engine(sqlite_url)
    assert _index_words(migrated.connect()) == _index_words(declared.connect())


def _index_words(connection: Connection) -> dict[str, str]:
    with connection:
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).all()
    return {str(name): str(sql) for name, sql in rows}


def test_an_upgrade_of_nothing_makes_no_copy(unmigrated: str, tmp_path: Path) -> None:
    """There is nothing to lose; and a second upgrade has nothing to do."""
    assert migrate.upgrade(unmigrated, backup_folder=tmp_path / "copies") is None
    assert migrate.upgrade(unmigrated, backup_folder=tmp_path / "copies") is None
    assert not (tmp_path / "copies").exists()


def test_the_migrations_can_be_taken_back(unmigrated: str, tmp_path: Path) -> None:
    """Down to nothing, and up again."""
    migrate.upgrade(unmigrated, backup_folder=tmp_path)
    engine = migration_engine(unmigrated)
    with engine.begin() as connection:
        command.downgrade(migrate.alembic_config(connection), "base")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    engine.dispose()
    migrate.upgrade(unmigrated, backup_folder=tmp_path)


def _age(url: str) -> None:
    """Make the file one of before the first revision: it holds other tables."""
    engine = migration_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE older (word TEXT)")
        connection.exec_driver_sql("INSERT INTO older VALUES ('kept')")
    engine.dispose()


def test_an_older_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    """The copy is whole, and no copy takes the place of another."""
    url, copies = f"sqlite:///{tmp_path / 'town.sqlite'}", tmp_path / "copies"
    _age(url)
    copies.mkdir()
    (copies / "backup-base-1.sqlite").write_bytes(b"of before")
    backup = migrate.upgrade(url, backup_folder=copies)
    assert backup == copies / "backup-base-2.sqlite"
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT word FROM older").fetchall() == [("kept",)]
    assert (copies / "backup-base-1.sqlite").read_bytes() == b"of before"
    assert sorted(path.name for path in copies.iterdir()) == [
        "backup-base-1.sqlite",
        "backup-base-2.sqlite",
    ]


def test_a_copy_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try of a service on a full disk would find less room than the one before."""

    def half(_url: str, target: Path) -> None:
        target.write_bytes(b"half of it")
        raise DatabaseFullError("database or disk is full")

    monkeypatch.setattr(snapshots, "copy", half)
    url, copies = f"sqlite:///{tmp_path / 'town.sqlite'}", tmp_path / "copies"
    _age(url)
    with pytest.raises(DatabaseFullError):
        migrate.upgrade(url, backup_folder=copies)
    assert list(copies.iterdir()) == []


def test_a_failed_upgrade_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    """Half of the tables were made when the rest failed: none of them stays."""
    url = f"sqlite:///{tmp_path / 'town.sqlite'}"
    _age(url)
    with closing(sqlite3.connect(tmp_path / "town.sqlite")) as file:
        file.execute("CREATE TABLE words (older TEXT)")
    with pytest.raises(DatabaseFailedError):
        migrate.upgrade(url, backup_folder=tmp_path / "copies")
    with closing(sqlite3.connect(tmp_path / "town.sqlite")) as file:
        rows = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for (name,) in rows} == {"older", "words"}


def test_a_newer_database_is_refused(unmigrated: str, tmp_path: Path) -> None:
    """Its revision is named; nothing is changed or copied."""
    migrate.upgrade(unmigrated, backup_folder=tmp_path)
    engine = migration_engine(unmigrated)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(DatabaseNewerError) as refused:
        migrate.upgrade(unmigrated, backup_folder=tmp_path / "copies")
    assert refused.value.revision == "9999"
    assert not (tmp_path / "copies").exists()


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """As an error of this room, whatever the driver says."""
    with pytest.raises(DatabaseFailedError):
        migrate.upgrade(f"sqlite:///{tmp_path / 'no' / 'x.sqlite'}", backup_folder=tmp_path)


def test_rows_survive_a_second_upgrade(url: str, tmp_path: Path) -> None:
    """Nothing is done to a database that is at the newest revision."""
    book = Book(url)
    with book.work() as unit:
        unit.cases.add(pothole())
    migrate.upgrade(url, backup_folder=tmp_path)
    with book.work() as unit:
        assert unit.cases.get(1) == pothole()
    book.close()


def test_a_case_of_before_keeps_all_it_had_and_gets_its_limit(
    unmigrated: str, tmp_path: Path
) -> None:
    """A city of the first tables goes on: what was left at the after-photo is known."""
    engine = migration_engine(unmigrated)
    with engine.begin() as connection:
        command.upgrade(migrate.alembic_config(connection), "0001")
        old = Table("cases", MetaData(), autoload_with=connection)
        row: dict[str, object] = dict.fromkeys((c.name for c in old.columns), "")
        row |= {c.name: 0 for c in old.columns if isinstance(c.type, Integer)}
        row |= {c.name: False for c in old.columns if isinstance(c.type, Boolean)}
        row |= {c.name: None for c in old.columns if c.nullable}
        known = pothole()
        moments = ("reported_at", "opened_at", "deadline", "submitted_at")
        later = replace(known, status=Status.CHECKING, submitted_at=NOON + timedelta(hours=1))
        row |= {name: Moment.codec(engine.name)[0](getattr(later, name)) for name in moments}
        row |= {"id": 1, "number": known.number, "version": 1, "tier": "B", "status": "checking"}
        connection.execute(old.insert().values(**row))
    engine.dispose()
    migrate.upgrade(unmigrated, backup_folder=tmp_path)
    book = Book(unmigrated)
    with book.work() as unit:
        case = unit.cases.get(1)
    book.close()
    assert case is not None
    assert (case.number, case.source, case.span) == (known.number, Source.PATROL, THREE_DAYS)
    assert case.budget == known.deadline - known.reported_at
    assert case.left == timedelta(hours=47)
