"""A group becomes a supergroup while five hundred messages wait for it.

Telegram may say so in either group, or refuse the next call, in any order and more than once. What
waits is told once, in the new group, each case's messages in their order.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from delivery.outcomes import Migrated
from tests.attacks.office import office
from tests.attacks.updates import SMALL, photo_by, said, user
from tests.fakes.clock import ManualClock
from tests.fakes.gateway import FakeGateway
from tests.fakes.odd_telegram import CHAT

if TYPE_CHECKING:
    from pathlib import Path

    from delivery.courier import Courier
    from tests.attacks.office import Office
    from tests.attacks.updates import Raw

OLD, NEW = str(CHAT["id"]), "-1002222222222"
SUPER = {"id": int(NEW), "type": "supergroup", "title": "巡查群"}
STEP = 30
"""Seconds of virtual time."""
PATIENCE = 60
"""Real seconds for one step on a busy machine."""
CASES = 250
"""Each has its reaction and its card."""
ORDERS = {
    "told twice": ("told", "told", "refused"),
    "refused after some were sent": ("some", "refused", "told", "told"),
}


class Mover(FakeGateway):
    """Telegram, once the group has moved: every call to the old id is refused."""

    moved = False

    def refuse(self) -> None:
        """The group has moved."""
        self.moved = True
        self.script[OLD].extend([Migrated(NEW)] * CASES)

    @property
    def told(self) -> Counter[str]:
        """How often each chat was told something."""
        refused = CASES - len(self.script[OLD]) if self.moved else 0
        return Counter(call.chat for call in self.calls) - Counter({OLD: refused})


def service(number: int) -> list[Raw]:
    """Both groups say that it has moved; each of these updates has a number of its own."""
    return [
        said(number, "", migrate_to_chat_id=SUPER["id"]),
        said(number + 1, "", chat=SUPER, migrate_from_chat_id=CHAT["id"]),
    ]


async def queued(desk: Office) -> None:
    """Ten officers report; nothing is told yet."""
    for start in range(0, CASES, 50):
        reports = []
        for n in range(start, start + 50):
            name = f"officer{n % 10 + 1:02}"
            sender = {**user("officer01"), "id": 1001 + n % 10, "username": name}
            reports.append(photo_by(1000 + n, "officer01", SMALL, **{"from": sender}))
        await desk.take(*reports)
    assert desk.rows("SELECT count(*) FROM outbox WHERE state = 'queued'")[0][0] >= 2 * CASES  # type: ignore[operator] # a count


async def pass_time(courier: Courier, clock: ManualClock, seconds: int) -> None:
    """Let the courier do what it can; the writer's thread works in real time."""
    for _ in range(0, seconds, STEP):
        async with asyncio.timeout(PATIENCE):
            while not courier.idle:  # noqa: ASYNC110 - the thread's own doing
                await asyncio.sleep(0.0005)
        clock.put(clock.now() + timedelta(seconds=STEP))


@pytest.mark.parametrize("order", ORDERS.values(), ids=list(ORDERS))
async def test_five_hundred_messages_move_with_their_group(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    """None is lost, none is told twice; cards that were told before stand there anew."""
    async with office(tmp_path) as desk:
        await queued(desk)
        courier, clock = desk.product.courier, desk.product.clock
        assert isinstance(clock, ManualClock)
        gateway = Mover(clock)
        courier.gateway = gateway
        numbers = iter(range(5000, 6000, 10))
        async with asyncio.TaskGroup() as group:
            for number, step in enumerate(order):
                if step == "told":
                    await desk.take(*service(next(numbers)))
                    courier.poke()
                elif step == "refused":
                    gateway.refuse()
                if number == 0:
                    group.create_task(courier.run(), name="courier")
                await pass_time(courier, clock, STEP)
            await pass_time(courier, clock, 3600)
            await courier.stop()
        assert_moved(desk, gateway)


def assert_moved(desk: Office, gateway: Mover) -> None:
    """What stands in the rows, and what was told."""
    assert desk.untroubled()
    assert desk.rows("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')") == [(0,)]
    assert desk.rows("SELECT count(*) FROM outbox WHERE state = 'dead'") == [(0,)]
    shown = f"SELECT count(DISTINCT case_id) FROM outbox WHERE kind = 'card' AND chat = '{NEW}'"  # noqa: S608 - a number
    assert desk.rows(f"{shown} AND state = 'sent'") == [(CASES,)]
    assert gateway.told.total() == len(desk.rows("SELECT id FROM outbox WHERE state = 'sent'"))
    ordered = desk.rows(
        "SELECT case_id, id FROM outbox WHERE state = 'sent' AND kind <> 'edit'"
        " AND case_id IS NOT NULL ORDER BY case_id, sent_at, id"
    )
    for _, rows in groupby(ordered, key=lambda row: row[0]):
        ids = [int(str(number)) for _, number in rows]
        assert ids == sorted(ids)
