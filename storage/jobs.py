"""What the event loop hands to the writer's thread, and how the answers come back."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable


class Turn:
    """The turn of one batch; what was wrong with it, if something was."""

    def __init__(self) -> None:
        self.error: BaseException | None = None


@dataclass(slots=True, eq=False)
class Open:
    """A batch wants its turn."""

    turn: Turn


@dataclass(slots=True, eq=False)
class Call:
    """A function to run; one that stands alone is a transaction of its own."""

    future: asyncio.Future[Any]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]

    @property
    def turn(self) -> None:
        """Of no batch."""
        return


@dataclass(slots=True, eq=False)
class Calls:
    """Functions of a batch, in their order; one that fails makes all after it fail."""

    turn: Turn
    calls: list[Call]


@dataclass(slots=True, eq=False)
class End:
    """A batch is over."""

    turn: Turn
    future: asyncio.Future[Any]
    commit: bool


Job = Open | Call | Calls | End


class Mailbox:
    """Brings answers from the writer's thread to the event loop, many with one wake-up.

    `heard` is told there which topics (`storage.topics`) the commits have changed.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, heard: Callable[[frozenset[str]], None]
    ) -> None:
        self._loop = loop
        self._heard = heard
        self._news: deque[frozenset[str]] = deque()
        self._letters: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._on_the_way = False

    def post(
        self, future: asyncio.Future[Any], result: object, error: BaseException | None = None
    ) -> None:
        """Answer one call (in the writer's thread); `send` must follow."""
        self._letters.append((future, result, error))

    def tell(self, news: frozenset[str]) -> None:
        """Something was committed (in the writer's thread); `send` must follow."""
        if news:
            self._news.append(news)

    def send(self) -> None:
        """Wake the event loop, unless a wake-up is on the way."""
        if not self._on_the_way:
            self._on_the_way = True
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        # First the mark, then the letters: one that is posted in between wakes the loop again.
        self._on_the_way = False
        while self._letters:
            future, result, error = self._letters.popleft()
            if future.done():
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
        # Whoever waited for an answer goes on before those who are woken look what there is to do.
        while self._news:
            self._heard(self._news.popleft())
