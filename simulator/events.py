"""What the page hears live: small notes about what changed, it fetches the rest itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.json_types import Json

BACKLOG = 1000


class Hub:
    """Spreads notes to all listeners; a listener that sleeps loses its oldest notes."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json]] = set()

    def listen(self) -> asyncio.Queue[Json]:
        """A queue that gets every note from now on; give it back to `leave`."""
        queue: asyncio.Queue[Json] = asyncio.Queue(BACKLOG)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json]) -> None:
        """Stop listening."""
        self._listeners.discard(queue)

    def tell(self, kind: str, **note: object) -> None:
        """Send one note to all."""
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait({"kind": kind, **note})
