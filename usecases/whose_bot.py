"""Whose city it is: the bot that serves it first is noted, and another one is no guest by mistake.

All messages that stand in the chats are one bot's, and no other can edit them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.inspecting import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.ports import UnitOfWork

BOT = "bot"
"""The mark of the bot's account: its number, and since when it serves the city."""


class OtherBotError(Exception):
    """The token is another bot's; the text is the number of the one that serves the city."""


def known(uow: UnitOfWork) -> int:
    """The number of the bot that serves the city; 0: none ever did."""
    mark = uow.marks.get(BOT)
    return mark.value if mark is not None else 0


def enter(uow: UnitOfWork, bot: int, now: datetime) -> None:
    """Begin to serve the city, or go on.

    Raises:
        OtherBotError: It is another bot's.
    """
    before = known(uow)
    if not before:
        uow.marks.put(Mark(name=BOT, at=now, value=bot))
    elif before != bot:
        raise OtherBotError(str(before))


def take_over(uow: UnitOfWork, bot: int, now: datetime) -> None:
    """Serve the city from now on, whoever did before."""
    uow.marks.put(Mark(name=BOT, at=now, value=bot))
