"""The page on security names tests that exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ROW = re.compile(
    r"^\| \d+\.\d+\.\d+ \| [123] \| .+ \| `(tests/[\w/]+\.py)::(test_\w+)` \|$", re.MULTILINE
)


def test_every_test_that_the_security_page_names_exists(root: Path) -> None:
    """In the file that it names; and no row of the table is of another form."""
    page = (root / "docs/security.md").read_text(encoding="utf-8")
    named = ROW.findall(page)
    assert len(named) == len(re.findall(r"^\| \d+\.", page, re.MULTILINE)) > 25
    for file, name in named:
        source = (root / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", source, re.MULTILINE), (file, name)


def test_the_page_at_the_top_leads_to_it(root: Path) -> None:
    """Where people look for it first."""
    assert "(docs/security.md)" in (root / "SECURITY.md").read_text(encoding="utf-8")
