"""What the doctor learns from the database: how it keeps things, and what its rows tell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from bot.backup.stamp import last_backup
from bot.checkup import offline
from bot.checkup.findings import Finding, Mark
from bot.cli_errors import failure_of
from bot.heard import heard
from bot.logs import Mask
from bot.moved import CityMovedError
from bot.place import CityLostError
from bot.tools import NoDatabaseError, look_for_database
from bot.whose_city import number_of
from storage import condition, migrate, soundness
from storage.engines import is_sqlite
from storage.errors import DatabaseForbiddenError, StorageError
from storage.types import SQLITE
from usecases.contest import CONTESTED
from usecases.whose_bot import BOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.config import Settings
    from storage.condition import Inside, Keeping

OLDEST_POSTGRESQL: Final = 13
"""The oldest major version that this program is tried with, and that still got mends lately."""
IDLE: Final = timedelta(days=60)
"""A patrol group without a case for so long is hardly used any more."""
BACKUP_AGE: Final = timedelta(days=7)
_FAILURES: Final = (
    CityLostError,
    CityMovedError,
    NoDatabaseError,
    ModuleNotFoundError,
    PermissionError,
)
RIVAL_AGE: Final = timedelta(days=1)
"""Another poller that was met longer ago than this is no news."""


def look(
    settings: Settings, now: datetime, there: datetime | None
) -> tuple[list[Finding], Inside | None]:
    """The findings, and what the rows tell if they can be read.

    Args:
        settings: The city.
        now: The present moment, aware.
        there: The same by the clock that the city goes by; None: nobody knows, and no age is told.
    """
    try:
        look_for_database(settings)
        sound = list(_sound(settings))
        newest = migrate.is_newest(settings.database_url)
        kept = [*_keeping(condition.keeping(settings.database_url)), *sound]
        if not newest:
            return [_outdated(settings.database_url), *kept], None
        groups = [str(group.chat) for group in settings.groups]
        inside = condition.inside(settings.database_url, groups)
    except (*_FAILURES, StorageError) as error:
        return list(_failure(settings, error)), None
    found = [Finding(Mark.GOOD, "doctor_database"), *kept]
    if there is not None:
        found += _heard(settings, there)
    return [*found, *_rows(settings, inside, there), *_backup(settings, now)], inside


def _heard(settings: Settings, there: datetime) -> Iterator[Finding]:
    for said in heard(settings, there):
        yield Finding(Mark.GOOD if said.good else Mark.LOOK, said.key, said.fields)


def _failure(settings: Settings, error: Exception) -> Iterator[Finding]:
    """Why nothing of it could be read."""
    told = failure_of(error)
    if isinstance(error, DatabaseForbiddenError):
        return  # the look at who owns what tells it
    if isinstance(error, NoDatabaseError):
        yield Finding(Mark.LOOK, "no_database", {"detail": error})
    elif told.text == "failed":
        first = Mask(settings.secrets)(next(iter(str(error).splitlines()), ""))
        yield Finding(Mark.BAD, "doctor_database_failed", {"detail": first})
    else:
        detail = Mask(settings.secrets)(told.detail)
        yield Finding(Mark.BAD, told.text, {"detail": detail, **told.more})


def _sound(settings: Settings) -> Iterator[Finding]:
    """Whether the pages of a file fit together; a very long one is left to the backup's look."""
    if not is_sqlite(settings.database_url):
        return
    if soundness.looked_over(settings.database_url):
        yield Finding(Mark.GOOD, "doctor_sound")
    else:
        most = soundness.MOST // offline.GIGABYTE
        yield Finding(Mark.LOOK, "doctor_not_looked_over", {"most": most})


def _outdated(url: str) -> Finding:
    if condition.is_empty(url):
        return Finding(Mark.LOOK, "database_empty", {"detail": make_url(url).database})
    return Finding(Mark.LOOK, "doctor_database_older")


def _keeping(kept: Keeping) -> Iterator[Finding]:
    fields = {"version": kept.version, "journal": kept.journal, "encoding": kept.encoding}
    if kept.kind != SQLITE:
        if kept.encoding != "UTF8":
            yield Finding(Mark.BAD, "doctor_encoding", fields)
        old = int(kept.version.partition(".")[0].partition(" ")[0]) < OLDEST_POSTGRESQL
        text = "doctor_postgresql_old" if old else "doctor_postgresql"
        yield Finding(Mark.LOOK if old else Mark.GOOD, text, fields)
    elif kept.journal != "wal":
        yield Finding(Mark.LOOK, "doctor_no_wal", fields)
    elif not condition.writes_safely():
        yield Finding(Mark.BAD, "doctor_unsafe", fields)
    else:
        yield Finding(Mark.GOOD, "doctor_sqlite", fields)


def _rows(settings: Settings, inside: Inside, there: datetime | None) -> Iterator[Finding]:
    if inside.quarantined:
        yield Finding(Mark.LOOK, "doctor_quarantine", {"count": inside.quarantined})
    if inside.findings:
        yield Finding(Mark.LOOK, "doctor_findings", {"count": inside.findings})
    bot = inside.marks.get(BOT)
    if bot is not None and bot.value != number_of(settings):
        yield Finding(Mark.BAD, "other_bot", {"detail": bot.value})
    yield from _strangers(settings, inside)
    if there is not None:
        yield from _rival(inside, there)
        yield from _idle(settings, inside, there)


def _strangers(settings: Settings, inside: Inside) -> Iterator[Finding]:
    """Open cases whose people or company the office has taken out of the configuration."""
    people = {one.key for one in settings.people}
    companies = {one.key for one in settings.companies}
    for text, known, there in (
        ("doctor_person_gone", people, inside.people),
        ("doctor_company_gone", companies, inside.companies),
    ):
        for name, count in sorted(there.items()):
            if name not in known:
                yield Finding(Mark.LOOK, text, {"name": name, "count": count})


def _idle(settings: Settings, inside: Inside, now: datetime) -> Iterator[Finding]:
    for group in settings.groups:
        last = inside.newest.get(str(group.chat))
        if group.kind == "patrol" and last is not None and now - last >= IDLE:
            yield Finding(Mark.LOOK, "doctor_idle", {"chat": group.chat, "days": (now - last).days})


def _rival(inside: Inside, now: datetime) -> Iterator[Finding]:
    """Whether another program polls with the city's token."""
    rival = inside.marks.get(CONTESTED)
    if rival is not None and now - rival.at < RIVAL_AGE:
        fields = {"at": f"{rival.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"}
        yield Finding(Mark.BAD, "doctor_rival", fields)


def _backup(settings: Settings, now: datetime) -> Iterator[Finding]:
    last = last_backup(settings.data)
    if last is None:
        yield Finding(Mark.LOOK, "doctor_no_backup")
        return
    at, file = last
    days = (now - at).days
    old = now - at > BACKUP_AGE
    text = "doctor_backup_old" if old else "doctor_backup"
    yield Finding(Mark.LOOK if old else Mark.GOOD, text, {"days": days, "file": file})
