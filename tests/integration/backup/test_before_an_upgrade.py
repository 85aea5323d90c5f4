"""PostgreSQL's rows are kept before its tables change, in a file that `restore` takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.backup.before import upgrade
from bot.config import sample
from bot.config.settings import Database, Secret
from storage import migrate
from storage.engines import migration_engine
from tests.integration.backup.town import Town, manifest, settle
from tests.integration.postgres import Server  # noqa: TC001 - a fixture's type is read by pytest

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_of_before_are_kept_and_can_be_put_back(
    tmp_path: Path, sqlite_template: Path, postgres_server: Server
) -> None:
    """Once: a database of today needs no copy, an empty one neither."""
    url = postgres_server.create(f"town-{uuid4().hex}")
    data = tmp_path / "data"
    settings = replace(sample(), data=data, database=Database(url=Secret(url)))
    engine = migration_engine(url)
    with engine.begin() as connection:
        migrate.build(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO people (person, account, bound_at, language, private)"
            " VALUES ('officer01', '7', '2026-11-20 04:00:00.000000+00:00', 'zh', '')"
        )
    engine.dispose()
    data.mkdir()
    kept = upgrade(settings)
    assert kept == data / "backups/backup-0001-1.zip"
    assert kept is not None
    told = manifest(kept)
    assert (told["revision"], told["tables"]["people"]["rows"]) == ("0001", 1)
    assert upgrade(settings) is None
    postgres_server.drop(url)
    town: Town = settle(tmp_path / "town", sqlite_template)
    assert town.run("restore", kept, "--overwrite") == 0
    assert (town.ledger()["people"].rows, town.ledger()["cases"].rows) == (1, 0)
