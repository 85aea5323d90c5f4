"""F23–F32: what may happen to the process, and to the disk under it."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.engine import Engine

from pictures.shelf import Shelf
from tests.soak.stage import COLOURS, tiny_photo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road

POINTS = {
    "statement": 250,
    "intake": 6,
    "commit": 70,
    "committed": 70,
    "call": 30,
    "answered": 30,
    "told": 10,
}
"""The kinds of points, and about how many of each an undisturbed run passes."""
EXECUTES = "before_cursor_execute"
IN_FLIGHT = 500
DATABASE = "xunchaqun.sqlite3"


def at_the_nth(bench: Bench, kind: str, count: int, act: Callable[[], None]) -> None:
    """Do it when the product passes its n-th point of a kind."""

    def rule(point: str) -> None:
        nonlocal count
        if point == kind and bench.life is not None:
            count -= 1
            if count == 0:
                bench.rules.remove(rule)
                act()

    bench.rules.append(rule)


def f23(bench: Bench, _road: Road) -> None:
    """Killed at any point."""
    for _ in range(2):
        kind = bench.random.choice(list(POINTS))
        at_the_nth(bench, kind, bench.random.randint(1, POINTS[kind]), bench.cut)


def f24(bench: Bench, _road: Road) -> None:
    """Killed, and five times more while it recovers."""
    left = 5

    def again() -> None:
        nonlocal left
        if left:
            left -= 1
            kind = bench.random.choice(("statement", "committed"))
            at_the_nth(bench, kind, bench.random.randint(1, 20), again)
        bench.cut()

    kind = bench.random.choice(list(POINTS))
    at_the_nth(bench, kind, bench.random.randint(1, POINTS[kind]), again)


def f25(bench: Bench, _road: Road) -> None:
    """SIGTERM with five hundred updates in flight."""

    def flood() -> None:
        for number in range(IN_FLIGHT):
            bench.stage.say(f"citizen0{number % 3 + 1}", "今天真热")
        at_the_nth(
            bench, "statement", bench.random.randint(1, IN_FLIGHT), lambda: bench.restart(10)
        )

    bench.at(bench.moment(), flood)


def f26(bench: Bench, _road: Road) -> None:
    """The loop is stalled for seconds, or the machine sleeps for an hour."""
    for seconds in (5, 5, bench.random.choice((60, 3600))):

        def stall(seconds: int = seconds) -> None:
            bench.clock.set(bench.now + timedelta(seconds=seconds))
            bench.ends(bench.now)

        bench.at(bench.moment(0), stall)


def f27(bench: Bench, _road: Road) -> None:
    """A second process is started beside the first, and refused."""
    bench.excused.add("lives")

    def begin() -> None:
        if bench.life is None:  # there is none to be beside
            bench.later(5, begin)
            return
        second = bench.new_life()
        second.begin()
        bench.later(bench.random.uniform(5, 60), lambda: end(second.stop))

    def end(stop: Callable[[], None]) -> None:
        stop()
        bench.ends(bench.now)

    bench.at(bench.moment(), begin)


def f28_before(bench: Bench) -> None:
    """The tables are those of an earlier version."""
    bench.old_tables = True


def f28(bench: Bench, _road: Road) -> None:
    """Killed in the middle of the upgrade, and again."""
    for _ in range(2):
        count = bench.random.randint(1, 60)

        def rule(*_: object) -> None:
            nonlocal count
            count -= 1
            if count == 0:
                bench.cut()

        event.listen(Engine, EXECUTES, rule)
        bench.undo.append(partial(event.remove, Engine, EXECUTES, rule))


def f29(bench: Bench, _road: Road) -> None:
    """The power goes in the middle of a commit: its last pages are torn or missing."""
    wal = bench.folder / f"{DATABASE}-wal"
    count, before = bench.random.randint(5, 70), 0

    def rule(point: str) -> None:
        nonlocal count, before
        if point == "commit":
            before, count = _size(wal), count - 1
        elif point == "committed" and count <= 0 and _size(wal) > before:
            bench.rules.remove(rule)
            files = {DATABASE: (bench.folder / DATABASE).read_bytes()}
            files[wal.name] = wal.read_bytes()[: bench.random.randrange(before, _size(wal))]
            bench.later(1, lambda: _put_back(bench, files))
            bench.cut()

    bench.rules.append(rule)


def _size(wal: Path) -> int:
    return wal.stat().st_size if wal.exists() else 0


def _put_back(bench: Bench, files: dict[str, bytes]) -> None:
    """What the disk held when the power went."""
    for left in bench.folder.glob(f"{DATABASE}*"):
        left.unlink()
    for name, data in files.items():
        (bench.folder / name).write_bytes(data)


def f30(bench: Bench, _road: Road) -> None:
    """The disk is full from the n-th write on, for a while."""
    bench.excused.add("starts")
    full = sqlite3.OperationalError("database or disk is full")
    no_room = OSError(28, "No space left on device")
    at_the_nth(bench, "commit", bench.random.randint(1, 70), lambda: _fail(bench, full, no_room))


def _fail(bench: Bench, error: sqlite3.Error, of_files: OSError | None) -> None:
    over = bench.now + timedelta(seconds=bench.random.uniform(1, 45))
    bench.ends(over)

    def rule(point: str) -> None:
        if bench.now >= over:
            bench.rules.remove(rule)
        elif point == "commit":
            raise error

    if of_files is not None:
        _no_files(bench, over - bench.now, of_files)
    bench.rules.append(rule)
    rule("commit")


def f31(bench: Bench, _road: Road) -> None:
    """The database is busy, or fails, at the n-th call; or it commits and does not say so."""
    bench.excused.add("starts")
    words = ("database is locked", "disk I/O error")
    for _ in range(3):
        error = sqlite3.OperationalError(bench.random.choice(words))
        kind = bench.random.choice(("statement", "commit", "committed"))

        def fail(error: sqlite3.Error = error) -> None:
            bench.ends(bench.now)
            raise error

        at_the_nth(bench, kind, bench.random.randint(1, POINTS[kind]), fail)


def f32(bench: Bench, _road: Road) -> None:
    """The folder of the photos cannot be written for a while, and holds a photo half written."""
    data = tiny_photo(bench.random.choice(COLOURS))
    path = Shelf(bench.folder / "photos").path(hashlib.sha256(data).hexdigest())
    path.parent.mkdir(parents=True)
    path.write_bytes(data[: len(data) // 2])
    path.with_name(path.name + "x.part").write_bytes(b"half")
    refused = PermissionError(30, "Read-only file system")
    length = timedelta(seconds=bench.random.uniform(30, 90))
    bench.at(bench.moment(0, 0.4), lambda: _no_files(bench, length, refused))


def _no_files(bench: Bench, length: timedelta, error: OSError) -> None:
    over = bench.now + length
    bench.ends(over)
    put = Shelf.put

    def refuse(shelf: Shelf, data: bytes) -> str:
        if bench.now < over:
            raise error
        return put(shelf, data)

    bench.replace(Shelf, "put", refuse)
