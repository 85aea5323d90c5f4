"""What an error that reached the command line means to the one who typed the command."""

from __future__ import annotations

import errno
import shlex
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.owners import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """An error in words: which text of the command line tells it, and what the text names."""

    text: str
    kind: str = ""
    detail: str = ""
    code: int = 1
    """The exit code."""
    more: Mapping[str, str] = field(default_factory=dict)


def failure_of(error: BaseException) -> Failure:
    """The text for an error; a failed task stands for the error that it failed with."""
    cause = error.__cause__
    # aiogram tells of a proxy's missing package by an error of its own.
    kind = type(error).__name__
    if isinstance(cause, ModuleNotFoundError) or (kind == "TaskFailedError" and cause):
        return failure_of(cause)
    if kind in _OF_KIND:
        more = refusal(Path(str(error))) if kind in _REFUSALS else {}
        return Failure(text=_OF_KIND[kind], detail=str(error), code=_CODES.get(kind, 1), more=more)
    if isinstance(error, ModuleNotFoundError) and error.name:
        return missing_module(error.name)
    if isinstance(error, OSError) and error.errno in _OF_SYSTEM:
        return _of_system(error)
    first = next(iter(str(error).strip().splitlines()), "")
    return Failure(text=FAILED, kind=type(error).__name__, detail=first)


def is_explained(error: BaseException) -> bool:
    """Whether a text of its own says what is wrong; where it arose then says nothing more."""
    return failure_of(error).text != FAILED


def _of_system(error: OSError) -> Failure:
    if isinstance(error, PermissionError) and isinstance(error.filename, str):
        more = refusal(Path(error.filename))
        return Failure(text="no_access_to", detail=error.filename, more=more)
    text = _OF_SYSTEM[error.errno or 0]
    return Failure(text=text, detail=str(error.filename or error.strerror))


def missing_module(name: str) -> Failure:
    """A package that is not installed: with the command that installs it, if it is of an extra."""
    extra, package = _EXTRAS.get(name.partition(".")[0], ("", ""))
    if not extra:
        return Failure(text="no_module", detail=name)
    checkout = Path(__file__).resolve().parents[1]
    # The program is in no registry: pip is given the sources, or else the package itself.
    sources = (checkout / "pyproject.toml").exists()
    what = ["-e", f"{checkout}[{extra}]"] if sources else [package]
    command = shlex.join([sys.executable, "-m", "pip", "install", *what])
    return Failure(text="no_extra", detail=name, more={"command": command})


_EXTRAS = {
    "psycopg": ("postgres", "psycopg[binary]"),
    "aiohttp_socks": ("proxy", "aiohttp-socks"),
}
"""Which extra of this program a module is of, and its name for pip."""
_OF_KIND = {
    "TokenRefusedError": "token_refused",
    "DatabaseNewerError": "database_newer",
    "NoDatabaseError": "no_database",
    "ClockUnreachableError": "no_clock",
    "FileThereError": "file_there",
    "BackupBusyError": "backup_busy",
    "CopyRefusedError": "copy_refused",
    "DatabaseForbiddenError": "database_forbidden",
    "SecretStaysError": "secret_stays",
    "NotABackupError": "not_a_backup",
    "BackupDamagedError": "backup_damaged",
    "BackupNewerError": "backup_newer",
    "CityThereError": "city_there",
    "BotRunningError": "bot_running",
    "NoRoomError": "no_room",
    "DatabaseDamagedError": "database_damaged",
    "DatabaseFullError": "no_space",
    "DatabaseAwayError": "database_away",
    "DatabaseLoginError": "database_login",
    "DatabaseAbsentError": "database_absent",
    "DatabaseCrowdedError": "database_crowded",
    "RowsDifferError": "rows_differ",
    "CannotListenError": "cannot_listen",
    "CityTakenError": "city_taken",
    "CityLostError": "city_lost",
    "CityMovedError": "city_moved",
    "DatabaseMovedError": "database_moved",
    "CityInUseError": "city_in_use",
    "PollerTakenError": "poller_taken",
    "WebhookTakenError": "webhook_taken",
    "OtherBotError": "other_bot",
    "TargetNotEmptyError": "target_not_empty",
    "SameDatabaseError": "same_database",
    "EncodingUnfitError": "encoding_unfit",
    "DatabaseEmptyError": "database_empty",
    "DatabaseOlderError": "database_older",
    "NoBackupFileError": "no_backup_file",
    "NoFolderError": "no_folder",
    "NoConfigurationError": "no_configuration",
    "NothingToMoveError": "nothing_to_move",
}
"""By name: to know the classes means to import aiogram, and that takes two seconds."""
_REFUSALS = frozenset({"CopyRefusedError", "DatabaseForbiddenError"})
"""Their text is a file or folder that this user may not write to."""
FAILED = "failed"
"""The text for an error that nobody thought of."""
WRONG = 2
"""Exit code of a wrong command or configuration."""
TAKEN = 3
"""Exit code where another program has the city or the token: to start again mends nothing."""
_CODES = {
    "OtherBotError": WRONG,
    "CityLostError": WRONG,
    "CityMovedError": WRONG,
    "DatabaseMovedError": WRONG,
    "CityTakenError": TAKEN,
    "CityInUseError": TAKEN,
    "BotRunningError": TAKEN,
    "PollerTakenError": TAKEN,
    "WebhookTakenError": TAKEN,
}
_OF_SYSTEM = {
    errno.EADDRINUSE: "port_taken",
    errno.EACCES: "no_access",
    errno.EPERM: "no_access",
    errno.EROFS: "no_access",
    errno.ENOSPC: "no_space",
}
