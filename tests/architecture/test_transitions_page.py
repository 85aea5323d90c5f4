"""The pages of the transitions and of the rights are their tables."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["transitions", "permissions"])
def test_the_page_equals_the_table(root: Path, name: str) -> None:
    """After a change of the table: `make transitions`."""
    source = importlib.util.spec_from_file_location(f"make_{name}", root / f"docs/make_{name}.py")
    assert source is not None
    assert source.loader is not None
    maker = importlib.util.module_from_spec(source)
    source.loader.exec_module(maker)
    assert (root / f"docs/{name}.md").read_text(encoding="utf-8") == maker.page()
