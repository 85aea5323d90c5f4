"""How often the garbage collector looks, and at what."""

from __future__ import annotations

import gc

YOUNG = 10_000
"""New objects until it looks at them. Python's own 700 are not those of one update: it would look
a few times within each, and through all that lives within each batch, which all in it wait for."""


def settle() -> None:
    """Leave what was imported alone, for it stays; look at what is new less often."""
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
