"""Rounds, calls and the rest between them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from delivery.lanes import Lanes
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from datetime import datetime


async def _nothing() -> None:
    return None


async def test_a_call_starts_only_while_it_runs() -> None:
    """Outside of a run there is nobody to await it."""
    lanes = Lanes("test", ManualClock(), 2)
    with pytest.raises(RuntimeError, match="no call may start"):
        lanes.start("a", _nothing)


async def test_a_busy_lane_takes_no_second_call() -> None:
    """One at a time, whoever asks."""
    lanes = Lanes("test", ManualClock(), 2)

    async def begin() -> datetime | None:
        lanes.start("a", _nothing)
        lanes.start("a", _nothing)
        return None

    with pytest.raises(RuntimeError, match="lane a"):
        await lanes.run(begin)


async def test_pokes_in_a_row_make_one_round() -> None:
    """A hundred commits at once do not make a hundred looks."""
    clock = ManualClock()
    lanes, rounds = Lanes("test", clock, 2), []
    clock.add_probe(lambda: lanes.idle)

    async def begin() -> datetime | None:
        rounds.append(clock.now())
        return None

    async with asyncio.TaskGroup() as group:
        group.create_task(lanes.run(begin), name="lanes")
        await clock.settle()
        for _ in range(100):
            lanes.poke()
        await clock.settle()
        await lanes.stop()
    assert len(rounds) == 2


async def test_a_stop_before_the_start_returns_at_once() -> None:
    """A process may be told to stop while it is still starting."""
    lanes = Lanes("test", ManualClock(), 2)
    await lanes.stop()
    await asyncio.wait_for(lanes.run(lambda: asyncio.sleep(0)), 1)
    assert lanes.idle


async def test_calls_have_names() -> None:
    """So that a task that hangs can be told."""
    lanes, names = Lanes("courier", ManualClock(), 2), []

    async def call() -> None:
        task = asyncio.current_task()
        names.append(task.get_name() if task else "")

    async def begin() -> datetime | None:
        if not names:
            lanes.start("-4000001", call)
        return None

    async with asyncio.TaskGroup() as group:
        group.create_task(lanes.run(begin), name="lanes")
        await asyncio.sleep(0.01)
        await lanes.stop()
    assert names == ["courier:-4000001"]
