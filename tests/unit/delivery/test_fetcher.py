"""Photos reach the shelf, or it is said that they never will."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from delivery.fetcher import SIDE_BY_SIDE, Fetcher
from delivery.outcomes import (
    Doubtful,
    Fetched,
    Later,
    TokenRefused,
    TokenRefusedError,
    Trouble,
    Unfetchable,
)
from tests.fakes.clock import MORNING, ManualClock
from tests.fakes.photo_desk import FakeFiles, FakePhotoDesk, FakeShelf, photo
from usecases.records import PhotoState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from delivery.outcomes import FetchOutcome

SECOND = timedelta(seconds=1)


@dataclass
class Darkroom:
    """A fetcher and everything around it."""

    clock: ManualClock = field(default_factory=ManualClock)
    files: FakeFiles = field(default_factory=FakeFiles)
    shelf: FakeShelf = field(default_factory=FakeShelf)
    desk: FakePhotoDesk = field(init=False)
    fetcher: Fetcher = field(init=False)
    refused: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk = FakePhotoDesk(self.clock)
        self.fetcher = Fetcher(
            desk=self.desk,
            files=self.files,
            shelf=self.shelf,
            clock=self.clock,
            disk=lambda *, refused: self.refused.append(refused),
        )
        self.clock.add_probe(lambda: self.fetcher.idle)

    def want(self, *numbers: int) -> None:
        """Commit wanted photos."""
        for number in numbers:
            self.desk.photos[number] = photo(number)
        self.fetcher.poke()

    def script(self, number: int, *outcomes: FetchOutcome) -> None:
        """Let the next fetchings of a photo end like this."""
        self.files.script[f"file-{number}"].extend(outcomes)

    def state(self, number: int) -> PhotoState:
        """Where a photo stands."""
        return self.desk.photos[number].state


@pytest.fixture
async def room() -> AsyncIterator[Darkroom]:
    """A running fetcher."""
    darkroom = Darkroom()
    async with asyncio.TaskGroup() as group:
        group.create_task(darkroom.fetcher.run(), name="fetcher")
        await darkroom.clock.settle()
        yield darkroom
        await darkroom.fetcher.stop()


async def test_a_photo_is_fetched_and_kept(room: Darkroom) -> None:
    """Its original bytes, by their hash, with its size."""
    room.want(1)
    await room.clock.settle()
    kept = room.desk.photos[1]
    assert room.shelf.kept[kept.sha256] == b"file-1"
    assert (kept.state, kept.width, kept.height) == (PhotoState.KEPT, 1280, 960)


async def test_photos_wanted_before_the_start_are_fetched() -> None:
    """The database is the truth: a restart loses none."""
    room = Darkroom()
    room.want(1, 2)
    async with asyncio.TaskGroup() as group:
        group.create_task(room.fetcher.run(), name="fetcher")
        await room.clock.settle()
        await room.fetcher.stop()
    assert room.desk.diary == [("kept", 1), ("kept", 2)]


async def test_four_are_fetched_at_a_time_each_once(room: Darkroom) -> None:
    """An album of ten takes turns."""
    room.files.hold = asyncio.Event()
    room.want(*range(1, 11))
    for _ in range(4):
        await room.files.began.acquire()
    assert not room.fetcher.idle
    room.files.hold.set()
    await room.clock.settle()
    assert room.files.most_at_once == 4
    assert len(room.files.asked) == 10
    assert len(room.desk.diary) == 10


async def test_no_picture_is_said_to_be_broken(room: Darkroom) -> None:
    """The card then asks for it again."""
    room.script(1, Fetched(b"broken"))
    room.want(1)
    await room.clock.settle()
    assert room.state(1) is PhotoState.BROKEN


async def test_a_file_too_big_is_lost_at_once(room: Darkroom) -> None:
    """No attempt can change that."""
    room.script(1, Unfetchable("file is too big"))
    room.want(1)
    await room.clock.settle()
    assert room.state(1) is PhotoState.LOST


async def test_trouble_is_waited_out(room: Darkroom) -> None:
    """1 s, 5 s, 30 s, 2 min; then it comes."""
    room.script(1, *[Trouble("ClientConnectorError")] * 4)
    room.want(1)
    await room.clock.advance(timedelta(minutes=3))
    assert [line[2] for line in room.desk.diary[:-1]] == [1, 5, 30, 120]
    assert room.state(1) is PhotoState.KEPT


async def test_trouble_of_a_day_loses_the_photo(room: Darkroom) -> None:
    """Then the card says so."""
    room.script(1, *[Trouble("ClientConnectorError")] * 1000)
    room.want(1)
    await room.clock.advance(timedelta(hours=23))
    assert room.state(1) is PhotoState.WANTED
    await room.clock.advance(timedelta(hours=2))
    assert room.state(1) is PhotoState.LOST


async def test_a_file_that_is_not_given_is_lost_within_seconds(room: Darkroom) -> None:
    """Three attempts: the card must ask for it while the officer still stands there."""
    room.script(1, *[Doubtful("wrong file_id")] * 9)
    room.want(1)
    await room.clock.advance(10 * SECOND)
    assert room.state(1) is PhotoState.LOST
    assert len(room.files.asked) == 3


async def test_a_file_that_is_given_later_is_kept(room: Darkroom) -> None:
    """`temporarily unavailable` may be true."""
    room.script(1, Doubtful("temporarily unavailable"))
    room.want(1)
    await room.clock.advance(10 * SECOND)
    assert room.state(1) is PhotoState.KEPT


async def test_a_flood_answer_is_obeyed(room: Darkroom) -> None:
    """Not a second sooner."""
    room.script(1, Later(35 * SECOND))
    room.want(1)
    await room.clock.advance(34 * SECOND)
    assert len(room.files.asked) == 1
    await room.clock.advance(SECOND)
    assert room.state(1) is PhotoState.KEPT


async def test_a_full_disk_is_waited_out(room: Darkroom) -> None:
    """For days: it is no photo's fault, and while it lasts hardly anything is fetched."""
    room.shelf.full = 9999
    room.want(*range(1, 13))
    await room.clock.advance(60 * SECOND)
    assert 0 < len(room.files.asked) <= 5 * SIDE_BY_SIDE
    assert room.refused == [True] * len(room.files.asked)
    await room.clock.advance(timedelta(days=2))
    room.shelf.full = 0
    await room.clock.advance(30 * SECOND)
    assert {room.state(number) for number in range(1, 13)} == {PhotoState.KEPT}
    assert room.desk.photos[1].attempts == 0
    assert not room.refused[-1]


async def test_a_picture_that_is_none_says_nothing_of_the_disk(room: Darkroom) -> None:
    """It was not written: a disk that refused before may refuse still."""
    room.script(1, Fetched(b"broken"))
    room.want(1)
    await room.clock.advance(SECOND)
    assert room.state(1) is PhotoState.BROKEN
    assert room.refused == []


async def test_a_picture_that_breaks_its_reader_is_broken(room: Darkroom) -> None:
    """After three attempts; the fetcher lives on."""
    room.script(1, *[Fetched(b"poison")] * 9)
    room.want(1, 2)
    await room.clock.advance(10 * SECOND)
    assert (room.state(1), room.state(2)) == (PhotoState.BROKEN, PhotoState.KEPT)


@pytest.mark.parametrize(("kills", "state"), [(2, PhotoState.KEPT), (3, PhotoState.BROKEN)])
async def test_a_picture_whose_reader_is_killed_is_read_again_some_seconds_later(
    room: Darkroom, kills: int, state: PhotoState
) -> None:
    """The machine was short of memory, say; a picture that kills its reader does so each time."""
    room.shelf.killed = kills
    room.want(1)
    await room.clock.advance(10 * SECOND)
    assert room.state(1) is state
    assert room.refused in ([], [False])


async def test_one_troubled_photo_holds_up_no_other(room: Darkroom) -> None:
    """Each has its own back-off."""
    room.script(1, *[Trouble("TimeoutError")] * 99)
    room.want(1, 2, 3, 4, 5, 6)
    await room.clock.settle()
    assert [room.state(number) for number in range(2, 7)] == [PhotoState.KEPT] * 5


async def test_it_sleeps_between_attempts(room: Darkroom) -> None:
    """It neither spins nor says that it is busy."""
    room.script(1, *[Trouble("TimeoutError")] * 5)
    room.want(1)
    await room.clock.advance(timedelta(minutes=3))
    assert room.fetcher.idle
    slept = room.clock.sleeps
    await room.clock.advance(timedelta(minutes=5))
    assert room.clock.sleeps == slept


async def test_what_is_due_does_not_wait_for_a_slow_download(room: Darkroom) -> None:
    """A poke starts it beside the slow one."""
    room.script(1, Trouble("TimeoutError"))
    room.want(1)
    await room.clock.settle()
    room.files.hold = asyncio.Event()
    room.want(2)
    await room.files.began.acquire()
    await room.files.began.acquire()
    room.clock.put(MORNING + SECOND)
    room.want(3)
    while room.files.asked.count("file-1") < 2:  # noqa: ASYNC110 - each fetching counts, of any photo
        await asyncio.sleep(0)
    room.files.hold.set()
    await room.clock.settle()
    assert room.desk.photos[1].state is PhotoState.KEPT


async def test_a_revoked_token_stops_it() -> None:
    """The photo stays wanted."""
    room = Darkroom()
    room.script(1, TokenRefused())
    room.want(1)
    with pytest.raises(TokenRefusedError):
        await room.fetcher.run()
    assert room.state(1) is PhotoState.WANTED
