"""One call of the Bot API, and what a method is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.bots import Bot
    from simulator.chats import Chat
    from simulator.parameters import Parameters
    from simulator.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, with what."""

    world: World
    bot: Bot
    parameters: Parameters

    def take_limit(self, chat: Chat, count: int = 1) -> None:
        """Count sends or edits against Telegram's limits; raises a 429."""
        self.bot.limits.take(chat.id, self.world.clock.now().timestamp(), count)


Handler = Callable[[Call], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API with the parameters that the simulator acts upon."""

    name: str
    handle: Handler
    accepts: frozenset[str] = frozenset()
    counted: bool = False
    """Whether Telegram's limits count it: sends, edits and pins."""
