"""The 34 faults by their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.harness.faults import coming_in, going_out, process, time_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong in a run."""

    name: str
    strike: Callable[[Bench, Road], None]
    """Plans it, when the product has begun to live."""
    before: Callable[[Bench], None] | None = None
    """Changes the town before that."""

    @property
    def words(self) -> str:
        """What it is."""
        return (self.strike.__doc__ or "").strip()


_ROOMS = (coming_in, going_out, process, time_faults)


def _found(number: int) -> Fault:
    name = f"f{number}"
    room = next(room for room in _ROOMS if hasattr(room, name))
    return Fault(name.upper(), getattr(room, name), getattr(room, f"{name}_before", None))


FAULTS = {fault.name: fault for fault in map(_found, range(1, 35))}
