"""What can go wrong in the database: one base, so that no driver's error leaves this room."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from storage.access import forbidden
from storage.server_words import Lack, lack_in

if TYPE_CHECKING:
    from sqlalchemy import URL

_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REFUSAL: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
_FULL: Final = frozenset({sqlite3.SQLITE_FULL})
_FAMILY: Final = 0xFF
"""The bits of SQLite's error numbers that name the family; the others tell which of it."""
_ENDED: Final = frozenset({"57P01", "57P02", "57P03"})
"""PostgreSQL's codes for a connection that it ends because it stops itself."""


class StorageError(Exception):
    """Something went wrong in the database; the driver's error, if any, is the cause."""


class NaiveTimeError(StorageError, ValueError):
    """A moment without a time zone was to be stored.

    Attributes:
        moment: The moment, as its repr.
    """

    def __init__(self, moment: object) -> None:
        super().__init__(f"a moment must have a time zone: {moment!r}")
        self.moment = repr(moment)


class DatabaseRefusedError(StorageError):
    """The database refused a row: a constraint, or a value that fits no column."""


class DatabaseDisturbedError(StorageError):
    """Another process was in the way (deadlock, serialization failure); it may be tried again."""


class DatabaseCutOffError(DatabaseDisturbedError):
    """PostgreSQL ended the connection of a transaction that idled: it may be tried on a new one."""


class DatabaseFailedError(StorageError):
    """The database could not be used: locked, gone, full or broken."""


class DatabaseInDoubtError(DatabaseFailedError):
    """A commit failed, and nobody knows whether it stands: what was to be done may be done."""


class DatabaseDamagedError(DatabaseFailedError):
    """The pages of an SQLite file do not fit together: a copy of it would be worth nothing."""


class DatabaseFullError(DatabaseFailedError):
    """The disk of an SQLite file, or of a copy of it, is full."""


class DatabaseForbiddenError(DatabaseFailedError):
    """This user may not write to an SQLite file, one beside it or their folder: which, is told."""


class DatabaseAwayError(DatabaseFailedError):
    """PostgreSQL cannot be reached, or has ended the connection; what it said is told."""


class DatabaseLoginError(DatabaseFailedError):
    """PostgreSQL does not let this user in, or not with this password; what it said is told."""


class DatabaseAbsentError(DatabaseFailedError):
    """PostgreSQL has no database of this name; what it said is told."""


class DatabaseCrowdedError(DatabaseFailedError):
    """PostgreSQL has no connection left for this user, or for anybody; what it said is told."""


class DatabaseEmptyError(StorageError):
    """There are no tables of ours in a database, so no city that could be looked at."""


class DatabaseOlderError(StorageError):
    """The tables are those of an earlier version of the product; the revision is told."""


class EncodingUnfitError(StorageError):
    """A PostgreSQL that keeps text in less than UTF8 cannot hold what people write."""


class DatabaseBusyError(StorageError):
    """Somebody works on a database that nobody may work on now."""


class RowsDifferError(StorageError):
    """Rows do not fit the tables that they were to be put into, or are not those expected."""


class ReadOnlyError(StorageError):
    """A function that was given to a reader wanted to write."""


class WriterStoppedError(StorageError):
    """The writer was stopped, or not yet started."""


class BatchFailed(StorageError):  # noqa: N818 - it tells an outcome: its updates are fed again
    """A batch was rolled back: all its provisional results are void; the reason is the cause."""


class DatabaseNewerError(StorageError):
    """The database was written by a newer version of the product.

    Attributes:
        revision: The revision found, which this version does not know.
    """

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is newer than this program (revision {revision})")
        self.revision = revision


def failed(error: Exception, url: str | URL = "sqlite://") -> DatabaseFailedError:
    """The error of a driver, or of SQLAlchemy around it, as one of this room's.

    Damage and a full disk are told, and of the database of a URL also what the system keeps from
    this user; of PostgreSQL why there is no connection.
    """
    cause = getattr(error, "orig", None) or error
    if _has_no_connection(cause):
        return _unconnected(str(cause))
    family = getattr(cause, "sqlite_errorcode", 0) & _FAMILY
    if family in _DAMAGE:
        return DatabaseDamagedError(str(cause))
    if family in _FULL:
        return DatabaseFullError(str(cause))
    kept = forbidden(url) if family in _REFUSAL else None
    return DatabaseFailedError(str(error)) if kept is None else DatabaseForbiddenError(str(kept))


def _has_no_connection(cause: object) -> bool:
    """Whether a driver's error says that there is no PostgreSQL at its other end, or no longer."""
    kinds = {(one.__module__, one.__name__) for one in type(cause).__mro__}
    if ("psycopg", "OperationalError") not in kinds:
        return False
    code: str | None = getattr(cause, "sqlstate", None)
    return code is None or code in _ENDED


def _unconnected(said: str) -> DatabaseFailedError:
    lack, line = lack_in(said)
    return _OF_LACK[lack](line)


_OF_LACK: Final = {
    Lack.ROOM: DatabaseCrowdedError,
    Lack.DATABASE: DatabaseAbsentError,
    Lack.ENTRY: DatabaseLoginError,
    Lack.SERVER: DatabaseAwayError,
}
