"""Plays one run and says what went wrong in it."""

from __future__ import annotations

import asyncio
import gc
import logging
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.harness.faults import checks
from tests.harness.faults.bench import Bench, Ears
from tests.harness.faults.inline import InlineLoop
from tests.harness.faults.lives import on_the_bench
from tests.harness.faults.road import DANGER, SMALL, Road

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.harness.faults.matrix import Fault

    Told = Callable[[list[str]], None]

_SHARED = Path("/dev/shm")  # noqa: S108 - a folder of our own is made below it
MEMORY = _SHARED if _SHARED.is_dir() else None
STEP = timedelta(seconds=30)
AWAY = timedelta(minutes=3)
"""A step while nothing lives."""
LEAST = timedelta(minutes=11)
"""Until after the report of 17:00."""
LIVES = 60
"""A product that dies more often does not live any more."""
MOST = timedelta(minutes=45)
"""By then everybody has done everything, whatever went wrong."""


async def run(
    faults: Iterable[Fault], seed: str, places: tuple[str, ...] = (SMALL, DANGER)
) -> list[str]:
    """Go the roads of these places with these faults; what went against the promises."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    bench = Bench(folder, Random(seed))  # noqa: S311 - a run must repeat
    try:
        return await _played(bench, list(faults), places)
    finally:
        bench.close()
        shutil.rmtree(folder)


ROADS = ((SMALL,), (DANGER,))
"""Each run goes one of the two; the seed says which."""


def play(
    runs: Iterable[tuple[Iterable[Fault], str]], tell: Told = lambda _: None, *, first: int = 0
) -> list[str]:
    """Play runs (faults and seed) one after another; what went wrong, with names and seeds.

    `first` is which of the roads the first of them goes.
    """
    wrong: list[str] = []
    gc.freeze()  # what other tests have left
    gc.disable()  # to look through it again and again takes a tenth of the time
    try:
        with on_the_bench(), asyncio.Runner(loop_factory=InlineLoop) as runner:
            for number, (faults, seed) in enumerate(runs, first):
                struck = list(faults)
                name = "+".join(fault.name for fault in struck)
                places = ROADS[number % len(ROADS)]
                found = runner.run(run(struck, f"{name} {seed}", places))
                wrong += [f"{name} {seed} {places[0]}: {one}" for one in found]
                tell(wrong)
                gc.collect(1)  # what is young
    finally:
        gc.collect()
        gc.unfreeze()
        gc.enable()
    return wrong


async def _played(bench: Bench, faults: list[Fault], places: tuple[str, ...]) -> list[str]:
    for fault in faults:
        if fault.before is not None:
            fault.before(bench)
    bench.open()
    road = Road(bench, places)
    ears = Ears(bench.wrong)
    logging.getLogger().addHandler(ears)
    try:
        for fault in faults:
            fault.strike(bench, road)
        bench.begin()
        road.plan()
        await _walk(bench, road)
        bench.wrong += checks.unsent(bench)
        await _end(bench)
    finally:
        logging.getLogger().removeHandler(ears)
    left = checks.read(bench)
    return list(dict.fromkeys(checks.violations(bench, road, left)))


async def _walk(bench: Bench, road: Road) -> None:
    """Until all is done and told, and a minute longer."""
    quiet = bench.start
    end = bench.start + LEAST
    while bench.now < end or bench.now < bench.last + checks.QUIET or not road.done:
        await bench.clock.advance(STEP if bench.life else AWAY)
        if quiet < bench.last and bench.now >= bench.last + checks.QUIET:
            quiet = bench.now
            bench.wrong += [f"{one}, a minute after the last fault" for one in checks.unsent(bench)]
        late = bench.now > bench.last + MOST and not road.done
        if late or len(bench.lives) > LIVES:
            bench.wrong.append(f"not done: {road.left}, {road.states()}")
            return
    await bench.clock.advance(checks.QUIET)
    # A fault that struck in this last minute has one of its own.
    while bench.now < bench.last + checks.QUIET:
        await bench.clock.advance(STEP if bench.life else AWAY)
    # The next try of a photo may be ten minutes away by then, and must be made.
    end = bench.now + checks.LONGEST_UNTRIED
    while bench.now < end and checks.photos_wait(bench):
        await bench.clock.advance(STEP)


async def _end(bench: Bench) -> None:
    """Stop what lives, in order."""
    bench.watched = False
    for life in bench.lives:
        life.stop()
    await bench.clock.advance(timedelta(seconds=10))
    if any(not life.over for life in bench.lives):
        bench.wrong.append("the product does not stop within ten seconds")
