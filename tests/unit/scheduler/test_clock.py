"""The machine's clock, and the one that follows a simulator's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.clock import FollowingClock, SystemClock

SECOND = timedelta(seconds=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Simulator:
    """Answers where its clock stands; the second look waits until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.version = 1
        self.moved = asyncio.Event()
        self.failures = 0
        self.looks: list[int] = []

    async def __call__(self, newer_than: int) -> tuple[datetime, int]:
        """The moment, once the version is newer."""
        self.looks.append(newer_than)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        while self.version <= newer_than:
            self.moved.clear()
            await self.moved.wait()
        return self.moment, self.version

    def put(self, moment: datetime) -> None:
        """Move the clock."""
        self.moment = moment
        self.version += 1
        self.moved.set()


async def no_pause() -> None:
    """Try again at once."""
    await asyncio.sleep(0)


async def test_the_machines_clock_is_aware_and_wakes_on_time() -> None:
    """A moment that has passed is not waited for."""
    clock = SystemClock()
    before = clock.now()
    assert before.tzinfo is UTC
    await clock.sleep_until(before - SECOND)
    await clock.sleep_until(before + SECOND / 50)
    assert before + SECOND / 50 <= clock.now() < before + 5 * SECOND


async def test_it_runs_on_from_where_the_simulators_clock_stands() -> None:
    """At real speed."""
    clock = FollowingClock(Simulator(LONG_AGO))
    await clock.look()
    first = clock.now()
    await asyncio.sleep(0.01)
    assert LONG_AGO <= first < clock.now() < LONG_AGO + 10 * SECOND


async def test_a_sleeper_wakes_when_the_clock_is_put_past_its_moment() -> None:
    """And sleeps on when it is put elsewhere before it."""
    simulator = Simulator(LONG_AGO)
    clock = FollowingClock(simulator)
    await clock.look()
    async with asyncio.TaskGroup() as group:
        following = group.create_task(clock.run(no_pause))
        sleeper = group.create_task(clock.sleep_until(LONG_AGO + 3600 * SECOND))
        await asyncio.sleep(0)
        simulator.put(LONG_AGO + 1800 * SECOND)
        await asyncio.sleep(0.01)
        assert not sleeper.done()
        simulator.put(LONG_AGO + 7200 * SECOND)
        await asyncio.wait_for(sleeper, 5)
        assert clock.now() >= LONG_AGO + 7200 * SECOND
        following.cancel()


async def test_a_simulator_that_is_away_is_asked_again() -> None:
    """The clock runs on meanwhile."""
    simulator = Simulator(LONG_AGO)
    clock = FollowingClock(simulator)
    await clock.look()
    simulator.failures = 3
    async with asyncio.TaskGroup() as group:
        following = group.create_task(clock.run(no_pause))
        for _ in range(20):
            await asyncio.sleep(0)
        simulator.put(LONG_AGO + 3600 * SECOND)
        for _ in range(20):
            await asyncio.sleep(0)
        assert clock.now() >= LONG_AGO + 3600 * SECOND
        assert simulator.looks[:5] == [0, 1, 1, 1, 1]
        following.cancel()


async def test_another_error_is_not_hidden() -> None:
    """Only the network may fail."""

    async def broken(newer_than: int) -> tuple[datetime, int]:
        raise ValueError(f"no answer newer than {newer_than}")

    with pytest.raises(ValueError, match="no answer"):
        await FollowingClock(broken).run(no_pause)


async def test_a_sleeper_looks_again_when_the_clock_is_put_back() -> None:
    """What it waits for may have been meant to come sooner."""
    simulator = Simulator(LONG_AGO)
    clock = FollowingClock(simulator)
    await clock.look()
    async with asyncio.TaskGroup() as group:
        following = group.create_task(clock.run(no_pause))
        sleeper = group.create_task(clock.sleep_until(LONG_AGO + 60 * SECOND))
        await asyncio.sleep(0)
        simulator.put(LONG_AGO - 3600 * SECOND)
        await asyncio.wait_for(sleeper, 5)
        following.cancel()


async def test_the_machines_clock_may_be_put_back_under_a_sleeper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is noticed at the next look, a minute later at most."""
    moments = iter([LONG_AGO, LONG_AGO, LONG_AGO - 3600 * SECOND])
    monkeypatch.setattr(SystemClock, "now", lambda _self: next(moments))
    monkeypatch.setattr(asyncio, "sleep", no_sleep)
    await SystemClock().sleep_until(LONG_AGO + 60 * SECOND)
    assert not list(moments)


async def no_sleep(_seconds: float) -> None:
    """The minute is over."""
