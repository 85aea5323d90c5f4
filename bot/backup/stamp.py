"""A note in the data folder of when the last backup was made, for the doctor to look at."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.belongings import BACKUPS, backups_in, give

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

_NAME: Final = "last-backup.json"


def note(data: Path, file: Path, at: datetime) -> None:
    """Note a backup; one that was made stays good even if it cannot be noted."""
    told = {"at": at.isoformat(), "file": str(file.resolve())}
    try:
        folder = backups_in(data)
        part = folder / f"{_NAME}.part"
        part.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
        give(data, part)
        part.replace(folder / _NAME)
    except OSError as error:
        log.warning("not noted (%s)", error.strerror, extra={"action": "backup.not_noted"})


def last_backup(data: Path) -> tuple[datetime, str] | None:
    """When the last backup was made, and into which file; None: nobody knows of any."""
    try:
        told = json.loads((data / BACKUPS / _NAME).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(told["at"])
        return (at, str(told["file"])) if at.tzinfo else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
