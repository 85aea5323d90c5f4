"""Where the city went from a database: a note in the data folder, so that nobody goes on with it.

The old database stays as it was, and whoever forgets to put in the new address would start the bot
on it: what came since the move would lie in two places, and no backup would hold both.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from bot.belongings import give
from storage.engines import is_sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Settings

log = logging.getLogger(__name__)

NOTE: Final = "moved.json"
"""The name of the note: from which database the city went, and where to."""
PORT: Final = 5432


class CityMovedError(Exception):
    """The city was moved elsewhere; the text is where it is now, without any password."""


def see_that_it_is_here(settings: Settings) -> None:
    """Before anything is done with a database.

    Raises:
        CityMovedError: The city that was in it is in another one now.
    """
    now_in = _noted(settings).get(_place(settings, settings.database_url))
    if now_in is not None:
        raise CityMovedError(now_in)


def note_move(settings: Settings, target: str) -> None:
    """Note where the city went; a move that was made stays good even if it cannot be noted."""
    noted = dict(_noted(settings))
    noted.pop(_place(settings, target), None)
    shown = make_url(target).render_as_string(hide_password=True)
    _write(settings, {**noted, _place(settings, settings.database_url): shown})


def note_return(settings: Settings) -> None:
    """Note that a city is in this database again: a backup was restored to it."""
    noted = dict(_noted(settings))
    if noted.pop(_place(settings, settings.database_url), None) is not None:
        _write(settings, noted)


def _place(settings: Settings, url: str) -> str:
    """A database, whoever logs in there; a file by its way from the data folder."""
    parts = make_url(url)
    if is_sqlite(parts):
        file = Path(parts.database or "").resolve()
        return os.path.relpath(file, settings.data.resolve())
    host = parts.host or parts.query.get("host") or ""
    return f"postgresql://{host}:{parts.port or parts.query.get('port') or PORT}/{parts.database}"


def _noted(settings: Settings) -> Mapping[str, str]:
    try:
        told = json.loads((settings.data / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(old): str(new) for old, new in told.items()} if isinstance(told, dict) else {}


def _write(settings: Settings, noted: Mapping[str, str]) -> None:
    part = settings.data / f"{NOTE}.part"
    try:
        text = json.dumps(noted, ensure_ascii=False, indent=1)
        part.write_text(f"{text}\n", encoding="utf-8")
        give(settings.data, part)
        part.replace(settings.data / NOTE)
    except OSError as error:
        log.warning("not noted (%s)", error.strerror, extra={"action": "city.move_not_noted"})
