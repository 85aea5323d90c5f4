"""The files of the simulated Telegram: bytes, their two identities, and the download path."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from dataclasses import dataclass

from simulator.errors import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bots may not fetch more than this many bytes."""

UNKNOWN = "application/octet-stream"
FOLDERS = {"photo": "photos", "video": "videos", "voice": "voice", "document": "documents"}
SUFFIXES = {"photo": ".jpg", "video": ".mp4", "voice": ".oga"}


@dataclass(frozen=True, slots=True, eq=False)
class StoredFile:
    """Bytes with a name; `unique_id` is the same for every bot."""

    key: int
    kind: str
    data: bytes
    name: str
    mime: str

    @property
    def unique_id(self) -> str:
        """`file_unique_id`: cannot be used to fetch the file."""
        digest = hashlib.blake2b(f"simulated {self.key}".encode(), digest_size=9).digest()
        return "AQAD" + base64.urlsafe_b64encode(digest).decode()

    @property
    def path(self) -> str:
        """`file_path` below `/file/bot<token>/`."""
        suffix = SUFFIXES.get(self.kind) or mimetypes.guess_extension(self.mime) or ""
        return f"{FOLDERS[self.kind]}/file_{self.key}{suffix}"

    def id_for(self, bot: int) -> str:
        """`file_id`: usable by this bot only."""
        plain = f"{bot}:{self.key}:{self.kind}".encode()
        return "AgACAgUAAx" + base64.urlsafe_b64encode(plain).decode().rstrip("=")


class FileStore:
    """All files ever sent; nothing is forgotten before a reset."""

    def __init__(self) -> None:
        self._files: dict[int, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, data: bytes, name: str = "", mime: str = "") -> StoredFile:
        """Keep `data` under a new key."""
        plain = mime.split(";", maxsplit=1)[0].strip().lower()
        if plain in {"", UNKNOWN}:
            plain = mimetypes.guess_type(name)[0] or UNKNOWN
        file = StoredFile(len(self._files) + 1, kind, data, name, plain)
        self._files[file.key] = file
        self._by_path[file.path] = file
        return file

    def by_key(self, key: int) -> StoredFile | None:
        """The file with that number, if there is one."""
        return self._files.get(key)

    def by_path(self, path: str) -> StoredFile | None:
        """The file behind a download path, if there is one."""
        return self._by_path.get(path)

    def by_id(self, file_id: str, bot: int) -> StoredFile:
        """The file behind `file_id`; raises ApiError if it is not this bot's."""
        try:
            tail = file_id.removeprefix("AgACAgUAAx")
            plain = base64.urlsafe_b64decode(tail + "=" * (-len(tail) % 4)).decode()
            owner, key, _ = plain.split(":")
            file = self._files[int(key)] if int(owner) == bot else None
        except (ValueError, KeyError):
            file = None
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return file
