"""What tests share must be as good as new: a lent process answers its own loan alone."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from pictures.headers import Format
from pictures.intake import Picture
from tests.fakes.lent_processes import lent_worker
from tests.unit.pictures import zoo

PHOTO = zoo.plain(640, 480)
PICTURE = Picture(format=Format.JPEG, width=640, height=480)


async def _one_loan() -> tuple[int, ...]:
    async with lent_worker() as worker:
        assert await worker.examine(PHOTO) == PICTURE
        return worker.pids


async def test_a_process_serves_one_bot_after_the_other() -> None:
    """Each sees it begin and end."""
    assert await _one_loan() == await _one_loan()


async def test_a_process_that_was_killed_or_still_owes_an_answer_is_not_lent_again() -> None:
    """Nobody gets the answer to somebody else's question."""
    before = await _one_loan()
    async with lent_worker() as worker:
        await worker.examine(PHOTO)
        assert worker.pids == before
        os.kill(before[0], signal.SIGSTOP)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await worker.examine(PHOTO)
    assert await _one_loan() != before
