"""One life of the bot, seen from the process that keeps the simulated Telegram and forks it."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.gateway import Gateway
from simulator.parameters import Parameters
from simulator.requests import Fields, Upload
from tests.harness.crash import child
from tests.harness.crash.arms import ARMS
from tests.harness.crash.wire import WIRE, Told, Wire

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from datetime import datetime
    from pathlib import Path

    from bot.config import Settings
    from simulator import Simulator
    from tests.harness.crash.cradle import Cradle

PATIENCE = 60.0
"""Seconds in which a life must come to rest or end, on a busy machine."""
POLL = "getupdates"


class DeadError(Exception):
    """The life is over."""


@dataclass(frozen=True, slots=True)
class Birth:
    """How a life begins."""

    folder: Path
    begin: datetime
    aim: tuple[str, int]
    """Where it kills itself, and at the how manieth time."""


class Life:
    """Answers a life's calls; knows when it rests and when it died."""

    def __init__(
        self, simulator: Simulator, settings: Settings, cradle: Cradle | None = None
    ) -> None:
        self._world = simulator.world
        self._clock = simulator.clock
        self._gateway = Gateway(simulator.world)
        self._settings = settings
        self._cradle = cradle
        self._wire = Wire()
        self._working: set[asyncio.Task[None]] = set()
        self._polling: asyncio.Task[None] | None = None
        self._over: asyncio.Task[None] | None = None
        self._pid = 0
        self.next: datetime | None = None
        """What the life itself waits for, when it last came to rest."""

    async def begin(self, aim: tuple[str, int] = ("", 0)) -> None:
        """Live in a process of its own, which kills itself at the nth passing of a point."""
        ours, theirs = socket.socketpair()
        with theirs:
            birth = Birth(self._settings.data, self._clock.now(), aim)
            self._pid = self._born_in.bear(birth, theirs)
        await self._attend(ours)

    async def rehearse(self) -> None:
        """Live in this very process, which counts what it comes by; `end` ends it."""
        ours, theirs = socket.socketpair()
        ARMS.passed.clear()
        loop = asyncio.get_running_loop()
        life = loop.create_task(child.live(self._settings, theirs, self._clock.now()))
        life.add_done_callback(lambda _: WIRE.close())
        self._rehearsed = life
        await self._attend(ours)

    async def _attend(self, end: socket.socket) -> None:
        await self._wire.connect(end)
        loop = asyncio.get_running_loop()
        self._over = loop.create_task(self._until_over())

    async def _until_over(self) -> None:
        """Read to the end: what was written before the death has arrived all the same."""
        with suppress(ConnectionError):
            await self._wire.listen(self._hear)
        if self._polling is not None:
            self._polling.cancel()
        while self._working:
            await asyncio.wait(set(self._working))
        self._wire.close()

    def _hear(self, told: Told) -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(self._answer(told))
        if told.get("call") == POLL:
            self._polling = task
            return
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _answer(self, told: Told) -> None:
        bot = self._world.first_bot
        answer: Told = {"answer": told["ask"]}
        if "file" in told:
            path = told["file"].partition(f"/file/bot{bot.token}/")[2]
            file = self._world.files.by_path(path)
            answer["data"] = base64.b64encode(file.data if file else b"").decode()
        else:
            uploads = [Upload(n, f, "", base64.b64decode(data)) for n, f, data in told["uploads"]]
            given = Parameters(Fields(told["values"], uploads))
            outcome = await self._gateway._run(bot, told["call"], given)  # noqa: SLF001 - no server stands before it
            answer |= {"status": outcome.status, "body": outcome.body, "lost": outcome.dropped}
        self._wire.put(answer)

    async def calm(self) -> None:
        """Return when nothing but time or people can bring the life anything to do.

        Raises:
            DeadError: It died instead.
        """
        while True:
            told = await self._while_alive(self._wire.ask({}))
            moment = told["next"]
            self.next = type(self._clock.now()).fromisoformat(moment) if moment else None
            if not self._working and self._waits():
                return
            await asyncio.sleep(0)

    def _waits(self) -> bool:
        bot = self._world.first_bot
        return bot.poll is not None and not bot.queue.pending(self._clock.now())

    def tell_time(self) -> None:
        """The clock was moved."""
        self._wire.put({"now": self._clock.now().isoformat()})

    async def killed_now(self) -> None:
        """SIGKILL, and return when it is over."""
        self.kill()
        await asyncio.wait({self._task})

    async def killed_after(self, seconds: float) -> None:
        """SIGKILL in so many real seconds, unless it dies before."""
        await asyncio.wait({self._task}, timeout=seconds)
        self.kill()

    @property
    def dead(self) -> bool:
        """Whether it has ended already."""
        return self._task.done()

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        if self._pid and not self._task.done():
            os.kill(self._pid, signal.SIGKILL)

    async def end(self) -> bool:
        """Wait for the end, or bring it about; whether it was killed, as it should be."""
        if not self._pid:
            self._rehearsed.cancel()
            await asyncio.wait({self._rehearsed})
        else:
            self.kill()
        await self._task
        return not self._pid or self._born_in.was_killed(self._pid)

    @property
    def _born_in(self) -> Cradle:
        if self._cradle is None:
            raise RuntimeError("only a rehearsal needs no cradle")
        return self._cradle

    @property
    def _task(self) -> asyncio.Task[None]:
        if self._over is None:
            raise RuntimeError("not begun")
        return self._over

    async def _while_alive(self, waiting: Awaitable[Told]) -> Told:
        loop = asyncio.get_running_loop()
        asked = loop.create_task(_awaited(waiting))
        done, _ = await asyncio.wait(
            {asked, self._task}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        if asked in done:
            told: Told = asked.result()
            return told
        asked.cancel()
        if not done:
            raise TimeoutError(f"the life neither rests nor ends within {PATIENCE} s")
        raise DeadError


async def _awaited(waiting: Awaitable[Any]) -> Any:
    return await waiting
