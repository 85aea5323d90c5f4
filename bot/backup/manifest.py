"""What a backup says about itself: `manifest.json`, written last and believed in nothing.

Whoever reads it has a file from somewhere: every name, number and digest is looked at before it
is used, and a name may only be one that this program itself would have given.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from bot.backup.errors import BackupNewerError, NotABackupError
from storage.digests import TableDigest

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 1
"""Grows when a program of today could no longer read the file rightly."""
NAME: Final = "manifest.json"
LARGEST: Final = 256 * 1024 * 1024
"""Bytes of a manifest: room for two million photos."""
SQLITE: Final = "database/city.sqlite3"
ROWS: Final = "database/rows/"
PHOTOS: Final = "photos/"
CONFIG: Final = "config/"
CONFIG_FILE: Final = "config/config.toml"

_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_REVISION: Final = re.compile(r"\w{1,40}", re.ASCII)
_TABLE: Final = re.compile(r"database/rows/([a-z_]{1,60})\.jsonl", re.ASCII)
_PHOTO: Final = re.compile(r"photos/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})", re.ASCII)
_SEGMENT: Final = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,150}")
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup: its bytes' count and digest."""

    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """Everything a backup says about itself."""

    program: str
    """The version of the program that made it."""
    created_at: datetime
    city: str
    revision: str
    """That of the tables."""
    tables: Mapping[str, TableDigest]
    """What each table holds, as `storage.digests` reckons it."""
    members: Mapping[str, Member]
    left_out: tuple[str, ...] = ()
    """The keys of the configuration that were emptied because they are secret."""
    missing: tuple[str, ...] = ()
    """Photos that the rows name and the shelf did not have."""
    altered: tuple[str, ...] = ()
    """Photos whose bytes had changed; they are not in the backup."""
    format: int = field(default=FORMAT)

    @property
    def cases(self) -> int:
        """How many cases it holds."""
        return self.tables["cases"].rows if "cases" in self.tables else 0

    @property
    def photos(self) -> tuple[str, ...]:
        """The digests of the photos that are in it."""
        names = (name for name in self.members if name.startswith(PHOTOS))
        return tuple(name.rpartition("/")[2] for name in names)

    @property
    def size(self) -> int:
        """Bytes of all that is in it, unpacked."""
        return sum(member.size for member in self.members.values())


def photo_name(digest: str) -> str:
    """The member that holds a photo."""
    return f"{PHOTOS}{digest[:2]}/{digest[2:4]}/{digest}"


def table_name(name: str) -> str:
    """The member that holds the rows of a table."""
    return f"{ROWS}{name}.jsonl"


def safe(name: str) -> bool:
    """Whether a name leads to a place below, on any system."""
    parts = name.split("/")
    plain = all(_SEGMENT.fullmatch(part) and part.strip(" .") for part in parts)
    return plain and len(parts) <= _DEEPEST


def written(manifest: Manifest) -> bytes:
    """The manifest as it stands in the file."""
    told = asdict(manifest)
    told["created_at"] = manifest.created_at.isoformat()
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read(data: bytes) -> Manifest:
    """The manifest of a file that may have come from anywhere.

    Raises:
        BackupNewerError: Its format is one of a newer program.
        NotABackupError: It is no manifest, or names what this program would never have written.
    """
    try:
        told = json.loads(data)
        if not isinstance(told, dict):
            raise NotABackupError(NAME)
        if _count(told["format"]) > FORMAT:
            raise BackupNewerError(f"{_text(told['program'])}, format {told['format']}")
        return _read(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotABackupError(f"{NAME}: {type(error).__name__}") from error


def _read(told: Mapping[str, Any]) -> Manifest:
    manifest = Manifest(
        program=_text(told["program"]),
        created_at=datetime.fromisoformat(told["created_at"]),
        city=_text(told["city"]),
        revision=_matching(_REVISION, told["revision"]),
        tables={name: _table(name, one) for name, one in told["tables"].items()},
        members={name: _member(one) for name, one in told["members"].items()},
        left_out=tuple(map(_text, told["left_out"])),
        missing=tuple(_matching(_DIGEST, one) for one in told["missing"]),
        altered=tuple(_matching(_DIGEST, one) for one in told["altered"]),
    )
    if manifest.created_at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    for name, member in manifest.members.items():
        _see(name, member)
    _see_database(manifest)
    return manifest


def _see(name: str, member: Member) -> None:
    """Refuse a name that this program would not have given."""
    if name == SQLITE or _TABLE.fullmatch(name):
        return
    photo = _PHOTO.fullmatch(name)
    if photo and photo[3] == member.sha256:
        return
    if name.startswith(CONFIG) and safe(name):
        return
    raise NotABackupError(ascii(name)[:120])


def _see_database(manifest: Manifest) -> None:
    rows = {found[1] for name in manifest.members if (found := _TABLE.fullmatch(name))}
    if (SQLITE in manifest.members) == bool(rows):
        raise NotABackupError("database/")
    if rows and rows != set(manifest.tables):
        raise NotABackupError(ROWS)


def _table(name: str, told: Mapping[str, Any]) -> TableDigest:
    return TableDigest(_text(name), _count(told["rows"]), _matching(_DIGEST, told["sha256"]))


def _member(told: Mapping[str, Any]) -> Member:
    return Member(_count(told["size"]), _matching(_DIGEST, told["sha256"]))


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError(type(told).__name__)
    return told


def _count(told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        raise ValueError("no count")
    return told


def _matching(pattern: re.Pattern[str], told: object) -> str:
    found = _text(told)
    if not pattern.fullmatch(found):
        raise ValueError("an odd word")
    return found
