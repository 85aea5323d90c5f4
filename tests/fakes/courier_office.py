"""A courier and everything around it, in memory."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework import rules
from delivery.courier import Courier
from delivery.pace import Pace
from tests.fakes.clock import MORNING, ManualClock
from tests.fakes.courier_desk import GROUP, FakeCourierDesk
from tests.fakes.gateway import FakeGateway, PlainLetters, PlainPainter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from delivery.outcomes import (
        Outcome,
    )
    from usecases.records import Outgoing


@dataclass
class Office:
    """A courier and everything around it."""

    clock: ManualClock = field(default_factory=ManualClock)
    desk: FakeCourierDesk = field(init=False)
    gateway: FakeGateway = field(init=False)
    letters: PlainLetters = field(default_factory=PlainLetters)
    painter: PlainPainter = field(default_factory=PlainPainter)
    pace: Pace = field(default_factory=lambda: Pace(rules.Pace()))
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.desk = FakeCourierDesk(self.clock)
        self.gateway = FakeGateway(self.clock)
        self.courier = Courier(
            desk=self.desk,
            gateway=self.gateway,
            letters=self.letters,
            painter=self.painter,
            pace=self.pace,
            clock=self.clock,
        )
        self.clock.add_probe(lambda: self.courier.idle)

    def queue(self, *rows: Outgoing) -> None:
        """Commit rows."""
        for one in rows:
            self.desk.add(one)
        self.courier.poke()

    def script(self, *outcomes: Outcome, chat: str = GROUP) -> None:
        """Let the next calls of a chat end like this."""
        self.gateway.script[chat].extend(outcomes)

    @property
    def told(self) -> list[str]:
        """Keys of the rows in the order of their calls."""
        return [call.text for call in self.gateway.calls]

    @property
    def seconds(self) -> list[float]:
        """When the calls were made, from the start."""
        return [(call.at - MORNING).total_seconds() for call in self.gateway.calls]

    def said(self, *events: str) -> list[tuple[object, ...]]:
        """The diary's lines of these events."""
        return [line for line in self.desk.diary if line[0] in events]


@asynccontextmanager
async def open_office(office: Office) -> AsyncIterator[Office]:
    """Run the courier of an office until the block ends."""
    async with asyncio.TaskGroup() as group:
        group.create_task(office.courier.run(), name="courier")
        await office.clock.settle()
        yield office
        await office.courier.stop()
