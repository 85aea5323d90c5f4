"""What the tools say of the last word from Telegram: it keeps for 24 hours what nobody fetches."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from storage.errors import StorageError
from storage.reader import Looker
from usecases.gaps import GAP, HEARD, KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.config import Settings
    from usecases.inspecting import Mark
    from usecases.ports import UnitOfWork

REMEMBERED = timedelta(days=7)
"""How long a gap is still named."""


class Said(NamedTuple):
    """One line of a tool's."""

    key: str
    """The text of the command line that tells it."""
    fields: dict[str, str]
    good: bool


def heard(settings: Settings, now: datetime) -> list[Said]:
    """When Telegram was heard last, and the last gap; nothing of a database that cannot be read."""
    looker = Looker(settings.database_url)
    try:
        last, gap = looker.look(_marks)
    except StorageError:
        return []
    finally:
        looker.stop()
    return list(_said(last, gap, now, ZoneInfo(settings.city.timezone)))


def _marks(uow: UnitOfWork) -> tuple[Mark | None, Mark | None]:
    return uow.marks.get(HEARD), uow.marks.get(GAP)


def _said(last: Mark | None, gap: Mark | None, now: datetime, zone: ZoneInfo) -> Iterator[Said]:
    if last is not None:
        good = now - last.at <= KEPT
        yield Said("heard" if good else "heard_long_ago", {"since": _clock(last.at, zone)}, good)
    if gap is not None and now - gap.at <= REMEMBERED:
        since = gap.at - timedelta(seconds=gap.value)
        fields = {"since": _clock(since, zone), "until": _clock(gap.at, zone)}
        yield Said("heard_gap", fields, good=False)


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
