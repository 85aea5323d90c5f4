"""What the tests of several rooms together share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def postgres_clone() -> Iterator[str]:
    """A PostgreSQL database with all tables, all empty."""
    server = postgres.server()
    url = server.clone()
    yield url
    server.drop(url)
