"""What all tests share."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

LONG = (
    "test_week.py",
    "test_same_seed.py",
    "test_kills.py",
    "test_command_line.py",
    "test_demo_by_clicking.py",
)
"""Files whose tests take seconds each: begun last, they would keep everybody waiting."""
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder there that is this user's alone
"""Where Linux keeps files in memory."""
ROOM = 512 * 1024 * 1024
"""Bytes that must be free there; the tests need a fraction of it."""


def pytest_configure() -> None:
    """Keep temporary folders in memory: the databases wait for the disk at every commit."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests; whoever is idle takes over what stands behind them."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the libraries' hundred thousands of objects out of the collector's way."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()
