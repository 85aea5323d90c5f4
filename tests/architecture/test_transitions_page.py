"""The page of the transitions is the table."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_equals_the_table(root: Path) -> None:
    """After a change of the table: `make transitions`."""
    source = importlib.util.spec_from_file_location(
        "make_transitions", root / "docs/make_transitions.py"
    )
    assert source is not None
    assert source.loader is not None
    maker = importlib.util.module_from_spec(source)
    source.loader.exec_module(maker)
    assert (root / "docs/transitions.md").read_text(encoding="utf-8") == maker.page()
