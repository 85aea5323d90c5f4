"""The courier empties a full outbox against a simulator that enforces Telegram's limits.

Time is the simulator's own: what counts is how long a morning's burst takes to go out, against
the shortest time in which the limits let anybody send it, and that no call is answered by 429.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.assembly import running
from bot.config import sample
from bot.config.settings import GroupEntry
from simulator import SimulatedClock, Simulator
from simulator.chats import Chat
from simulator.limits import GROUP_CALLS, GROUP_WINDOW, OVERALL_CALLS, OVERALL_WINDOW
from usecases.records import Outgoing, Priority

if TYPE_CHECKING:
    from pathlib import Path

    from bot.assembly import Product
    from simulator.calllog import CallRecord
    from simulator.world import World
    from usecases.ports import UnitOfWork

MORNING = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)
"""08:30 in the sample town."""
EVERYBODY, BUSY = 3, 10
"""Messages of every group, and further ones of each busy group."""
BUSY_SHARE = 20
"""Every so many groups one is busy."""
FIRST_GROUP = -5_000_000
SLICE = timedelta(seconds=5)


class Drain(NamedTuple):
    """What came of it."""

    messages: int
    seconds: float
    bound: float
    """Seconds in which the limits let anybody send it."""
    refused: int
    """Answers 429."""


def _counts(groups: int) -> dict[int, int]:
    extra = dict.fromkeys(range(0, groups, BUSY_SHARE), BUSY)
    return {FIRST_GROUP - at: EVERYBODY + extra.get(at, 0) for at in range(groups)}


def bound(counts: dict[int, int]) -> float:
    """The shortest time: the last window of calls may begin so long after the first."""
    overall = (sum(counts.values()) - 1) // OVERALL_CALLS * OVERALL_WINDOW
    busiest = (max(counts.values()) - 1) // GROUP_CALLS * GROUP_WINDOW
    return float(max(overall, busiest))


def _open_groups(world: World, counts: dict[int, int]) -> None:
    bot = world.first_bot.id
    for chat in counts:
        world.add_group(Chat(chat, "group", f"巡查群{-chat}", members={bot: "administrator"}))


def _fill(uow: UnitOfWork, counts: dict[int, int], now: datetime) -> None:
    for chat, count in counts.items():
        for number in range(count):
            fact = {"words": "bound", "fields": {"name": f"第{number}条", "username": "officer01"}}
            row = Outgoing(
                kind="notice",
                key=f"drain:{chat}:{number}",
                chat=str(chat),
                fact=fact,
                priority=Priority.LADDER,
                not_before=now,
                created_at=now,
            )
            uow.outbox.add(row)


async def drain(folder: Path, groups: int) -> Drain:
    """Fill the outbox, and let time walk until it is empty."""
    counts, clock = _counts(groups), SimulatedClock(MORNING, frozen=True)
    async with Simulator(clock=clock) as simulator:
        _open_groups(simulator.world, counts)
        settings = sample({})
        entries = tuple(GroupEntry(chat=chat, kind="managers") for chat in counts)
        telegram = replace(settings.telegram, api_base=simulator.base_url)
        settings = replace(settings, data=folder, telegram=telegram, groups=entries)
        digests = settings.digests
        silent = {name: replace(getattr(digests, name), groups=()) for name in _NAMES}
        async with running(replace(settings, digests=replace(digests, **silent)), clock) as product:
            clock.add_probe(lambda: product.idle)
            await clock.advance(timedelta(seconds=1))
            return await _drained(product, simulator, counts)


_NAMES = ("meet", "filing", "week", "month")


async def _drained(product: Product, simulator: Simulator, counts: dict[int, int]) -> Drain:
    log, clock = simulator.world.log, simulator.world.clock
    seen = max((call.number for call in log.after(0)), default=0)
    begun, total = clock.now(), sum(counts.values())
    await product.writer.run(_fill, counts, begun)
    product.courier.poke()
    calls: list[CallRecord] = []
    while len([c for c in calls if c.status == 200]) < total:
        await clock.advance(SLICE)
        calls = [call for call in log.after(seen) if call.method == "sendMessage"]
        assert clock.now() - begun < timedelta(hours=1), "the outbox does not empty"
    sent = [call for call in calls if call.status == 200]
    seconds = (sent[total - 1].time - begun).total_seconds()
    refused = sum(call.status == 429 for call in calls)
    return Drain(total, seconds, bound(counts), refused)


def measured(folder: Path, groups: int) -> Drain:
    """One run, in a loop of its own."""
    return asyncio.run(drain(folder, groups))
