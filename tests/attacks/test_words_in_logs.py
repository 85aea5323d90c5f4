"""Nothing that people write is in a log line, whatever kind of update it comes in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.acceptance import processes
from tests.acceptance.test_several_processes import SECRET, by_webhook
from tests.fakes.ports import held_port
from web.hook import SECRET_HEADER

if TYPE_CHECKING:
    from pathlib import Path

PHONE = "13812345678"
PATIENCE = 60


@pytest.mark.timeout(200)
async def test_an_update_of_a_kind_of_tomorrow_is_taken_in_and_not_told_to_the_log(
    tmp_path: Path,
) -> None:
    """A short one, and one of 900 kB; the log of the real program, as an office has it."""
    log = tmp_path / "run.log"
    async with processes.simulator("2026-03-10T08:30") as town:
        with held_port() as port:
            config = by_webhook(processes.configured(tmp_path, town.base), port)
            async with processes.running("run", "--config", str(config), log=log):
                for number, text in enumerate((f"我的电话 {PHONE}", PHONE * 80_000), start=77_001):
                    update = {"update_id": number, "future_thing": {"text": text}}
                    async with asyncio.timeout(PATIENCE):
                        while await _brought(town.session, port, update) != 200:  # noqa: ASYNC110 - it starts
                            await asyncio.sleep(0.2)
    told = log.read_text(encoding="utf-8")
    assert PHONE not in told
    assert max(map(len, told.splitlines())) < 1000
    assert [number for number in ("77001", "77002") if number not in told] == []


async def _brought(session: aiohttp.ClientSession, port: int, update: dict[str, object]) -> int:
    headers = {SECRET_HEADER: SECRET}
    url = f"http://127.0.0.1:{port}/telegram"
    try:
        async with session.post(url, json=update, headers=headers) as answer:
            return answer.status
    except aiohttp.ClientConnectionError:
        return 0
