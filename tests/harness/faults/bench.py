"""One run: the sample town, a short road of cases through it, a product that lives and dies.

Time is simulated, nothing waits for real time, and chance comes from one seed: the same names of
faults with the same seed give the same run.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from alembic import command
from typing_extensions import override

from bot.config import sample
from bot.config.settings import Watch
from simulator import Simulator
from simulator.faults import Fault, Faults, Target
from simulator.gateway import Gateway
from storage import migrate
from storage.engines import migration_engine
from tests.harness.faults.inline import Cut, InlineLoop, TurnClock
from tests.harness.faults.lives import BASE, ROW, Life, Tally
from tests.harness.faults.skew import MachineClock
from tests.soak.stage import ZONE, Heard, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.assembly import Product
    from bot.config import Settings
    from simulator.chats import Chat

START = datetime(2026, 3, 10, 16, 51, tzinfo=ZONE)
"""A Tuesday, so that the report of 17:00 is near."""
LENGTH = 600
"""Seconds that the road takes when nothing goes wrong."""
RESTART = timedelta(seconds=3)
"""How soon whoever watches over the process starts it again."""
OPEN_CHATS = ("supervisor01", "repairer02")
"""Who has a private chat with the bot."""
CLIENT_PATIENCE = timedelta(seconds=60)
"""A call's longest time: a slower answer is none."""
SERIOUS = frozenset(
    {"delivery.untold", "delivery.unworded", "due.failed", "receiver.quarantined", "task.stuck"}
)
"""Actions of the log that no fault may cause."""


class CountedFaults(Faults):
    """Tells when a fault struck last."""

    struck: Callable[[Fault], None] = staticmethod(lambda _fault: None)

    @override
    def strike(self, kinds: set[str], target: Target) -> Fault | None:
        fault = super().strike(kinds, target)
        if fault is not None:
            type(self).struck(fault)
        return fault


class Ears(logging.Handler):
    """Keeps what the product logs that no fault excuses."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    @override
    def emit(self, record: logging.LogRecord) -> None:
        action = getattr(record, "action", "")
        if action in SERIOUS:
            reason = f": {record.exc_info[1]!r}" if record.exc_info else ""
            self._heard.append(f"{action}: {record.getMessage()}{reason}")


@dataclass(slots=True, repr=False, eq=False)
class Bench:
    """What the faults of a run work on."""

    folder: Path
    random: Random
    start: datetime = START
    zone: str = "Asia/Shanghai"
    moved: datetime | None = None
    """When the city was moved to another zone, if it was; which, its settings tell."""
    album: int = 3
    old_tables: bool = False
    """Begin with the tables of an earlier version."""
    watched: bool = True
    """Whether somebody starts the product again when it has died."""
    deaf: set[str] = field(default_factory=set)
    """Why Telegram does not tell the bot what people do now, or drops it: people wait."""
    rules: list[Callable[[str], None]] = field(default_factory=list)
    """Asked at each point that the product passes."""
    settings: Settings = field(init=False)
    clock: TurnClock = field(init=False)
    machine: MachineClock = field(init=False)
    simulator: Simulator = field(init=False)
    gateway: Gateway = field(init=False)
    stage: Stage = field(init=False)
    _spawned: list[asyncio.Task[Any]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    heard: list[Heard] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    last: datetime = field(init=False)
    """When the last fault was over."""
    excused: set[str] = field(default_factory=set)
    """What a fault of this run makes right: `photos` that are not there, second `cards`, `lives`
    that end by themselves, a `report` whose reader cannot be reached."""
    undo: list[Callable[[], None]] = field(default_factory=list)
    """What must be put back after the run."""
    extra: set[str] = field(default_factory=set)
    """Places of further reports, which must become cases too."""

    def open(self) -> None:
        """Build the town; the product does not live yet."""
        self.clock = TurnClock(self.start, frozen=True)
        loop = asyncio.get_running_loop()
        if isinstance(loop, InlineLoop):
            loop.clock = self.clock
        self.last = self.clock.now()
        self.machine = MachineClock(self.clock)
        self.simulator = Simulator(clock=self.clock)
        world = self.simulator.world
        world.faults = CountedFaults(random=Random(self.random.random()))  # noqa: S311 - replays
        CountedFaults.struck = self._struck
        self.stage = Stage(self.simulator)
        self.stage.listener = self._hears
        for who in OPEN_CHATS:
            world.private_chat(self.stage.ids[who], world.first_bot.id)
        self.settings = settings(self.folder, self.zone)
        self.gateway = Gateway(world)
        lay_database(self.folder, self.stage.ids, old=self.old_tables)

    def close(self) -> None:
        """Put back what a fault replaced."""
        for put_back in reversed(self.undo):
            put_back()

    def replace(self, owner: object, name: str, value: object) -> None:
        """Let something be another thing until the end of the run."""
        self.undo.append(partial(setattr, owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that takes its time."""
        task = asyncio.get_running_loop().create_task(work)
        self._spawned.append(task)

    # The product's lives.

    def begin(self) -> None:
        """Start the product."""
        if self.lives:
            self._note_doubts()
        life = self.new_life()
        life.ended = self._died
        life.begin()

    def new_life(self) -> Life:
        """A process that nobody watches over; it does not run yet."""
        life = Life(self.simulator, self.settings, self.machine, self.tally, self.passes)
        life.migrates = self.old_tables
        self.lives.append(life)
        return life

    @property
    def life(self) -> Life | None:
        """The product that lives."""
        return next((life for life in reversed(self.lives) if not life.over), None)

    @property
    def product(self) -> Product | None:
        """The same, once it is put together."""
        return self.life.product if self.life else None

    def passes(self, point: str) -> None:
        """The product passes a point: a rule may fail it there, or end its life."""
        for rule in tuple(self.rules):
            rule(point)

    def kill(self) -> None:
        """SIGKILL, now."""
        if self.life is not None:
            self.life.cut()
            self.ends(self.clock.now())
            self.later(RESTART.total_seconds(), self._again)

    def cut(self) -> None:
        """SIGKILL at the very point where this is called."""
        self.kill()
        raise Cut

    def revive(self) -> None:
        """Start it again, if nothing lives."""
        if self.life is None:
            self.begin()

    def restart(self, seconds: float) -> None:
        """SIGTERM; it is started again so many seconds later, but not before it has ended."""
        life = self.life
        if life is not None:
            life.stop()
        self.ends(self.now)
        self.later(seconds, lambda: self._after(life))

    def _after(self, life: Life | None) -> None:
        if life is None or life.over:
            self._again()
        else:
            self.later(1, lambda: self._after(life))

    def in_life(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let the living product do something, as if it had been called over the network."""
        if self.life is not None:
            self.life.do(work)

    def _died(self, life: Life) -> None:
        if life.failure is not None:
            starting = life.ready is None and "starts" in self.excused
            if "lives" not in self.excused and not starting:
                self.wrong.append(f"the product died: {life.failure!r} {life.failure.__cause__!r}")
            self.later(RESTART.total_seconds(), self._again)

    def _again(self) -> None:
        if self.watched:
            self.revive()

    def _note_doubts(self) -> None:
        """A row found as being sent was cut off: nobody knows whether it was."""
        with sqlite3.connect(self.folder / "xunchaqun.sqlite3") as db:
            try:
                for (row,) in db.execute("SELECT id FROM outbox WHERE state = 'sending'"):
                    self.tally.doubtful[row] += 1
            except sqlite3.OperationalError:
                pass  # an older database has its tables still to come
        db.close()

    # When things happen.

    @property
    def now(self) -> datetime:
        """The true moment."""
        return self.clock.now()

    def moment(self, first: float = 0.05, last: float = 0.8) -> datetime:
        """Any moment of the road, its length being 1."""
        return self.start + timedelta(seconds=self.random.uniform(first, last) * LENGTH)

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do it then."""
        self.clock.call_at(moment, act)

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do it so many seconds from now."""
        self.at(self.now + timedelta(seconds=seconds), act)

    def ends(self, moment: datetime) -> None:
        """A fault goes on until then."""
        self.last = max(self.last, moment)

    def order(self, kind: str, **how: object) -> Fault:
        """Let the simulator go wrong."""
        return self.simulator.world.faults.order(kind, **how)

    def order_at(self, moment: datetime, kind: str, **how: object) -> None:
        """Let the simulator go wrong from then on."""
        self.at(moment, lambda: _nothing(self.order(kind, **how)))

    def _struck(self, fault: Fault) -> None:
        length = timedelta(seconds=fault.seconds)
        if fault.kind in {"delay", "late_reply"}:
            length = min(length, CLIENT_PATIENCE)
        elif fault.kind == "rate_limit":
            length = timedelta(seconds=fault.retry_after)
        self.ends(self.now + length)

    # What stands in the chats.

    @property
    def group(self) -> Chat:
        """The group, by whatever id it has now."""
        return self.simulator.world.groups[self.stage.group]

    def _hears(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.tally.told[ROW.get()] += 1


def _nothing(_: object) -> None:
    """An order is given, and its number is of no use."""


@cache
def _sample() -> Settings:
    """The sample town without its managers' group: fewer words, the same road."""
    town = sample({})
    telegram = replace(town.telegram, api_base=BASE, poll_seconds=50)
    blind = Watch(audit_seconds=0)
    return replace(town, telegram=telegram, groups=town.groups[:1], watch=blind)


def settings(folder: Path, zone: str) -> Settings:
    """The configuration of a run."""
    town = _sample()
    return replace(town, data=folder, city=replace(town.city, timezone=zone))


EARLIER = "0001"


@cache
def _tables(revision: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite"
        engine = migration_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            command.upgrade(migrate.alembic_config(connection), revision)
        engine.dispose()
        return file.read_bytes()


@cache
def _peopled(revision: str, accounts: tuple[tuple[str, int], ...]) -> bytes:
    """Everybody was seen before: nobody is greeted on the road."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.sqlite"
        file.write_bytes(_tables(revision))
        with sqlite3.connect(file) as db:
            db.executemany(
                "INSERT INTO people (person, account, bound_at, language, private)"
                " VALUES (?, ?, '2026-01-05T01:00:00+00:00', 'zh', ?)",
                [
                    (who, str(account), str(account) if who in OPEN_CHATS else "")
                    for who, account in accounts
                ],
            )
        db.close()
        return file.read_bytes()


def lay_database(folder: Path, ids: dict[str, int], *, old: bool) -> None:
    """The tables, and the people in them."""
    roster = {person.username for person in _sample().people}
    accounts = tuple((who, account) for who, account in ids.items() if who in roster)
    revision = EARLIER if old else "head"
    (folder / "xunchaqun.sqlite3").write_bytes(_peopled(revision, accounts))
