"""Photos, files and a shelf in memory (`PhotoDesk`, `Files`, `PhotoShelf` of `delivery.ports`)."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from casework.case import Phase
from delivery.outcomes import Fetched, FetchOutcome
from delivery.ports import Broken, Kept, Unproved
from tests.fakes.clock import MORNING
from usecases.records import Photo, PhotoState, Wanted

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.ports import Clock


def photo(number: int, **fields: object) -> Photo:
    """A wanted photo by officer01."""
    basis = Photo(
        id=number,
        case_id=number,
        chat="-4000001",
        message=str(number),
        file=f"file-{number}",
        unique=f"unique-{number}",
        phase=Phase.BEFORE,
        person="officer01",
        at=MORNING,
        try_at=MORNING,
    )
    return replace(basis, **fields)  # type: ignore[arg-type] # each test names real fields


class FakePhotoDesk:
    """Keeps photos, and a diary of what became of them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.photos: dict[int, Photo] = {}
        self.diary: list[tuple[object, ...]] = []

    async def wanted(self, limit: int) -> Wanted:
        """Photos whose fetching is due, and when the next one is."""
        due = [one for one in self._wanted() if one.try_at <= self._clock.now()]
        return Wanted(due[:limit], min((one.try_at for one in self._wanted()), default=None))

    async def kept(self, photo_id: int, *, sha256: str, width: int, height: int) -> None:
        """On the shelf."""
        self.diary.append(("kept", photo_id))
        self._put(photo_id, state=PhotoState.KEPT, sha256=sha256, width=width, height=height)

    async def broken(self, photo_id: int) -> None:
        """No picture."""
        self.diary.append(("broken", photo_id))
        self._put(photo_id, state=PhotoState.BROKEN)

    async def lost(self, photo_id: int) -> None:
        """Not to be had."""
        self.diary.append(("lost", photo_id))
        self._put(photo_id, state=PhotoState.LOST)

    async def again(self, photo_id: int, try_at: datetime) -> None:
        """Another attempt."""
        self.diary.append(("again", photo_id, (try_at - self._clock.now()).total_seconds()))
        self._put(photo_id, try_at=try_at, attempts=self.photos[photo_id].attempts + 1)

    async def put_off(self, photo_id: int, try_at: datetime) -> None:
        """No attempt of its own."""
        self.diary.append(("put off", photo_id, (try_at - self._clock.now()).total_seconds()))
        self._put(photo_id, try_at=try_at)

    def _wanted(self) -> list[Photo]:
        wanted = [one for one in self.photos.values() if one.state is PhotoState.WANTED]
        return sorted(wanted, key=lambda one: (one.try_at, one.id))

    def _put(self, photo_id: int, **fields: object) -> None:
        self.photos[photo_id] = replace(self.photos[photo_id], **fields)  # type: ignore[arg-type]


class FakeFiles:
    """Gives each file its handle as bytes, unless outcomes are scripted for it."""

    def __init__(self) -> None:
        self.script: dict[str, deque[FetchOutcome]] = defaultdict(deque)
        self.asked: list[str] = []
        self.hold: asyncio.Event | None = None
        self.began = asyncio.Semaphore(0)
        self.running = 0
        self.most_at_once = 0

    async def fetch(self, file: str) -> FetchOutcome:
        """The scripted outcome, or the bytes."""
        self.asked.append(file)
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        self.began.release()
        await (self.hold.wait() if self.hold else asyncio.sleep(0))
        self.running -= 1
        script = self.script[file]
        return script.popleft() if script else Fetched(file.encode())


class FakeShelf:
    """Keeps bytes; what begins with `broken` is no picture, `poison` breaks it."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.full = 0
        """How many more times the disk fails."""
        self.killed = 0
        """How many more times the reader is killed over it."""

    async def keep(self, data: bytes) -> Kept | Broken | Unproved:
        """Keep bytes by their hash."""
        if self.full:
            self.full -= 1
            raise OSError("no space left on device")
        if self.killed:
            self.killed -= 1
            return Unproved()
        if data.startswith(b"poison"):
            raise SyntaxError("not a PNG file")
        if data.startswith(b"broken"):
            return Broken()
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return Kept(digest, 1280, 960)
