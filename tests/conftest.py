"""What all tests share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

LONG = ("test_kills.py", "test_command_line.py", "test_demo_by_clicking.py")
"""Files whose tests take seconds each: begun last, they would keep everybody waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests; whoever is idle takes over what stands behind them."""
    items.sort(key=lambda item: item.path.name not in LONG)


def pytest_collection_finish() -> None:
    """Keep the libraries' hundred thousands of objects out of the collector's way."""
    gc.collect()
    gc.freeze()
