"""Another program polls with the bot's token: noted for the doctor, who must not poll himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.inspecting import Mark

if TYPE_CHECKING:
    from usecases.office import Office

CONTESTED = "contested"
"""The mark of the last time that another poller was met."""


def note(office: Office) -> None:
    """Write down that it is so now."""
    office.uow.marks.put(Mark(name=CONTESTED, at=office.now))
