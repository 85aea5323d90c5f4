"""What `audit`, `backup` and `restore` say where something else is than they need."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.backup.before import upgrade
from bot.config import sample
from bot.config.settings import Database, Secret
from storage import migrate
from storage.engines import migration_engine
from tests.integration.backup.town import Town, failure, settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.postgres import Server


def _sql(url: str, words: str) -> None:
    engine = migration_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(words)
    engine.dispose()


def test_a_backup_into_a_folder_that_is_not_there_is_told_at_once(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is packed; in both languages."""
    for lang, told in (("en", "there is no folder"), ("zh", "这个文件夹")):
        assert town.run("backup", tmp_path / "none" / "town.zip", lang=lang) == 1
        err = capsys.readouterr().err
        assert told in err
        assert len(err.splitlines()) == 1


def test_a_name_without_a_suffix_is_that_of_a_folder(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file `backups` in the data folder would be in the way of the copies before a migration."""
    place = town.folder / "data/backups"
    shutil.rmtree(place, ignore_errors=True)
    assert town.run("backup", place) == 1
    assert f"there is no folder {place}" in failure(capsys)
    assert not place.exists()
    place.mkdir()
    assert town.run("backup", place) == 0
    assert [one.suffix for one in place.glob("xunchaqun-*")] == [".zip"]


def test_a_restore_of_no_file_is_told(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder is none either."""
    for file in (tmp_path / "none.zip", tmp_path):
        assert town.run("restore", file, "--overwrite") == 1
        assert f"there is no file {file}; name the backup itself" in failure(capsys)


@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_an_empty_database_is_called_empty(
    kind: str,
    tmp_path: Path,
    sqlite_template: Path,
    postgres_server: Server,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not older, and no error of the driver."""
    town = settle(tmp_path / "town", sqlite_template)
    if kind == "file":
        town.file.write_bytes(b"")
    else:
        town = Town(town.folder, postgres_server.create("town-void").replace("@/", "@localhost/"))
    for words in (("audit",), ("quarantine", "list"), ("backup", tmp_path / "town.zip")):
        assert town.run(*words) == 1
        assert "is empty: xunchaqun restore or" in failure(capsys)
    if town.url:
        postgres_server.drop(town.url)


def test_a_database_of_another_version_is_not_looked_at(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A newer one is refused by a backup, too; an older one can be backed up."""
    _sql(town.database, "UPDATE alembic_version SET version_num = '9999'")
    for words in (("audit",), ("backup", tmp_path / "town.zip")):
        assert town.run(*words) == 1
        assert "newer than this program (revision 9999)" in failure(capsys)
    assert not (tmp_path / "town.zip").exists()
    _sql(town.database, "UPDATE alembic_version SET version_num = '0001'")
    assert town.run("audit") == 1
    assert "older than the program (revision 0001); xunchaqun migrate" in failure(capsys)
    assert town.run("backup", tmp_path / "town.zip") == 0


def test_a_copy_without_configuration_asks_for_one(
    tmp_path: Path, postgres_server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is a backup of this program: it only does not say where it goes."""
    url = postgres_server.create("town-copied")
    engine = migration_engine(url)
    with engine.begin() as connection:
        migrate.build(connection, "0001")
    engine.dispose()
    (tmp_path / "data").mkdir()
    settings = replace(sample(), data=tmp_path / "data", database=Database(url=Secret(url)))
    kept = upgrade(settings)
    postgres_server.drop(url)
    new = Town(tmp_path / "new")
    assert new.run("restore", kept) == 1
    assert f"no configuration {new.config}" in failure(capsys)


def test_an_audit_counts_photos_and_not_their_numbers(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL leaves numbers out when a transaction is taken back."""
    _sql(town.database, "UPDATE photos SET id = id + 170 WHERE id = (SELECT max(id) FROM photos)")
    town.run("audit")
    assert "cases: 3, photos: 3;" in capsys.readouterr().out
