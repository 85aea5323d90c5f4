"""Cities of the tests of backup and restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.backup.town import Town, settle
from tests.integration.postgres import postgres_server
from tests.integration.storage.conftest import postgres_url, sqlite_template

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["postgres_server", "postgres_url", "sqlite_template"]


@pytest.fixture
def town(tmp_path: Path, sqlite_template: Path) -> Town:
    """A city on SQLite."""
    return settle(tmp_path / "town", sqlite_template)


@pytest.fixture
def made(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A backup of it."""
    file = tmp_path / "town.zip"
    assert town.run("backup", file) == 0
    capsys.readouterr()
    return file
