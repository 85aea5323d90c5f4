"""Lives of one bot: a parent imports the product once, then forks a real `run` for each line read.

`python -m tests.fakes.lives CONFIG [--confirm-first] [--together]`; each life's process id is
printed. To import everything takes seconds: a life that began with it would mostly be killed there.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from bot import assembly
from bot.config import load
from bot.logs import set_up
from bot.poller import Poller
from bot.run import run_bot

if TYPE_CHECKING:
    from bot.receiver import RawUpdate


class ConfirmFirst(Poller):
    """The control: confirms a batch before it is handled, as the stock pollers do."""

    @override
    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while True:
                updates = await self._poll()
                if updates:
                    self._offset = max(int(raw["update_id"]) for raw in updates) + 1
                    group.create_task(self._handle(updates))

    async def _handle(self, updates: list[RawUpdate]) -> None:
        self.receiver.committed(await self.receiver.take_in(updates))


def main() -> None:
    """Fork one life for each line of the input, one after the other or all together."""
    settings = load(Path(sys.argv[1]), {})
    set_up(level="info", style="console", secrets=settings.secrets)
    if "--confirm-first" in sys.argv:
        setattr(assembly, Poller.__name__, ConfirmFirst)
    together = "--together" in sys.argv
    for _ in sys.stdin:
        life = os.fork()
        if life == 0:
            os._exit(run_bot(settings))
        sys.stdout.write(f"{life}\n")
        sys.stdout.flush()
        os.waitpid(life, os.WNOHANG if together else 0)


if __name__ == "__main__":
    main()
