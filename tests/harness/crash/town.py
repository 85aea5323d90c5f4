"""The town of one round: people, the simulated Telegram, one clock, and the lives of the bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.config import sample
from bot.config.settings import Watch
from simulator import Simulator
from simulator.clock import SimulatedClock
from tests.harness.crash.life import Life
from tests.soak.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.harness.crash.cradle import Cradle
    from tests.soak.stage import Heard

OPEN_CHATS = ("manager", "supervisor", "leader", "clerk", "standby", "repairer01", "officer01")

LONGEST_STEP = timedelta(minutes=20)


@cache
def _sample() -> Settings:
    return replace(sample({}), watch=Watch(audit_seconds=0))


def settings_in(folder: Path) -> Settings:
    """Those of a town whose files lie in this folder."""
    return replace(_sample(), data=folder)


class Town:
    """What people do, and how time goes on."""

    def __init__(self, folder: Path, begin: datetime, cradle: Cradle | None = None) -> None:
        self.clock = SimulatedClock(begin, frozen=True)
        self.simulator = Simulator(clock=self.clock)
        self.clock.add_probe(lambda: True)
        self.stage = Stage(self.simulator)
        self.heard: list[Heard] = []
        self.stage.listener = self.heard.append
        self.settings = settings_in(folder)
        self._cradle = cradle
        for who in self.stage.ids:
            if who.startswith(OPEN_CHATS):
                self.stage.say(who, "/start", privately=True)
        self.life: Life | None = None

    def new_life(self) -> Life:
        """Another life; it begins where the last one was ended."""
        self.life = Life(self.simulator, self.settings, self._cradle)
        return self.life

    async def calm(self) -> None:
        """Let the life do what it can do now.

        Raises:
            DeadError: It died.
        """
        await self._alive.calm()

    async def walk(self, step: timedelta) -> None:
        """Let time pass, from one due moment to the next.

        Raises:
            DeadError: The life died; time stands where it died.
        """
        target = self.clock.now() + step
        await self.calm()
        while self.clock.now() < target:
            await self._step(target)

    async def walk_on(self) -> None:
        """To the next thing that falls due.

        Raises:
            DeadError: The life died.
        """
        await self.calm()
        await self._step(self.clock.now() + LONGEST_STEP)

    async def walk_to(self, hour: int, minute: int) -> None:
        """To the next time the city's clock shows this; a walk that was cut off goes on."""
        now = self.stage.now
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        await self.walk(then - now)

    async def _step(self, target: datetime) -> None:
        now = self.clock.now()
        stops = (target, self._alive.next, self.clock._next_stop(target))  # noqa: SLF001 - advance would wait for the bot itself
        self.clock.set(min(stop for stop in stops if stop is not None and stop > now))
        self._alive.tell_time()
        await self.calm()

    @property
    def _alive(self) -> Life:
        if self.life is None:
            raise RuntimeError("no life has begun")
        return self.life
