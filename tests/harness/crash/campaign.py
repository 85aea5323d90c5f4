"""Kill after kill: at every named point, at random moments, and again while it recovers."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.harness.crash import checks
from tests.harness.crash.arms import ARMS
from tests.harness.crash.child import lay_tables
from tests.harness.crash.cradle import Cradle
from tests.harness.crash.life import DeadError
from tests.harness.crash.rounds import ROUNDS
from tests.harness.crash.scenes import Street
from tests.harness.crash.town import Town
from tests.harness.folders import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.harness.crash.rounds import Round, Scene

AT_RANDOM = 0.12
"""The part of the scenes whose life is killed at a random moment, not at a point."""
LONGEST_LIFE = 0.12
"""Seconds of the longest of those lives."""
AGAIN = 0.08
"""How often a kill is followed by more of them, in the middle of the recovery."""
IN_A_ROW = 5
TRIES = 3
"""How often a scene is begun, if the life that should see it dies before anything happens."""
MOST_PASSED = 12
"""A life is not let past its point more often than this."""
MOST = 3
"""How many times the kills asked for may be made until every point was met."""
HEALING = timedelta(minutes=3)
"""What a bot may take to say again what was not surely said."""
AT_REST = "at rest"
"""What such kills are called: they prove little, and are not counted among the others."""
Passed = Counter[str]


@dataclass
class Report:
    """What a campaign has done and found."""

    points: tuple[str, ...]
    kills: Counter[str] = field(default_factory=Counter)
    """At each point; the random ones under `at random`."""
    in_recovery: int = 0
    doubled: int = 0
    ambiguous: int = 0
    rounds: int = 0
    cases: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        """All kills but those of a life that rested."""
        return self.kills.total() - self.kills[AT_REST]

    @property
    def lost(self) -> int:
        """Photos that never became a case."""
        return sum("opened 0 cases" in words for words in self.wrong)

    @property
    def unreached(self) -> list[str]:
        """Points at which nothing was ever killed."""
        return [point for point in self.points if not self.kills.get(point)]


class Campaign:
    """Plays rounds until so many kills were made."""

    def __init__(self, points: Sequence[str], seed: int, rounds: Sequence[Round] = ROUNDS) -> None:
        self._rounds = rounds
        self.report = Report(tuple(points))
        self._random = Random(seed)  # noqa: S311 - chance, not secrecy
        self._census: dict[str, list[Passed]] = {}
        self._places: Counter[str] = Counter()
        """In how many scenes each point is passed."""
        self._tries: Counter[str] = Counter()
        self._aimed = ("", 0)
        self._thorough = self._rounds == ROUNDS

    async def rehearse(self) -> list[str]:
        """Play each round without a kill, and learn what every scene comes by.

        Returns what is wrong even then: nothing.
        """
        wrong: list[str] = []
        for one in self._rounds:
            with folder() as home:
                lay_tables(Path(home))
                town = Town(Path(home), one.begin)
                street = Street(town)
                passed = [await self._rehearsed(s, street) for s in one.scenes]
                self._census[one.name] = _together(one.scenes, passed)
                wrong += await self._judged(one, street, checks.Marks())
        return wrong

    async def _rehearsed(self, scene: Scene, street: Street) -> Passed:
        life = street.town.new_life()
        await life.rehearse()
        await scene(street)
        passed = Counter(ARMS.passed)
        self._places.update(set(passed))
        await life.end()
        return passed

    async def kill(self, kills: int, tell: Callable[[Report], None] | None = None) -> None:
        """Play rounds until there were so many kills, and one at least at each point."""
        with Cradle() as cradle:
            while self.report.killed < kills or (
                self.report.unreached and self.report.killed < MOST * kills and self._thorough
            ):
                await self.play(self._next_round(), cradle)
                if tell is not None:
                    tell(self.report)

    def _next_round(self) -> Round:
        """Each in turn, from the second time on the one that comes by most points not met."""
        turn = self.report.rounds % len(self._rounds)
        in_turn = (*self._rounds[turn:], *self._rounds[:turn])
        if self.report.rounds < len(self._rounds):
            return in_turn[0]
        unmet = set(self.report.unreached)
        return max(in_turn, key=lambda one: len(unmet & self._passed_in(one)))

    def _passed_in(self, one: Round) -> set[str]:
        return {point for passed in self._census[one.name] for point in passed}

    async def play(self, one: Round, cradle: Cradle) -> None:
        """One round, a kill in each scene."""
        with folder() as home, folder() as scratch:
            town = self._town(Path(home), one, cradle)
            street, marks = Street(town), checks.Marks()
            look = _Look(Path(home), Path(scratch), marks)
            for at, scene in enumerate(one.scenes):
                for _ in range(TRIES):
                    before = (town.stage.posts, town.clock.now())
                    await self._scene(scene, street, self._census[one.name][at], look)
                    if not self._dead(street) or before != (town.stage.posts, town.clock.now()):
                        break
                await self._rare(self._census[one.name][at], street, look)
                if self._dead(street) and self._random.random() < AGAIN:
                    await self._again(street, look)
            if town.life is not None and not town.life.dead:
                await town.life.end()
            wrong = await self._judged(one, street, marks)
            self.report.wrong += [f"{one.name} {self.report.rounds}: {words}" for words in wrong]
            self.report.doubled += checks.doubled(street)
            self.report.ambiguous += marks.ambiguous.total()
            self.report.cases += len(street.affairs)
            self.report.rounds += 1

    def _town(self, home: Path, one: Round, cradle: Cradle) -> Town:
        """The first one makes its own tables, the others find them."""
        if self.report.rounds:
            lay_tables(home)
        return Town(home, one.begin, cradle)

    async def _scene(self, scene: Scene, street: Street, passed: Passed, look: _Look) -> None:
        if not self._dead(street) and self._aimed[0] not in passed:
            await self._at_rest(street, look)
        if self._dead(street):
            await self._new_life(street, passed)
        if self._random.random() < AT_RANDOM:
            await self._killed_at_random(scene, street)
        else:
            with suppress(DeadError):
                await scene(street)
        await self._over(street, look)

    async def _at_rest(self, street: Street, look: _Look) -> None:
        """Kill a life that waits for what this scene does not bring: the next is aimed at it."""
        if street.town.life is not None:
            self._aimed = (AT_REST, 0)
            await street.town.life.killed_now()
            await self._over(street, look)

    @staticmethod
    def _dead(street: Street) -> bool:
        return street.town.life is None or street.town.life.dead

    async def _rare(self, passed: Passed, street: Street, look: _Look) -> None:
        """What a kill cut off is done by the next life: chances for points not met so far."""
        for _ in range(TRIES if self._thorough else 0):
            unmet = Counter({p: n for p, n in passed.items() if not self.report.kills[p]})
            if not unmet or not self._dead(street):
                return
            await self._new_life(street, unmet)
            with suppress(DeadError):
                await Street.rest(street)
            await self._over(street, look)

    async def _again(self, street: Street, look: _Look) -> None:
        """Kill the next lives while they recover."""
        for _ in range(IN_A_ROW):
            if self._dead(street):
                await self._new_life(street, self._census[self._rounds[0].name][0])
            before = self.report.killed
            with suppress(DeadError):
                await Street.rest(street)
            await self._over(street, look)
            self.report.in_recovery += self.report.killed - before

    async def _new_life(self, street: Street, passed: Passed) -> None:
        self._aimed = self._aim(passed)
        await street.town.new_life().begin(self._aimed)

    def _aim(self, passed: Passed) -> tuple[str, int]:
        """The rarest of the points least killed at, of those that the scene comes by."""
        rank = {p: (self.report.kills[p] + self._tries[p] // 3, self._places[p]) for p in passed}
        least = min(rank.values())
        point = self._random.choice([point for point in passed if rank[point] == least])
        self._tries[point] += 1
        most = min(passed[point], MOST_PASSED)
        return point, self._random.choice((1, self._random.randint(1, most)))

    async def _killed_at_random(self, scene: Scene, street: Street) -> None:
        if street.town.life is None:
            return
        killing = street.town.life.killed_after(self._random.uniform(0, LONGEST_LIFE))
        self._aimed = ("at random", 0)
        async with asyncio.TaskGroup() as group:
            group.create_task(killing)
            with suppress(DeadError):
                await scene(street)

    async def _over(self, street: Street, look: _Look) -> None:
        """Count a death; a life that came past its point unharmed lives on."""
        life = street.town.life
        if life is None or not life.dead:
            return
        self.report.kills[self._aimed[0]] += 1
        if not await life.end():
            self.report.wrong.append("a life ended by itself, see lives.log")
        look.look()

    async def _judged(self, one: Round, street: Street, marks: checks.Marks) -> list[str]:
        """Let the last life live, and look at everything."""
        life = street.town.new_life()
        await life.rehearse()
        await street.town.walk(HEALING)
        await life.end()
        log = street.town.settings.data / "lives.log"
        told = log.read_text(encoding="utf-8") if log.exists() else ""
        return [
            *checks.at_the_end(street, marks, one.begin),
            *checks.of_the_rows(street),
            *(line for line in told.splitlines() if not _excused(line)),
        ]


def _together(scenes: Sequence[Scene], passed: Sequence[Passed]) -> list[Passed]:
    """Kills put off what falls due: each moment may be any of its round's.

    A life that was aimed at what comes later lives until then.
    """
    moments: Passed = Counter()
    for scene, found in zip(scenes, passed, strict=True):
        if scene is Street.moment:
            moments |= found
    return [
        moments if scene is Street.moment else found
        for scene, found in zip(scenes, passed, strict=True)
    ]


@dataclass
class _Look:
    """Looks at what a kill has left."""

    folder: Path
    scratch: Path
    marks: checks.Marks

    def look(self) -> None:
        """At once, before the next life."""
        checks.after_a_kill(self.folder, self.scratch, self.marks)


EXCUSED = ("not told", "perhaps told", "is in quarantine")


def _excused(line: str) -> bool:
    """What the scenes themselves bring about."""
    return any(words in line for words in EXCUSED)
