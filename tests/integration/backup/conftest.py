"""Cities of the tests of backup and restore."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.integration.backup.town import Town, settle
from tests.integration.postgres import postgres_server
from tests.integration.storage.conftest import postgres_url, sqlite_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["postgres_server", "postgres_url", "sqlite_template"]


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Commands set up the log lines of the whole process; each test gives them back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


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
