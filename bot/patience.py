"""A database that fails may come back: what the loops ask of it is asked again until it is done.

What comes from outside is not asked again here: the receiver refuses it, and it is brought anew.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from storage.errors import DatabaseDamagedError, DatabaseDisturbedError, DatabaseFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from usecases.desk import Caller
    from usecases.ports import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

PASSING = (DatabaseFailedError, DatabaseDisturbedError)
"""Locked, full, gone, in the middle of its own start: all this may be over a moment later."""
PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds before it is asked again; the last one repeats. Real time: a database has no other."""
GIVE_UP = 600.0
"""Seconds after which it is no passing trouble any more, and the process had better end."""


class Patient:
    """Calls that wait for the database; the log hears of a trouble once, and of its end.

    A commit whose fate is unknown is made again, too: what the loops do finds out by its rows
    whether it was done.
    """

    def __init__(self, call: Caller) -> None:
        self._call = call
        self._waiting = 0
        """How many calls wait for the database now."""

    async def __call__(self, function: Callable[[UnitOfWork, *Ts], T], *arguments: *Ts) -> T:
        """The function's result.

        Raises:
            StorageError: The database refused a row, is damaged, or has failed for `GIVE_UP`.
            Exception: Whatever the function raised.
        """
        try:
            return await self._call(function, *arguments)
        except DatabaseDamagedError:
            raise  # no waiting heals it
        except PASSING as error:
            if not self._waiting:
                what = type(error).__name__
                extra = {"action": "patience.waits"}
                log.warning("the database fails (%s), work waits for it", what, extra=extra)
        self._waiting += 1
        try:
            return await self._at_last(function, *arguments)
        finally:
            self._waiting -= 1

    async def _at_last(self, function: Callable[[UnitOfWork, *Ts], T], *arguments: *Ts) -> T:
        loop = asyncio.get_running_loop()
        begun, tries = loop.time(), 0
        while True:
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1
            try:
                result = await self._call(function, *arguments)
            except PASSING as error:
                if isinstance(error, DatabaseDamagedError) or loop.time() - begun > GIVE_UP:
                    raise
            else:
                if self._waiting == 1:
                    log.info("the database works again", extra={"action": "patience.over"})
                return result
