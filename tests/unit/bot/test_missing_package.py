"""What is said of a Python package that is not installed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli_errors import missing_module

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_without_the_sources_the_package_itself_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The program is in no registry, so that its extras cannot be asked for by its name."""
    monkeypatch.setattr("bot.cli_errors.__file__", str(tmp_path / "bot/cli_errors.py"))
    missing = missing_module("psycopg.adapt")
    assert missing.more["command"] == f"{sys.executable} -m pip install 'psycopg[binary]'"
