"""What a doctor wants to know of a database at work; nothing is changed and nobody is held up."""

from __future__ import annotations

from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import func, inspect, literal_column, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage import migrate, tables, tables_of_watch
from storage.engines import looker_engine, writer_engine
from storage.errors import failed
from storage.types import SQLITE
from usecases.inspecting import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import URL, Connection

T = TypeVar("T")

FULL: Final = 2
"""SQLite's number for `synchronous=FULL`: a commit outlives a power cut."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """How a database keeps what it is given.

    Attributes:
        kind: `sqlite` or `postgresql`.
        version: Of the library or the server.
        journal: SQLite's journal mode.
        encoding: In which text is kept.
    """

    kind: str
    version: str
    journal: str = ""
    encoding: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inside:
    """What the rows tell.

    Attributes:
        quarantined: Updates that wait in quarantine.
        findings: What the auditor has found and is not right again yet.
        chats: The id now in use of each configured group that the bot knows.
        newest: When the newest case of each chat was reported.
        marks: What the bot has noted, by name.
        people: How many open cases stand in the name of each officer or repairer.
        companies: How many open cases each company answers for.
    """

    quarantined: int = 0
    findings: int = 0
    chats: Mapping[str, str] = field(default_factory=dict)
    newest: Mapping[str, datetime] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    companies: Mapping[str, int] = field(default_factory=dict)


def keeping(url: str | URL) -> Keeping:
    """How the database keeps what it is given.

    Raises:
        DatabaseFailedError: It cannot be used.
    """
    return _read(url, _keeping)


def revision(url: str | URL) -> str | None:
    """The revision of a database's tables, read without holding up anybody; None: it has none.

    Raises:
        DatabaseFailedError: It cannot be used.
    """
    return _read(url, migrate.revision)


def is_empty(url: str | URL) -> bool:
    """Whether a database has no tables of ours.

    Raises:
        DatabaseFailedError: It cannot be used.
    """
    return not _read(url, lambda one: inspect(one).has_table(tables.cases.name))


def sizes(url: str | URL) -> tuple[int, int]:
    """How many cases and photos a database with today's tables holds; their ids may have gaps.

    Raises:
        DatabaseFailedError: It cannot be used.
    """

    def look(connection: Connection) -> tuple[int, int]:
        count = select(func.count())
        cases, photos = (
            connection.execute(count.select_from(one)).scalar_one()
            for one in (tables.cases, tables.photos)
        )
        return cases, photos

    return _read(url, look)


def inside(url: str | URL, groups: Sequence[str]) -> Inside:
    """What the rows of a database with today's tables tell.

    Args:
        url: The database.
        groups: The ids of the configured groups.

    Raises:
        DatabaseFailedError: It cannot be used.
    """
    return _read(url, lambda connection: _inside(connection, groups))


def writes_safely() -> bool:
    """Whether this machine's SQLite takes the writer's orders: FULL, and references held."""
    with TemporaryDirectory() as folder:
        engine = writer_engine(f"sqlite:///{folder}/tried.sqlite3")
        with engine.connect() as connection:
            synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
            references = connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one()
        engine.dispose()
    return bool(synchronous == FULL and references == 1)


def _read(url: str | URL, look: Callable[[Connection], T]) -> T:
    engine = looker_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            return look(connection)
    except SQLAlchemyError as error:
        raise failed(error, url) from error
    finally:
        engine.dispose()


def _keeping(connection: Connection) -> Keeping:
    def one(words: str) -> str:
        return str(connection.execute(text(words)).scalar_one())

    if connection.dialect.name == SQLITE:
        return Keeping(
            kind=SQLITE,
            version=one("SELECT sqlite_version()"),
            journal=one("PRAGMA journal_mode"),
            encoding=one("PRAGMA encoding"),
        )
    return Keeping(
        kind="postgresql",
        version=one("SHOW server_version"),
        encoding=one("SHOW server_encoding"),
    )


def _inside(connection: Connection, groups: Sequence[str]) -> Inside:
    count = select(func.count())
    waiting = count.select_from(tables.quarantine).where(literal_column(tables.NOT_REPLAYED))
    chats, marks = tables.chats.c, tables_of_watch.marks.c
    known = {
        str(origin): str(chat)
        for origin, chat in connection.execute(select(chats.origin, chats.chat))
    }
    newest = {}
    for group in groups:
        cases = tables.cases.c
        chat = known.get(group, group)
        found = connection.execute(select(func.max(cases.reported_at)).where(cases.chat == chat))
        at = found.scalar_one()
        if at is not None:
            newest[group] = at
    return Inside(
        quarantined=connection.execute(waiting).scalar_one(),
        findings=connection.execute(count.select_from(tables_of_watch.findings)).scalar_one(),
        chats=known,
        newest=newest,
        marks={
            str(name): Mark(name=name, at=at, value=value)
            for name, at, value in connection.execute(select(marks.name, marks.at, marks.value))
        },
        people=_open(connection, "officer") | _open(connection, "claimer", "repairer"),
        companies=_open(connection, "company"),
    )


def _open(connection: Connection, *columns: str) -> dict[str, int]:
    """How many open cases there are of each value, of the first of these columns that has one."""
    values = [func.nullif(tables.cases.c[name], "") for name in columns]
    value = func.coalesce(*values, "").label("value")
    rows = select(value, func.count()).where(text(tables.IS_OPEN)).group_by(value)
    return {str(name): int(count) for name, count in connection.execute(rows) if name}
