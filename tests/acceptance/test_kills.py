from __future__ import annotations

import asyncio
import signal
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests import databases
from tests.acceptance import processes
from tests.acceptance.busy_hour import KILLS, Hour, killed_through, lives

if TYPE_CHECKING:
    from pathlib import Path

MORNING = "2026-03-10T08:30"
SEED = 20260310
PATIENCE = 120
"""Seconds for the last life to say all that the killed ones could not, on a busy machine."""


@pytest.mark.timeout(300)
async def test_fifty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Every photo, word, press and reminder of the hour shows; a kill doubles one card at most."""
    async with processes.simulator(MORNING) as town:
        hour = Hour(town, Random(SEED))  # noqa: S311 - chance, not secrecy
        config = processes.configured(tmp_path, town.base)
        async with lives(config) as births:
            await killed_through(hour, births)
        log = tmp_path / "run.log"
        async with processes.running("run", "--config", str(config), log=log) as bot:
            shown = await hour.settled(PATIENCE)
            assert shown.missing(hour) == {}
            doubled = sum(len(cards) - 1 for cards in shown.cards.values())
            assert doubled <= KILLS
            numbers = sorted(number for found in shown.numbers.values() for number in found)
            assert numbers == [f"XC-20260310-{n:04}" for n in range(1, len(hour.photos) + 1)]
            assert await processes.stopped(bot, signal.SIGTERM) == 0
    done, out, _ = await processes.finished("audit", "--config", str(config))
    assert (done, out) == (0, f"cases verified: {len(numbers)}, with a broken history: 0\n")
    done, out, _ = await processes.finished("quarantine", "list", "--config", str(config))
    assert (done, out) == (0, "in quarantine: 0\n")


async def test_the_same_hour_loses_cases_when_updates_are_confirmed_first(tmp_path: Path) -> None:
    """The control: without it the harness would prove nothing."""
    async with processes.simulator(MORNING) as town:
        hour = Hour(town, Random(SEED))  # noqa: S311 - chance, not secrecy
        config = processes.configured(tmp_path, town.base)
        async with lives(config, "--confirm-first") as births:
            await killed_through(hour, births)
            await births.begin()
            await hour.polled()
            await asyncio.sleep(2)
    [(opened,)] = databases.rows(
        tmp_path / "data", "SELECT count(DISTINCT photo_message) FROM cases"
    )
    assert opened < len(hour.photos)
