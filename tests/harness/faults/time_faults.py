"""F33 and F34: what clocks and calendars may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road

NIGHTS = (
    ("Europe/Berlin", datetime(2026, 3, 29, 1, 50)),  # noqa: DTZ001 - its zone is beside it
    ("Europe/Berlin", datetime(2026, 10, 25, 2, 50)),  # noqa: DTZ001 - the first of the two
    ("America/New_York", datetime(2026, 11, 1, 1, 50)),  # noqa: DTZ001 - likewise
    ("Asia/Shanghai", datetime(2028, 2, 29, 16, 45)),  # noqa: DTZ001 - a leap day
    ("Australia/Lord_Howe", datetime(2026, 10, 4, 1, 55)),  # noqa: DTZ001 - half an hour only
)
"""Minutes before the city's clock is put elsewhere, and a day that most years do not have."""
OTHERS = ("Europe/Berlin", "Asia/Tokyo", "America/New_York")


def f33(bench: Bench, _road: Road) -> None:
    """The machine's clock is an hour off, or some seconds, and is put right again."""
    hour = timedelta(hours=bench.random.choice((-1, 1)))
    begin = bench.moment(0, 0.5)
    bench.at(begin, lambda: _turn(bench, hour))
    bench.at(begin + timedelta(seconds=bench.random.uniform(60, 500)), lambda: _turn(bench))
    bench.at(bench.moment(), lambda: _step(bench))


def _turn(bench: Bench, off: timedelta = timedelta()) -> None:
    bench.machine.turn(off)
    bench.ends(bench.now)


def _step(bench: Bench) -> None:
    _turn(bench, timedelta(seconds=-bench.random.uniform(0.1, 30)))
    bench.later(20, lambda: _turn(bench))


def f34_before(bench: Bench) -> None:
    """The road begins shortly before the clocks of the city are put elsewhere."""
    bench.zone, start = bench.random.choice(NIGHTS)
    bench.start = start.replace(tzinfo=ZoneInfo(bench.zone))


def f34(bench: Bench, _road: Road) -> None:
    """Summer time begins or ends, a leap day; or the city is moved to another zone."""
    if bench.random.random() < 0.4:
        bench.at(bench.moment(), lambda: _move(bench))


def _move(bench: Bench) -> None:
    """The configuration names another zone, and the bot is started again."""
    zone = bench.random.choice(OTHERS)
    bench.settings = replace(bench.settings, city=replace(bench.settings.city, timezone=zone))
    bench.moved = bench.now
    bench.restart(5)
