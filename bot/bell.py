"""The bell between a commit and the loops that wait for what commits bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import topics

if TYPE_CHECKING:
    from collections.abc import Collection

    from delivery.courier import Courier
    from delivery.fetcher import Fetcher
    from scheduler.ticker import Ticker


class Bell:
    """Wakes after a commit whoever waits for what it changed; it learns of them once all exist."""

    def __init__(self) -> None:
        self._courier: Courier | None = None
        self._waiting: dict[str, Courier | Fetcher | Ticker] = {}
        """By the topic that concerns them."""

    def wakes(self, courier: Courier, fetcher: Fetcher, ticker: Ticker) -> None:
        """These are whom it wakes."""
        self._courier = courier
        self._waiting = {
            topics.OUTBOX: courier,
            topics.CHATS: courier,
            topics.PHOTOS: fetcher,
            topics.DUES: ticker,
        }

    @property
    def sending(self) -> Collection[str]:
        """The chats with a call in flight."""
        return self._courier.busy if self._courier is not None else ()

    def ring(self, changed: frozenset[str] = topics.EVERYTHING) -> None:
        """Something of these topics was committed, here or elsewhere; in the loop's thread."""
        for topic in changed & self._waiting.keys():
            self._waiting[topic].poke()
