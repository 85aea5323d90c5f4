"""Another program polls with the bot's token: noted, so that the doctor can say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import city
from tests.databases import rows

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
NOTED = "SELECT count(*) FROM marks WHERE name = 'contested'"


async def test_a_second_poller_is_noted_in_the_database(tmp_path: Path) -> None:
    """By the bot that was there first; the doctor must not poll to find out."""
    async with city(tmp_path) as town:
        await town.photo("officer01")
        await town.advance(minutes=5)
        assert rows(tmp_path, NOTED) == [(0,)]
        async with town.session.get(f"{town.base}/bot{TOKEN}/getUpdates?timeout=0") as answer:
            assert answer.status == 200
        await town.advance(seconds=5)
        assert rows(tmp_path, NOTED) == [(1,)]
