"""The clock: real speed, walks that stop where something falls due, and jumps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from simulator import SimulatedClock, Simulator
from tests.contract.people import OFFICER, started

if TYPE_CHECKING:
    from tests.contract.people import People

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def still() -> SimulatedClock:
    """Stands at noon in the town."""
    return SimulatedClock(NOON, frozen=True)


async def test_a_running_clock_runs_at_real_speed() -> None:
    """From where it was put."""
    clock = SimulatedClock(NOON)
    await asyncio.sleep(0.05)
    assert timedelta(seconds=0.04) < clock.now() - NOON < timedelta(seconds=2)


async def test_a_running_clock_wakes_who_sleeps() -> None:
    """Without being moved by anybody."""
    clock = SimulatedClock(NOON)
    await asyncio.wait_for(clock.sleep(0.05), 2)
    assert clock.now() >= NOON + timedelta(seconds=0.05)


async def test_advance_walks_through_what_falls_due_in_order(still: SimulatedClock) -> None:
    """Each thing happens at its own time, not at the end."""
    seen: list[tuple[str, datetime]] = []

    async def at(name: str, minutes: int) -> None:
        await still.sleep_until(NOON + minutes * MINUTE)
        seen.append((name, still.now()))

    async with asyncio.TaskGroup() as tasks:
        for name, minutes in (("third", 30), ("first", 10), ("second", 20)):
            tasks.create_task(at(name, minutes))
        await asyncio.sleep(0)
        await still.advance(60 * MINUTE)
    assert seen == [
        ("first", NOON + 10 * MINUTE),
        ("second", NOON + 20 * MINUTE),
        ("third", NOON + 30 * MINUTE),
    ]
    assert still.now() == NOON + 60 * MINUTE


async def test_what_a_stop_schedules_for_later_is_reached_in_the_same_walk(
    still: SimulatedClock,
) -> None:
    """A ticker ticks every minute of the hour."""
    ticks: list[datetime] = []

    async def ticker() -> None:
        while len(ticks) < 60:
            await still.sleep_until(still.now() + MINUTE)
            ticks.append(still.now())

    task = started(ticker())
    await asyncio.sleep(0)
    await still.advance(60 * MINUTE)
    await task
    assert ticks == [NOON + number * MINUTE for number in range(1, 61)]


async def test_set_jumps_and_what_was_due_is_late(still: SimulatedClock) -> None:
    """As after a power cut."""
    woken: list[datetime] = []

    async def sleeper() -> None:
        await still.sleep_until(NOON + MINUTE)
        woken.append(still.now())

    task = started(sleeper())
    await asyncio.sleep(0)
    still.set(NOON + timedelta(days=2))
    await task
    assert woken == [NOON + timedelta(days=2)]


async def test_a_soft_sleeper_is_no_stop(still: SimulatedClock) -> None:
    """A long poll's end does not hold the walk up, but it comes when time passes it."""
    woken: list[datetime] = []

    async def soft() -> None:
        await still.sleep_until(NOON + MINUTE, soft=True)
        woken.append(still.now())

    task = started(soft())
    await asyncio.sleep(0)
    await still.advance(10 * MINUTE)
    await task
    assert woken == [NOON + 10 * MINUTE]


async def test_time_stands_still_until_everybody_is_idle(still: SimulatedClock) -> None:
    """A probe that says no holds the clock at the stop."""
    busy = False
    seen: list[datetime] = []

    async def worker() -> None:
        nonlocal busy
        await still.sleep_until(NOON + MINUTE)
        busy = True
        await asyncio.sleep(0.1)
        seen.append(still.now())
        busy = False

    still.add_probe(lambda: not busy)
    task = started(worker())
    await asyncio.sleep(0)
    await still.advance(10 * MINUTE)
    await task
    assert seen == [NOON + MINUTE]


async def test_a_sleeper_that_gave_up_is_forgotten(still: SimulatedClock) -> None:
    """Its moment is no stop any more."""
    task = started(still.sleep_until(NOON + MINUTE))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await still.advance(10 * MINUTE)
    assert still.now() == NOON + 10 * MINUTE


async def test_a_moment_in_the_past_is_no_wait(still: SimulatedClock) -> None:
    """It returns at once, frozen or not."""
    await asyncio.wait_for(still.sleep_until(NOON - MINUTE), 1)


async def test_a_running_clock_goes_on_from_where_the_walk_ended() -> None:
    """At real speed again."""
    clock = SimulatedClock(NOON)
    await clock.advance(10 * MINUTE)
    before = clock.now()
    await asyncio.sleep(0.02)
    assert clock.now() > before >= NOON + 10 * MINUTE


async def test_the_address_of_the_clock_tells_time_and_version(people: People) -> None:
    """Moves are counted; a follower in another process waits for the next."""
    first = await people.call("GET", "/clock")
    assert first["now"] == "2026-03-02T00:30:00+00:00"
    watch = started(people.call("GET", f"/clock?newer_than={first['version']}&wait=5"))
    await asyncio.sleep(0.05)
    moved = await people.call("POST", "/clock", {"advance": 90})
    assert moved["now"] == "2026-03-02T00:31:30+00:00"
    assert await asyncio.wait_for(watch, 2) == moved
    body = {"set": "2026-03-04T08:00:00+08:00"}
    assert (await people.call("POST", "/clock", body))["now"] == "2026-03-04T00:00:00+00:00"
    waited = await people.call("GET", f"/clock?newer_than={moved['version'] + 1}&wait=0.05")
    assert waited["version"] == moved["version"] + 1


@pytest.mark.parametrize(
    "body",
    [{}, {"advance": -1}, {"advance": 1, "set": "2026-01-01T00:00:00Z"}, {"set": "soon"},
     {"set": "2026-01-01T00:00:00"}, {"advance": "x"}, {"advance": 1e18}, {"to": 17}],
)  # fmt: skip
async def test_a_senseless_move_is_refused(people: People, body: dict[str, object]) -> None:
    """With a reason."""
    assert (await people.call("POST", "/clock", body, status=400))["error"]


async def test_a_walk_waits_for_a_bot_that_polls(sim: Simulator, people: People) -> None:
    """The clock does not move on while an update is unconfirmed."""
    clock = sim.clock
    bot = sim.world.first_bot
    seen: list[datetime] = []

    async def confirm_late() -> None:
        url, offset = f"/bot{bot.token}/getUpdates", 0
        while not seen:
            parameters = {"timeout": "50", "offset": str(offset)}
            async with people.session.get(url, params=parameters) as answer:
                updates = (await answer.json())["result"]
            if updates:
                await asyncio.sleep(0.1)
                seen.append(clock.now())
                offset = updates[-1]["update_id"] + 1
                async with people.session.get(url, params={"offset": str(offset)}):
                    pass

    loop = started(confirm_late())
    await asyncio.sleep(0.05)
    before = clock.now()
    await people.say(OFFICER, "一")
    await clock.advance(60 * MINUTE)
    await loop
    assert seen == [before]
