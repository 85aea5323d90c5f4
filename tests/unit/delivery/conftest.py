"""A running courier for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.courier_office import Office, open_office

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A running courier with an empty outbox."""
    async with open_office(Office()) as running:
        yield running
