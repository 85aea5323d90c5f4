"""What the tests of the house look at: its rooms, its files, its own description."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_ROOMS = frozenset({"tests", "benchmarks", "docs", "build", "dist", "data"})


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def rooms() -> tuple[str, ...]:
    """The rooms on disk: top-level folders that hold modules."""
    return tuple(
        sorted(
            folder.name
            for folder in ROOT.iterdir()
            if folder.is_dir()
            and folder.name not in NO_ROOMS
            and not folder.name.startswith((".", "_"))
            and any(folder.glob("*.py"))
        )
    )


@pytest.fixture(scope="session")
def project() -> dict[str, object]:
    """The project's own description, `pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
