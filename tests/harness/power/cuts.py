"""The traced statements again, on the disk that can lose its power; then a cut at every moment.

After each cut the database is opened as a start would, and must be byte by byte the one after
some whole transaction: the last one that was confirmed, or the one that was under way.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter, deque
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import apsw

from tests.harness.power.disk import VFS, Disk, Log, PowerVFS
from tests.harness.power.trace import CLOSE, COMMIT, OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.harness.power.disk import Content
    from tests.harness.power.trace import Step, Trace

DATABASE = "city.sqlite3"
TORN = 4
"""At each moment, besides none and all of what was on its way, so many torn mixtures."""
MODE, IN_WAL = 18, b"\x02"
"""Where a database says that it is in WAL mode, and how."""
TO_WAL = "PRAGMA journal_mode=WAL"
ALONE = "PRAGMA locking_mode=EXCLUSIVE"
"""WAL without shared memory, which a VFS in Python does not give; the files are the same."""


@dataclass
class Run:
    """A trace as it was played on the disk."""

    begin: dict[str, bytes]
    log: Log
    states: list[str]
    """The database after each commit, in one word; the first is the one before all."""
    commits: list[int]
    """How many operations had been done when each commit returned."""
    confirmed: list[bool]
    """Whether something is confirmed to Telegram after the commit, so that it must stay."""


@dataclass
class Report:
    """What became of so many cuts."""

    cuts: int = 0
    moments: int = 0
    transactions: int = 0
    lost: int = 0
    """Cuts after which something confirmed was gone."""
    corrupt: int = 0
    halves: int = 0
    """Cuts that left a transaction half done."""
    by_file: Counter[str] = field(default_factory=Counter)
    """Cuts after an operation on each kind of file."""
    wrong: list[str] = field(default_factory=list)


def play(trace: Trace, folder: Path, *, synchronous: str = "", begin: Path | None = None) -> Run:
    """Run a trace on the logging disk.

    `synchronous` replaces the product's own (a control); `begin` is a file that is there already.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if begin is not None:
        shutil.copyfile(begin, folder / DATABASE)
    start = {DATABASE: begin.read_bytes()} if begin is not None else {}
    log = Log()
    vfs = PowerVFS(log)
    player = _Player(folder / DATABASE, log, synchronous)
    first = word(start.get(DATABASE, b""))
    for step in trace.steps:
        player.do(step)
    player.close()
    vfs.unregister()
    return Run(start, log, [first, *player.states], player.commits, player.confirmed)


class _Player:
    def __init__(self, file: Path, log: Log, synchronous: str) -> None:
        self._file = file
        self._log = log
        self._synchronous = synchronous
        self._connections: dict[int, apsw.Connection] = {}
        self._pragmas: dict[int, list[str]] = {}
        self.states: list[str] = []
        self.commits: list[int] = []
        self.confirmed: list[bool] = []

    def do(self, step: Step) -> None:
        if step.words == OPEN:
            self._open(step.connection)
        elif step.words == CLOSE:
            self._connections.pop(step.connection).close()
        else:
            self._run(step)

    def _open(self, number: int) -> None:
        connection = self._connections[number] = apsw.Connection(str(self._file), vfs=VFS)
        self._pragmas[number] = []
        if self._file.read_bytes()[MODE : MODE + 1] == IN_WAL:
            connection.execute(ALONE)
        if self._synchronous:
            connection.execute(f"PRAGMA synchronous={self._synchronous}")

    def _run(self, step: Step) -> None:
        connection = self._connections[step.connection]
        if step.words.startswith("PRAGMA"):
            self._pragmas[step.connection].append(step.words)
            if "synchronous" in step.words and self._synchronous:
                return
            if step.words == TO_WAL:
                connection.execute(ALONE)
        if len(step.rows) == 1:
            connection.execute(step.words, step.rows[0])
        else:
            connection.executemany(step.words, step.rows)
        if step.words in {COMMIT, TO_WAL}:
            self._keep(step, word(connection.serialize("main")))

    def _keep(self, step: Step, state: str) -> None:
        """A state that must be found whole; what a writer has changed is confirmed then."""
        writer = any(TO_WAL in words for words in self._pragmas[step.connection])
        changed = state != (self.states or [""])[-1]
        self.commits.append(len(self._log.done))
        self.states.append(state)
        self.confirmed.append(writer and changed and step.words == COMMIT)

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()


def word(database: bytes) -> str:
    """A database in one word; what was asked for lately is known by a look."""
    for known, its_word in _LATELY:
        if known == database:
            return its_word
    found = hashlib.sha1(database, usedforsecurity=False).hexdigest()
    _LATELY.appendleft((database, found))
    return found


_LATELY: deque[tuple[bytes, str]] = deque(maxlen=6)
"""Most cuts leave one of the same two or three: to compare costs a tenth of a digest."""


def cut(run: Run, folder: Path, moments: Iterable[int], seed: int) -> Report:
    """Cut the power after each of these operations, in each of the ways."""
    report = Report(transactions=len(run.commits))
    random = Random(seed)  # noqa: S311 - chance, not secrecy
    disk, bench, wanted = Disk(run.begin), _Bench(folder, run.states), set(moments)
    for number, io in enumerate(run.log.done, 1):
        disk.do(io)
        if number not in wanted:
            continue
        report.moments += 1
        allowed = _allowed(run, number)
        for image in _images(disk, random):
            report.cuts += 1
            report.by_file[io.file.rpartition("-")[2] or "folder"] += 1
            _judge(report, run, allowed, bench.open(image), number)
    return report


def _images(disk: Disk, random: Random) -> Iterator[Mapping[str, Content]]:
    """What the disk may hold: none, all, or pieces of what was on its way."""
    yield disk.after_a_cut(None, kept=False)
    if disk.waits:
        yield disk.after_a_cut(None, kept=True)
        for _ in range(TORN):
            yield disk.after_a_cut(random, kept=False)


def _allowed(run: Run, number: int) -> Sequence[str]:
    """The states that the database may be in: from the last confirmed one to the one under way."""
    done = sum(at <= number for at in run.commits)
    sure = max((n + 1 for n in range(done) if run.confirmed[n]), default=0)
    return run.states[sure : done + 2]


def _judge(report: Report, run: Run, allowed: Sequence[str], found: str, number: int) -> None:
    if found in allowed:
        return
    if not found:
        report.corrupt += 1
        report.wrong.append(f"corrupt after {number}")
    elif found in run.states:
        report.lost += 1
        report.wrong.append(f"lost after {number}")
    else:
        report.halves += 1
        report.wrong.append(f"half done after {number}")


class _Bench:
    """Where images of the disk are put and opened."""

    def __init__(self, folder: Path, states: Sequence[str]) -> None:
        self._folder = folder
        self._whole = frozenset(states)
        self._lies: Content | None = None
        """The database that lies there already: nothing has written to it since."""
        self._seen: tuple[Mapping[str, Content] | None, str] = (None, "")
        """The last files of which all were surely on the disk, and what was found in them."""

    def open(self, files: Mapping[str, Content]) -> str:
        """The database as a start finds it, in one word; none if it is corrupt."""
        if not all(isinstance(data, bytes) for data in files.values()):
            return self._opened(files)
        seen, found = self._seen
        # Between two syncs a cut that keeps nothing leaves the very same files.
        if seen is None or not _the_same(seen, files):
            found = self._opened(files)
            self._seen = (files, found)
        return found

    def _opened(self, files: Mapping[str, Content]) -> str:
        # A log is read through without a change; a journal is rolled back into the database.
        only_read = f"{DATABASE}-wal" in files and f"{DATABASE}-journal" not in files
        self._lay(files)
        if not only_read:
            self._lies = None
        flags = apsw.SQLITE_OPEN_READONLY if only_read else WRITABLE
        connection = apsw.Connection(str(self._folder / DATABASE), flags=flags)
        try:
            content = connection.serialize("main")  # of a corrupt one it may be none
            found = word(content or b"")
            if not content or found not in self._whole:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except apsw.Error:
            return ""
        else:
            return found
        finally:
            connection.close()

    def _lay(self, files: Mapping[str, Content]) -> None:
        lies = self._lies is not None and files.get(DATABASE) is self._lies
        for old in {old.name for old in self._folder.iterdir()} - files.keys():
            (self._folder / old).unlink()
        for name, data in files.items():
            if not (lies and name == DATABASE):
                (self._folder / name).write_bytes(data)
        database = files.get(DATABASE)
        self._lies = database if isinstance(database, bytes) else None


def _the_same(one: Mapping[str, Content], other: Mapping[str, Content]) -> bool:
    return one.keys() == other.keys() and all(one[name] is other[name] for name in one)


WRITABLE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
