"""`/healthz` from outside: a bot that hears nothing says so, and is well again afterwards."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.assembly import running
from bot.config import sample
from bot.config.settings import Web
from scheduler.clock import SystemClock
from simulator import Simulator
from simulator.town import BOT_TOKEN
from tests import databases
from tests.acceptance import processes
from tests.acceptance.city import CAPTION, city, text_of
from tests.fakes import lent_processes
from tests.fakes.ports import held_port
from web.health import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PATIENCE = 100
"""Seconds that something may take on a busy machine."""
SILENT = timedelta(seconds=2.5)


class Watched:
    """A running bot, and the faults of its Telegram."""

    def __init__(self, session: aiohttp.ClientSession, sim: str, port: int) -> None:
        self.session = session
        self.sim = sim
        self.port = port

    async def health(self) -> tuple[int, list[str]]:
        """What the page says."""
        async with self.session.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
            told: dict[str, Any] = await answer.json()
            assert told["well"] is (answer.status == 200)
            return answer.status, [reason["what"] for reason in told["reasons"]]

    async def becomes(self, status: int, *reasons: str) -> None:
        """Wait until the page says this."""
        async with asyncio.timeout(PATIENCE):
            while await self.health() != (status, list(reasons)):  # noqa: ASYNC110 - from outside
                await asyncio.sleep(0.1)

    async def fault(self, kind: str, **more: object) -> None:
        """Order a fault that strikes again and again."""
        body = {"kind": kind, "method": "getUpdates", "count": 1000, **more}
        async with self.session.post(f"{self.sim}/sim/faults", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def no_faults(self) -> None:
        """All is as it should be."""
        async with self.session.delete(f"{self.sim}/sim/faults") as answer:
            assert answer.status == 200


@asynccontextmanager
async def watched(folder: Path, *, webhook: bool = False) -> AsyncIterator[Watched]:
    """The sample town's bot on the machine's clock, impatient."""
    with held_port() as port:
        town = replace(sample({}), data=folder)
        async with Simulator() as simulator, aiohttp.ClientSession() as session:
            telegram = replace(town.telegram, api_base=simulator.base_url, poll_seconds=1)
            settings = replace(
                town,
                telegram=telegram,
                web=Web(
                    listen=f"127.0.0.1:{port}",
                    webhook=f"http://127.0.0.1:{port}/telegram" if webhook else "",
                    share_port=True,
                ),
                health=Limits(patience=SILENT, disk_mb=0),
            )
            settings = await asyncio.to_thread(databases.housed, settings)
            async with running(settings, SystemClock()):
                yield Watched(session, simulator.base_url, port)


@pytest.mark.parametrize(
    ("kind", "more"), [("reset", {}), ("server_error", {}), ("delay", {"seconds": 3600})]
)
async def test_a_deaf_poller_is_not_well_and_is_well_again_when_it_hears(
    tmp_path: Path, kind: str, more: dict[str, object]
) -> None:
    """Connections that break, errors without end, answers that never come."""
    async with watched(tmp_path) as bot:
        await bot.becomes(200)
        await bot.fault(kind, **more)
        await bot.becomes(503, "deaf")
        await bot.no_faults()
        if kind != "delay":  # the answer that never comes is given up after eleven seconds
            await bot.becomes(200)


async def test_a_webhook_that_another_program_deletes_is_contested_and_set_again(
    tmp_path: Path,
) -> None:
    """As often as it is deleted; well again once nobody does."""
    async with watched(tmp_path, webhook=True) as bot:
        await bot.becomes(200)
        told = (200, list[str]())
        async with asyncio.timeout(PATIENCE):
            while told != (503, ["contested"]):
                async with bot.session.get(f"{bot.sim}/bot{BOT_TOKEN}/deleteWebhook") as answer:
                    assert answer.status == 200
                await asyncio.sleep(0.1)
                told = await bot.health()
        await bot.becomes(200)


async def test_a_disk_that_takes_no_photo_is_not_well(tmp_path: Path) -> None:
    """A file stands where the folder should be; once it is gone the photo is kept, however late."""
    with held_port() as port:
        web = Web(listen=f"127.0.0.1:{port}", share_port=True)
        (tmp_path / "photos").write_text("in the way", encoding="utf-8")
        async with city(tmp_path, change=partial(replace, web=web)) as town:
            bot = Watched(town.session, town.base, port)
            await town.photo("officer01", CAPTION)
            assert await bot.health() == (503, ["photos"])
            await town.advance(minutes=5)
            assert await bot.health() == (503, ["photos"])
            (tmp_path / "photos").unlink()
            await town.advance(seconds=20)
            assert await bot.health() == (200, [])
    assert databases.rows(tmp_path, "SELECT state FROM photos") == [("kept",)]


async def test_a_machine_that_starts_no_process_is_not_well_and_loses_no_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more open files, processes or memory: the picture is as good as it was."""
    full, start = True, lent_processes.lent

    async def starts() -> lent_processes.Lent:
        if full:
            raise OSError(errno.EMFILE, "Too many open files")
        return await start()

    monkeypatch.setattr(lent_processes, "lent", starts)
    with held_port() as port:
        web = Web(listen=f"127.0.0.1:{port}", share_port=True)
        async with city(tmp_path, change=partial(replace, web=web)) as town:
            bot = Watched(town.session, town.base, port)
            photo = await town.photo("officer01", CAPTION)
            await town.advance(minutes=5)
            assert await bot.health() == (503, ["photos"])
            full = False
            await town.advance(seconds=20)
            assert await bot.health() == (200, [])
            assert "照片打不开" not in text_of(await town.card(photo))
    assert databases.rows(tmp_path, "SELECT state FROM photos") == [("kept",)]


HOLDS_THE_PEN = """
import sqlite3, sys
city = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
city.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""
"""Another program that has begun to write and does not end, such as a hand-made repair."""


@pytest.mark.skipif(databases.usual() != databases.SQLITE, reason="the lock of an SQLite file")
async def test_a_database_that_another_process_has_locked_is_not_well(tmp_path: Path) -> None:
    """Polls succeed all the while; it is well again once the lock is gone, with nothing to do."""
    async with watched(tmp_path) as bot:
        await bot.becomes(200)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", HOLDS_THE_PEN, str(tmp_path / "xunchaqun.sqlite3")),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"locked\n"
            await bot.becomes(503, "writer")
        finally:
            process.kill()
            await process.wait()
        await bot.becomes(200)


@pytest.mark.timeout(300)
async def test_systemd_hears_of_start_life_and_stop_of_the_real_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """READY once it is at work and answers for its health, STOPPING at SIGTERM."""
    path = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", path)
    monkeypatch.setenv("WATCHDOG_USEC", "3000000")
    monkeypatch.setenv("XUNCHAQUN_WEB_SHARE_PORT", "yes")
    with held_port() as port, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(path)
        systemd.setblocking(False)  # noqa: FBT003 - the socket's own interface
        monkeypatch.setenv("XUNCHAQUN_WEB_LISTEN", f"127.0.0.1:{port}")
        async with Simulator() as simulator, aiohttp.ClientSession() as session:
            config = processes.configured(tmp_path, simulator.base_url)
            log = tmp_path / "run.log"
            async with processes.running("run", "--config", str(config), log=log) as process:
                told = await _lines(systemd, until="READY=1")
                await Watched(session, "", port).becomes(200)
                told += await _lines(systemd, until="WATCHDOG=1")
                await _is_there(tmp_path / "data" / "heartbeat")
                assert await processes.stopped(process, signal.SIGTERM) == 0
                told += await _lines(systemd, until="STOPPING=1")
    assert set(told) == {"READY=1", "WATCHDOG=1", "STOPPING=1"}


async def _is_there(file: Path) -> None:
    """The heartbeat is written after systemd is told, by a thread of its own."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(file.exists):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.05)


async def _lines(systemd: socket.socket, *, until: str) -> list[str]:
    """What systemd is told, up to this line."""
    found: list[str] = []
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE):
        while until not in found:
            found += (await loop.sock_recv(systemd, 4096)).decode().splitlines()
    return found
