"""Reads beside the writer: the same shelves over connections that refuse to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from storage.engines import looker_engine, reader_engine
from storage.errors import ReadOnlyError, failed
from storage.hand import Hand, Kit
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL, Connection

    from usecases.ports import UnitOfWork

T = TypeVar("T")


class Reader:
    """Runs functions over a unit of work that sees one committed state and changes nothing."""

    def __init__(self, url: str | URL) -> None:
        self._engine = reader_engine(url)
        self._kit = Kit(self._engine.dialect, self._engine.url)

    async def read(self, fn: Callable[[UnitOfWork], T]) -> T:
        """What the function makes of the present state.

        Raises:
            ReadOnlyError: The function wanted to write.
            StorageError: The database failed.
        """
        try:
            async with self._engine.connect() as connection, connection.begin():
                return await connection.run_sync(_read, self._kit, fn)
        except SQLAlchemyError as error:
            raise failed(error, self._engine.url) from error

    async def stop(self) -> None:
        """Close the connections."""
        await self._engine.dispose()


class Looker:
    """The same for a thread that has many small questions: no event loop, no waiting between.

    One function at a time.
    """

    def __init__(self, url: str | URL) -> None:
        self._engine = looker_engine(url)
        self._kit = Kit(self._engine.dialect, self._engine.url)

    def look(self, fn: Callable[[UnitOfWork], T]) -> T:
        """What the function makes of the present state.

        Raises:
            ReadOnlyError: The function wanted to write.
            StorageError: The database failed.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                return _read(connection, self._kit, fn)
        except SQLAlchemyError as error:
            raise failed(error, self._engine.url) from error

    def stop(self) -> None:
        """Close the connection."""
        self._engine.dispose()


def _read(connection: Connection, kit: Kit, fn: Callable[[UnitOfWork], T]) -> T:
    hand = Hand(connection, kit, writes=False)
    unit = Unit(hand)
    try:
        result = fn(unit)
    finally:
        hand.close()
    if unit.dirty:
        raise ReadOnlyError("a reader's function changed something")
    return result
