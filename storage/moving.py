"""Move a city to another database: all rows or none, verified by a digest of every table.

The source is read in one transaction and stays as it is; the target must be empty.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.access import files_of
from storage.digests import digest, digests, lines, tables_of
from storage.engines import is_sqlite, migration_engine
from storage.errors import RowsDifferError, StorageError, failed
from storage.filling import fill
from storage.migrate import build, look_up, revision
from storage.transactions import PEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import URL, Connection

    from storage.digests import TableDigest


class TargetNotEmptyError(StorageError):
    """The database to move to holds tables already."""


class NothingToMoveError(StorageError):
    """The database to move from has no tables of ours."""


class SameDatabaseError(StorageError):
    """The database to move to is the one to move from."""


class CityInUseError(StorageError):
    """The bot runs on the database."""


def rows_in(url: str | URL) -> int:
    """How many rows there are to move."""
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            return _rows(connection)
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()


def move(
    source: str | URL, target: str | URL, advanced: Callable[[int], None] = lambda _rows: None
) -> dict[str, TableDigest]:
    """Copy every table, and return the digests, equal on both sides, by table.

    Args:
        source: The database as it is.
        target: An empty one.
        advanced: Told from time to time how many rows more were copied, and then read again.

    Raises:
        SameDatabaseError, NothingToMoveError: There is nothing to be moved there.
        TargetNotEmptyError, CityInUseError: It was not begun.
        EncodingUnfitError: The target does not keep UTF8.
        DatabaseNewerError: A newer version of the program has changed the source.
        RowsDifferError: The copy differs, and was undone.
        DatabaseFailedError: One of them cannot be used; the target is as it was.
    """
    if is_sqlite(source) and is_sqlite(target):
        file, other = (Path(make_url(url).database or "").resolve() for url in (source, target))
        if file == other:  # it would wait for itself
            raise SameDatabaseError(str(file))
    try:
        with _made(target), ExitStack() as stack:  # its end commits
            old, new = (_opened(url, stack) for url in (source, target))
            return _copied(old, new, advanced)
    except SQLAlchemyError as error:
        raise failed(error, target) from error


@contextmanager
def _made(target: str | URL) -> Iterator[None]:
    """The file of an SQLite that is not there yet: made, and gone again if the block fails."""
    files = files_of(target)
    try:
        for file in files[:1]:
            file.touch(exist_ok=False)
    except OSError:  # it is there, and not ours; or SQLite says why it cannot be
        files = []
    try:
        yield
    except BaseException:
        for file in files:
            file.unlink(missing_ok=True)
        raise


def _opened(url: str | URL, stack: ExitStack) -> Connection:
    """A connection in a transaction that is committed at the end of the stack, if all is well."""
    engine = migration_engine(url)
    stack.callback(engine.dispose)
    return stack.enter_context(engine.begin())


def _copied(
    old: Connection, new: Connection, advanced: Callable[[int], None]
) -> dict[str, TableDigest]:
    found = revision(old)
    if found is None:
        raise NothingToMoveError(str(old.engine.url.database))
    look_up(found)
    _refuse_if_in_use(old)
    if inspect(new).get_table_names():
        raise TargetNotEmptyError(str(new.engine.url.database))
    build(new, found)
    fill(new, {one.name: lines(old, one) for one in tables_of(old)}, advanced)
    sums = {one.name: digest(old, one) for one in tables_of(old)}
    copied = digests(new, advanced)
    differing = {name for name in sums if copied.get(name) != sums[name]}
    if differing or set(copied) != set(sums):
        raise RowsDifferError(", ".join(sorted(differing)))
    return sums


def see_that_nobody_runs(url: str | URL) -> None:
    """See that no process runs the bot on a PostgreSQL.

    Raises:
        CityInUseError: One does.
        DatabaseFailedError: It cannot be used.
    """
    try:
        with ExitStack() as stack:
            _refuse_if_in_use(_opened(url, stack))
    except SQLAlchemyError as error:
        raise failed(error, url) from error


def _refuse_if_in_use(connection: Connection) -> None:
    """See that no process runs the bot on a PostgreSQL, and let none write until the end.

    Raises:
        CityInUseError: One does.
    """
    if is_sqlite(connection.engine.url) or not inspect(connection).has_table("leases"):
        return
    connection.execute(text(f"SELECT pg_advisory_xact_lock({PEN})"))
    words = "SELECT owner FROM leases WHERE until > clock_timestamp() LIMIT 1"
    owner = connection.execute(text(words)).scalar()
    if owner is not None:
        raise CityInUseError(owner)


def _rows(connection: Connection) -> int:
    count = 0
    for one in tables_of(connection):
        quoted = connection.dialect.identifier_preparer.quote(one.name)
        found = connection.execute(text(f"SELECT count(*) FROM {quoted}"))  # noqa: S608 - our own tables
        count += found.scalar_one()
    return count
