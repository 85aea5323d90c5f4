"""The Bot API's methods, by their lower-case names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.api import editing, ephemeral, keeping, pinning, places, polling, sending, settings

if TYPE_CHECKING:
    from simulator.api.call import Method

FAMILIES = (editing, ephemeral, keeping, pinning, places, polling, sending, settings)


def methods() -> dict[str, Method]:
    """Every method that the simulator has."""
    return {method.name.lower(): method for family in FAMILIES for method in family.METHODS}
