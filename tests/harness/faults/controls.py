"""Products that are wrong on purpose: the bench must find them, or it proves nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.poller import Poller
from tests.harness.faults.process import at_the_nth
from usecases import courier_desk
from usecases.records import Sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road


def killed_at_intake(bench: Bench, _road: Road) -> None:
    """The product dies when an update is about to be committed."""
    at_the_nth(bench, "intake", bench.random.randint(1, 2), bench.cut)


def killed_when_told(bench: Bench, _road: Road) -> None:
    """The product dies when a message was sent and nothing is noted of it yet."""
    at_the_nth(bench, "told", bench.random.choice((2, 3)), bench.cut)


def confirm_first(bench: Bench, _road: Road) -> None:
    """The stock loop: what was fetched counts as handled, and is handled while polling goes on."""

    async def settle(poller: Any, updates: Sequence[dict[str, Any]]) -> None:
        poller._offset = max(int(raw["update_id"]) for raw in updates) + 1  # noqa: SLF001
        bench.in_life(_handled(poller.receiver, updates))

    bench.replace(Poller, "_settle", settle)


async def _handled(receiver: Any, updates: Sequence[dict[str, Any]]) -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)
    receiver.committed(await receiver.take_in(updates))


TURNS = 30
"""Turns of the loop that a handler of such a loop waits for, say, an answer of the network."""


def unmarked(bench: Bench, _road: Road) -> None:
    """A courier that sends first and marks afterwards, as an outbox without `sending` does."""
    take = courier_desk.take

    def taken(office: Any, row_id: int, edited: Any) -> Any:
        telling = take(office, row_id, edited)
        if telling is not None:
            office.uow.outbox.save(replace(telling.row, state=Sent.QUEUED))
        return telling

    bench.replace(courier_desk, "take", taken)
