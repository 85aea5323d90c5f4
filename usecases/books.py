"""How cases are kept, for what follows from a change and changes further cases.

It is handed on: whoever keeps a case asks what follows, and what follows is kept the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.act import Act
    from casework.case import Case
    from casework.events import Event
    from usecases.office import Office


class Opening(Protocol):
    """Keeps a new case."""

    def __call__(self, office: Office, case: Case, happened: Iterable[Event], act: Act) -> Case:
        """The case as it was kept."""
        ...


class Saving(Protocol):
    """Keeps a changed case."""

    def __call__(
        self, office: Office, was: Case, case: Case, happened: Iterable[Event], act: Act
    ) -> Case:
        """The case as it was kept."""
        ...


class Books(NamedTuple):
    """How cases are kept."""

    open: Opening
    save: Saving
