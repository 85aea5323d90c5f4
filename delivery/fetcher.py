"""Fetching the photos that cases wait for, to the shelf: durable, four at a time, with back-off."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from delivery import outcomes, retry
from delivery.lanes import Lanes
from delivery.ports import Broken, Kept, Unproved

if TYPE_CHECKING:
    from datetime import datetime

    from delivery.ports import Files, PhotoDesk, PhotoShelf
    from usecases.ports import Clock
    from usecases.records import Photo

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 4
"""Photos that are fetched at the same time."""
DISK_REST = timedelta(seconds=15)
"""How long nothing is fetched when our own machine could keep none; that is no photo's fault."""


def _nobody(*, refused: bool) -> None:
    """Nobody asks."""
    del refused


class DiskTold(Protocol):
    """Hears whether the disk refuses photos now."""

    def __call__(self, *, refused: bool) -> None:
        """Be told."""


@dataclass(kw_only=True, slots=True)
class Fetcher:
    """Fetches wanted photos. `bot/nursery.py` runs `run()`. The pace does not count it."""

    desk: PhotoDesk
    files: Files
    shelf: PhotoShelf
    clock: Clock
    disk: DiskTold = _nobody
    _lanes: Lanes = field(init=False)
    _rests_until: datetime | None = None

    def __post_init__(self) -> None:
        self._lanes = Lanes("fetcher", self.clock, SIDE_BY_SIDE)

    @property
    def idle(self) -> bool:
        """Whether nothing can be fetched now and nothing is being fetched."""
        return self._lanes.idle

    def poke(self) -> None:
        """A photo may be wanted. Call it in the loop's thread."""
        self._lanes.poke()

    async def run(self) -> None:
        """Fetch until `stop()`.

        Raises:
            TokenRefusedError: The platform does not accept the bot's token.
        """
        await self._lanes.run(self._round)

    async def stop(self) -> None:
        """Begin no more; downloads have 3 s (real time) to finish, else they begin anew later."""
        await self._lanes.stop()

    async def _round(self) -> datetime | None:
        now = self.clock.now()
        if self._rests_until is not None and now < self._rests_until <= now + DISK_REST:
            return self._rests_until
        photos, due = await self.desk.wanted(2 * SIDE_BY_SIDE)
        for photo in photos:
            lane = str(photo.id)
            if self._lanes.room > 0 and lane not in self._lanes.busy:
                self._lanes.start(lane, partial(self._fetch, photo))
        if due is not None and due <= self.clock.now() and self._lanes.busy:
            return None  # the end of each download brings the next round
        return due

    async def _fetch(self, photo: Photo) -> None:
        outcome = await self.files.fetch(photo.file)
        if isinstance(outcome, outcomes.Fetched):
            await self._keep(photo, outcome.data)
        else:
            _tell_log(photo, type(outcome).__name__.lower())
            await self._not_fetched(photo, outcome)

    async def _keep(self, photo: Photo, data: bytes) -> None:
        try:
            result = await self.shelf.keep(data)
        except OSError as error:
            log.error(  # noqa: TRY400 - where it arose says nothing
                "a photo cannot be kept: %s", error, extra=_extra(photo, "photo.unkept")
            )
            self._rests_until = self.clock.now() + DISK_REST
            self.disk(refused=True)
            await self.desk.put_off(photo.id, self._rests_until)
            return
        except Exception:
            log.exception("a photo cannot be kept", extra=_extra(photo, "photo.unkept"))
            await self._not_kept(photo)
            return
        match result:
            case Kept():
                self.disk(refused=False)
                await self.desk.kept(
                    photo.id, sha256=result.sha256, width=result.width, height=result.height
                )
            case Unproved():
                _tell_log(photo, "unproved")
                await self._not_kept(photo)
            case Broken():
                _tell_log(photo, "broken")
                await self.desk.broken(photo.id)

    async def _not_kept(self, photo: Photo) -> None:
        """A picture that breaks its reader does so again; what else broke it may be over."""
        if photo.attempts + 1 < retry.DOUBTFUL_MOST:
            await self._again(photo)
        else:
            await self.desk.broken(photo.id)

    async def _not_fetched(self, photo: Photo, outcome: outcomes.FetchOutcome) -> None:
        match outcome:
            case outcomes.Unfetchable():
                await self.desk.lost(photo.id)
            case outcomes.Doubtful() if photo.attempts + 1 >= retry.DOUBTFUL_MOST:
                await self.desk.lost(photo.id)
            case outcomes.Later():
                await self.desk.again(photo.id, self.clock.now() + outcome.rest)
            case outcomes.TokenRefused():
                raise outcomes.TokenRefusedError
            case _:
                await self._again(photo)

    async def _again(self, photo: Photo) -> None:
        delay = retry.fetch_delay(photo.attempts + 1)
        if delay is None:
            await self.desk.lost(photo.id)
        else:
            await self.desk.again(photo.id, self.clock.now() + delay)


def _tell_log(photo: Photo, word: str) -> None:
    log.warning("a photo was not fetched", extra=_extra(photo, f"photo.{word}"))


def _extra(photo: Photo, action: str) -> dict[str, object]:
    return {"action": action, "case": photo.case_id, "photo": photo.id}
