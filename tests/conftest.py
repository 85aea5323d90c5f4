"""What all tests share."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    """Keep the libraries' hundred thousands of objects out of the collector's way."""
    gc.collect()
    gc.freeze()
