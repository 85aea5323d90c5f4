"""What all shelves share: changes are gathered until a query or the commit needs them written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.hand import Hand


class Shelf:
    """A shelf that answers from what it gathered, and else from the database."""

    def __init__(self, hand: Hand, parent: Shelf | None = None) -> None:
        self._hand = hand
        self._parent = parent

    @property
    def dirty(self) -> bool:
        """Whether something waits to be written."""
        return False

    def write(self) -> None:
        """Write what was gathered."""

    def reset(self) -> None:
        """Forget what was read; nothing may wait to be written."""

    def settle(self) -> None:
        """Write what the next query of this shelf must see, the rows it refers to first."""
        if self.dirty:
            if self._parent is not None:
                self._parent.settle()
            self.write()
