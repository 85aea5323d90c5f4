"""Numbers without gaps: read once a transaction, written once at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from typing_extensions import override

from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from storage.tables import counters

if TYPE_CHECKING:
    from storage.hand import Hand


@dataclass(frozen=True, slots=True)
class Counter:
    """The last number given under a name."""

    name: str
    value: int


PLAN = Plan(record=Counter, table=counters, same=("name",), conflict="skip")
READ = Query(
    select(counters.c.value).where(counters.c.name == bindparam("name")).with_for_update(), "name"
)


class Counters(Shelf):
    """The counters, one row each; locked on PostgreSQL until the transaction ends."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(PLAN)
        self._values: dict[str, int] = {}
        self._changed: set[str] = set()

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._changed)

    def next(self, name: str) -> int:
        """The next number of a counter, from 1."""
        value = self._values.get(name)
        if value is None:
            value = self._read(name)
        self._changed.add(name)
        self._values[name] = value + 1
        return value + 1

    def reach(self, name: str, value: int) -> None:
        """Let a counter stand at a number at least."""
        known = self._values.get(name)
        self._values[name] = max(self._read(name) if known is None else known, value)
        self._changed.add(name)

    def _read(self, name: str) -> int:
        row = self._hand.one(READ, name)
        if row is None:
            # Whoever starts the same counter at the same time waits here, and then reads ours.
            self._hand.many(self._shape.insert, self._shape.new([Counter(name, 0)]))
            row = self._hand.one(READ, name)
        value: int = row[0]
        return value

    @override
    def write(self) -> None:
        # In one order everywhere, so that two processes never wait for each other.
        changed = [Counter(name, self._values[name]) for name in sorted(self._changed)]
        if changed:
            self._hand.many(self._shape.update, self._shape.change(changed))
        self._changed.clear()
