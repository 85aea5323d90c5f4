"""Deliveries that wait share a transaction; each is answered only after its commit."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.webhook import MOST_WAITING, Webhook
from handlers.replies import LeaveReply
from storage.errors import DatabaseDisturbedError, DatabaseRefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.receiver import RawUpdate
    from handlers.replies import Reply


@dataclass
class SlowIntake:
    """Commits when it is told to, and keeps what it was given."""

    batches: list[list[int]] = field(default_factory=list)
    done: list[Reply] = field(default_factory=list)
    may_commit: asyncio.Event = field(default_factory=asyncio.Event)
    troubles: list[Exception] = field(default_factory=list)
    poison: int = 0

    async def take_in(self, updates: Sequence[RawUpdate]) -> list[Reply]:
        """Keep a batch, and wait for the word."""
        self.batches.append([int(raw["update_id"]) for raw in updates])
        await self.may_commit.wait()
        if self.troubles:
            raise self.troubles.pop()
        if self.poison in self.batches[-1]:
            raise DatabaseRefusedError("not even the quarantine takes it")
        return [LeaveReply(chat=str(self.batches[-1][0]))]

    def committed(self, replies: Sequence[Reply]) -> None:
        """What is to be done after a commit."""
        self.done += replies


@asynccontextmanager
async def at_work(intake: SlowIntake) -> AsyncIterator[tuple[Webhook, list[int]]]:
    """A webhook that takes updates in, and how often it was heard."""
    heard: list[int] = []
    webhook = Webhook(receiver=intake, heard=lambda: heard.append(1))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(webhook.run())
        await asyncio.sleep(0)
        yield webhook, heard
        task.cancel()


async def brought(webhook: Webhook, *ids: int) -> asyncio.Future[list[bool]]:
    """Bring updates side by side; they wait for their commit."""
    waiting = asyncio.gather(*(webhook.take({"update_id": one}) for one in ids))
    for _ in range(3):
        await asyncio.sleep(0)
    return waiting


async def test_what_waits_during_a_commit_shares_the_next_one_in_order_of_arrival() -> None:
    """Group commit, as for a polled batch; nobody is answered before."""
    intake = SlowIntake()
    async with at_work(intake) as (webhook, heard):
        first = await brought(webhook, 9)
        rest = await brought(webhook, 5, 7, 6)
        assert not first.done()
        assert not webhook.idle
        intake.may_commit.set()
        assert (await first, await rest) == ([True], [True] * 3)
        assert intake.batches == [[9], [5, 7, 6]]
        assert len(intake.done) == len(heard) == 2
        assert webhook.idle


async def test_an_update_brought_twice_at_once_is_taken_in_once() -> None:
    """Both deliveries are answered by the one commit; one that goes away takes nothing along."""
    intake = SlowIntake()
    async with at_work(intake) as (webhook, _):
        first = await brought(webhook, 9)
        again = await brought(webhook, 9, 9)
        first.cancel()
        intake.may_commit.set()
        assert await again == [True, True]
        assert intake.batches == [[9]]


async def test_a_disturbed_database_asks_for_all_of_them_again() -> None:
    """And takes them when it is well; nothing is heard meanwhile."""
    intake = SlowIntake(troubles=[DatabaseDisturbedError()])
    intake.may_commit.set()
    async with at_work(intake) as (webhook, heard):
        assert await (await brought(webhook, 1, 2)) == [False, False]
        assert heard == []
        assert await (await brought(webhook, 1, 2)) == [True, True]


async def test_one_update_that_is_not_even_kept_does_not_stop_the_others() -> None:
    """They are taken in one by one; it alone comes again."""
    intake = SlowIntake(poison=2)
    intake.may_commit.set()
    async with at_work(intake) as (webhook, _):
        assert await (await brought(webhook, 1, 2, 3)) == [True, False, True]


async def test_before_the_start_after_the_end_and_in_a_flood_nothing_is_taken() -> None:
    """What is in hand at the end is refused, and will be brought again."""
    intake = SlowIntake()
    webhook = Webhook(receiver=intake, heard=lambda: None)
    assert await webhook.take({"update_id": 1}) is False
    async with at_work(intake) as (running, _):
        flood = await brought(running, *range(MOST_WAITING + 1))
    answers = await flood
    assert answers == [False] * (MOST_WAITING + 1)
    assert len(intake.batches) == 1
    assert await running.take({"update_id": 1}) is False
