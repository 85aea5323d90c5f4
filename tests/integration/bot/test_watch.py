"""The self-watch tells the log, the heartbeat file and systemd the same judgement."""

from __future__ import annotations

import asyncio
import errno
import json
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.notify import READY, Notifier
from bot.place import HEARTBEAT, DatabaseMovedError, Place
from bot.serving import answers
from bot.watch import Watch
from scheduler.clock import SystemClock
from storage.errors import DatabaseFailedError
from tests.fakes.clock import ManualClock
from tests.harness.users import NOBODY, give_all, root_only
from web.health import Complaint, Limits
from web.pulse import Pulse
from web.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from usecases.ports import UnitOfWork

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
LIMITS = Limits(patience=timedelta(minutes=3), disk_mb=0)
ELSEWHERE = "postgresql+psycopg://db/city"
"""A database without a file."""


class Systemd:
    """A real datagram socket, as systemd opens it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(f"\0{path[1:]}" if path.startswith("@") else path)
        self.line.settimeout(0)

    def told(self) -> list[str]:
        """What came since the last look."""
        found: list[str] = []
        while True:
            try:
                found.append(self.line.recv(4096).decode())
            except BlockingIOError:
                return found


@contextmanager
def systemd(path: str) -> Iterator[Systemd]:
    """A systemd that listens at a path."""
    listening = Systemd(path)
    try:
        yield listening
    finally:
        listening.line.close()


@dataclass
class Steps:
    """A steady clock that is moved by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        """The seconds."""
        return self.now


@dataclass
class OddWriter:
    """Commits, fails or hangs, as told."""

    ways: list[str] = field(default_factory=list)
    pinged: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, function: Callable[[UnitOfWork], None], /) -> None:
        """Do what is next."""
        assert function is not None
        way = self.ways.pop(0)
        if not self.ways:
            self.pinged.set()
        if way == "fail":
            raise DatabaseFailedError("disk I/O error")
        if way == "hang":
            await asyncio.Event().wait()


def watch_over(pulse: Pulse, folder: Path, env: dict[str, str] | None = None) -> Watch:
    """A watch that writes into a folder."""
    return Watch(
        pulse, OddWriter(), Place(folder, ELSEWHERE), ManualClock(NOW), Notifier(env or {}, 77)
    )


@pytest.mark.parametrize("abstract", [False, True])
async def test_systemd_and_the_heartbeat_hear_as_long_as_the_bot_is_well(
    tmp_path: Path, *, abstract: bool
) -> None:
    """A deaf bot falls silent to both, and speaks again when it hears again."""
    path = f"@xunchaqun{tmp_path}" if abstract else str(tmp_path / "notify")
    steps = Steps()
    pulse = Pulse(steps, LIMITS)
    heartbeat = tmp_path / HEARTBEAT
    with systemd(path) as listening:
        watch = watch_over(pulse, tmp_path, {"NOTIFY_SOCKET": path})
        await watch.look()
        assert listening.told() == ["WATCHDOG=1"], "a long start is no reason to end the process"
        assert not heartbeat.exists()
        pulse.begin()
        await watch.look()
        assert listening.told() == ["WATCHDOG=1"]
        assert json.loads(heartbeat.read_text()) == {"well_at": NOW.isoformat()}
        heartbeat.unlink()
        steps.now += 181
        pulse.wrote()
        await watch.look()
        assert listening.told() == []
        assert not heartbeat.exists()
        pulse.heard()
        await watch.look()
        assert listening.told() == ["WATCHDOG=1"]
        assert heartbeat.exists()


async def test_a_full_disk_stops_the_heartbeat_but_not_the_process(tmp_path: Path) -> None:
    """A restart would free nothing."""
    pulse = Pulse(Steps(), Limits(disk_mb=10**9))
    path = str(tmp_path / "notify")
    with systemd(path) as listening:
        pulse.begin()
        await watch_over(pulse, tmp_path, {"NOTIFY_SOCKET": path}).look()
        assert [one.what for one in pulse.reasons()] == [Complaint.DISK]
        assert listening.told() == ["WATCHDOG=1"]
        assert not (tmp_path / HEARTBEAT).exists()


async def test_what_is_wrong_is_logged_once_and_when_it_is_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not every ten seconds, and not that it starts."""
    steps = Steps()
    pulse = Pulse(steps, LIMITS)
    watch = watch_over(pulse, tmp_path)
    caplog.set_level("INFO")
    await watch.look()
    pulse.begin()
    steps.now += 181
    for _ in range(3):
        await watch.look()
        steps.now += 10
    pulse.heard()
    pulse.wrote()
    await watch.look()
    told = [(record.levelname, record.message) for record in caplog.records]
    assert told == [("WARNING", "not well: deaf, writer"), ("INFO", "well again")]


async def test_the_heartbeat_of_a_bot_that_root_started_is_the_folders_owners(
    tmp_path: Path,
) -> None:
    """A `heartbeat.new` that it leaves behind would stop that of the service."""
    root_only()
    give_all(tmp_path)
    pulse = Pulse(Steps(), LIMITS)
    pulse.begin()
    await watch_over(pulse, tmp_path).look()
    assert (tmp_path / HEARTBEAT).stat().st_uid == NOBODY


async def test_a_folder_that_cannot_be_written_to_is_told_and_survived(tmp_path: Path) -> None:
    """Nothing is free there either."""
    pulse = Pulse(Steps(), LIMITS)
    pulse.begin()
    await watch_over(pulse, tmp_path / "gone").look()
    assert pulse.disk_mb == 0


@pytest.mark.parametrize(("way", "stamped"), [("good", True), ("fail", False), ("hang", False)])
async def test_only_a_commit_leaves_a_stamp(tmp_path: Path, way: str, *, stamped: bool) -> None:
    """A writer that fails or hangs leaves none, however long one looks."""
    steps = Steps()
    pulse = Pulse(steps, LIMITS)
    pulse.begin()
    steps.now += 181
    writer = OddWriter([way])
    watch = Watch(pulse, writer, Place(tmp_path, ELSEWHERE), ManualClock(NOW), Notifier({}, 77))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(watch.ping())
        await writer.pinged.wait()
        await asyncio.sleep(0)
        task.cancel()
    told = [one.what for one in pulse.reasons()]
    assert told == ([Complaint.DEAF] if stamped else [Complaint.DEAF, Complaint.WRITER])


def test_a_watchdog_meant_for_another_process_is_none_of_ours() -> None:
    """The interval is in microseconds."""
    assert Notifier({"WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "77"}, 77).watchdog == 90
    assert Notifier({"WATCHDOG_USEC": "90000000"}, 77).watchdog == 90
    assert Notifier({"WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "78"}, 77).watchdog == 0
    assert Notifier({"WATCHDOG_USEC": "soon"}, 77).watchdog == 0


def test_without_systemd_nothing_is_told(tmp_path: Path) -> None:
    """Nor does one that is gone disturb the bot."""
    Notifier({}, 77).tell(READY)
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}, 77).tell(READY)


def test_the_clock_is_held_against_telegrams_date() -> None:
    """Both ways; a date that cannot be read says nothing; a simulator's clock is always right."""
    pulse, totals = Pulse(Steps(), LIMITS), Totals()
    hear = answers(pulse, totals, SystemClock())
    hear(200, "Tue, 10 Mar 2020 02:00:00 GMT", "getUpdates")
    assert pulse.clock_off is not None
    assert pulse.clock_off > timedelta(days=365)
    pulse.begin()
    assert [one.what for one in pulse.reasons()] == [Complaint.CLOCK]
    hear(429, "Sun, 10 Mar 2120 02:00:00 GMT", "sendMessage")
    assert pulse.clock_off < -timedelta(days=365)
    before = pulse.clock_off
    for odd in ("", "yesterday", "Tue, 10 Mar 2020 02:00:00"):
        hear(200, odd, "sendMessage")
    assert pulse.clock_off == before
    assert totals.answers == {200: 4, 429: 1}
    followed = Pulse(Steps(), LIMITS)
    answers(followed, totals, ManualClock(NOW))(200, "Tue, 10 Mar 2020 02:00:00 GMT", "getMe")
    assert followed.clock_off is None


async def test_a_file_that_cannot_be_looked_at_is_no_other_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is away for a moment ends nothing; a file that is gone does."""
    file = tmp_path / "city.sqlite3"
    file.touch()
    place = Place(tmp_path, f"sqlite:///{file}")
    with monkeypatch.context() as away:
        away.setattr(type(file), "stat", _away)
        place.look()
    place.look()
    file.unlink()
    with pytest.raises(DatabaseMovedError):
        place.look()


def _away(_file: Path) -> None:
    raise OSError(errno.EIO, "Input/output error")
