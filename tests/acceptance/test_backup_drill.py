"""The drill: a bot at work, a backup beside it, the machine lost, and the same city on another."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import zipfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from typing_extensions import override

from bot.assembly import running
from bot.cli import main
from bot.config import load
from simulator import Simulator
from simulator.clock import SimulatedClock
from storage.digests import digests
from storage.engines import migration_engine
from tests.acceptance.city import MORNING, SMALL, City, jpeg
from tests.acceptance.processes import configured
from tests.databases import rows
from tests.fakes.lent_processes import lent_worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.assembly import Product
    from storage.digests import TableDigest

TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
AT_WORK = 6
"""Cases that are open when the backups begin."""


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What the database's own log lines tell: a write that failed or was tried again."""
    told: list[str] = []

    class Listening(logging.Handler):
        @override
        def emit(self, record: logging.LogRecord) -> None:
            if getattr(record, "action", "") != "storage.upgraded":
                told.append(record.getMessage())

    storage, handler = logging.getLogger("storage"), Listening()
    level = storage.level
    storage.addHandler(handler)
    storage.setLevel(logging.DEBUG)
    yield told
    storage.removeHandler(handler)
    storage.setLevel(level)


class _Machine:
    """Where the bot runs; the clock asks it whether there is anything to do."""

    def __init__(self, simulator: Simulator, clock: SimulatedClock) -> None:
        self._simulator = simulator
        self._clock = clock
        self._product: Product | None = None
        clock.add_probe(lambda: self._product is None or self._product.idle)

    @asynccontextmanager
    async def running(self, config: Path) -> AsyncIterator[City]:
        """The bot of a configuration at work, and the people of its town."""
        settings = await asyncio.to_thread(load, config, {"XUNCHAQUN_TELEGRAM_TOKEN": TOKEN})
        async with aiohttp.ClientSession() as session:
            town = City(session, self._simulator.base_url)
            await town.meet()
            async with running(settings, self._clock, lent_worker()) as self._product:
                await town.advance(seconds=1)
                yield town
            self._product = None


async def _worked_through(town: City, work: asyncio.Task[int]) -> int:
    """Photos and presses go on until the work is over; how many cases came meanwhile."""
    count = 0
    while not work.done():
        await _case(town, 100 + count)
        count += 1
    assert await work == 0
    return count


async def _case(town: City, shade: int) -> None:
    data = jpeg(f"#{shade * 0x1F3D % 0x1000000:06x}")
    photo = await town.photo("officer01", SMALL, data=data, settle=40)
    card = await town.card(photo)
    assert "接单成功" in await town.press("repairer01", card["message_id"], "接单")


def _ledger(folder: Path) -> dict[str, TableDigest]:
    engine = migration_engine(f"sqlite:///{folder / 'data' / 'xunchaqun.sqlite3'}")
    with engine.begin() as connection:
        found = digests(connection)
    engine.dispose()
    return found


async def test_a_city_backed_up_under_load_goes_on_elsewhere_after_its_machine_is_lost(
    tmp_path: Path, troubles: list[str]
) -> None:
    """No write fails, ledger and photos are those of the moment, the next number comes next."""
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "town.zip"
    old.mkdir()
    new.mkdir()
    clock = SimulatedClock(MORNING, frozen=True)
    async with Simulator(clock=clock) as simulator:
        machine = _Machine(simulator, clock)
        config = configured(old, simulator.base_url)
        async with machine.running(config) as town:
            for number in range(AT_WORK):
                await _case(town, number)
            words = ["backup", str(file), "--config", str(config)]
            backup = asyncio.ensure_future(asyncio.to_thread(main, words, {}))  # noqa: TID251 - a test has no nursery
            beside = await _worked_through(town, backup)
        assert beside, "the backup was over before anything could happen beside it"
        assert troubles == []
        words = ["restore", str(file), "--config", str(new / "config.toml")]
        assert await asyncio.to_thread(main, words, {}) == 0
        with zipfile.ZipFile(file) as archive:
            told = json.loads(archive.read("manifest.json"))["tables"]
        ledger = _ledger(new)
        assert {name: one.sha256 for name, one in ledger.items()} == {
            name: one["sha256"] for name, one in told.items()
        }
        before = ledger["cases"].rows
        assert AT_WORK <= before <= AT_WORK + beside
        _see_photos(old, new, AT_WORK)
        async with machine.running(new / "config.toml") as town:
            await _case(town, 1000)
    numbers = [number for (number,) in rows(new / "data", "SELECT number FROM cases ORDER BY id")]
    assert [int(number[-4:]) for number in numbers] == list(range(1, before + 2))


def _see_photos(old: Path, new: Path, least: int) -> None:
    """Each photo that a row of the new city names lies on its shelf, as it lay on the old one."""
    kept = rows(new / "data", "SELECT DISTINCT sha256 FROM photos WHERE sha256 <> ''")
    assert len(kept) >= least
    for (digest,) in kept:
        path = f"data/photos/{digest[:2]}/{digest[2:4]}/{digest}"
        data = (new / path).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
        assert data == (old / path).read_bytes()
