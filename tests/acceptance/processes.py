"""The product's programs as processes of their own, started and stopped as people do."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from importlib import resources
from typing import TYPE_CHECKING

import aiohttp

from tests import databases
from tests.acceptance.city import City
from tests.fakes import programs

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

ROOT = programs.ROOT
ENGLISH = ("--lang", "en")
STOPS_WITHIN = 30.0
"""Seconds for an orderly stop on a busy machine; a stop that waits for hanging calls takes 600."""
PATIENCE = 60
"""Seconds for a program to start, or to run to its end, on a busy machine."""


async def start(*words: str, log: Path | None = None) -> Process:
    """Start `xunchaqun WORDS`; its stdout is a pipe, its log lines go to a file if one is given."""
    if log is None:
        return await programs.start(*ENGLISH, *words)
    with log.open("ab") as lines:
        return await programs.start(*ENGLISH, *words, errors=lines)


@asynccontextmanager
async def running(*words: str, log: Path | None = None) -> AsyncIterator[Process]:
    """`xunchaqun WORDS` at work; it does not outlive the block, even when a test fails there."""
    process = await start(*words, log=log)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def finished(*words: str) -> tuple[int, str, str]:
    """Run `xunchaqun WORDS` to its end: exit code, stdout, stderr."""
    async with running(*words) as process:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def stopped(process: Process, number: int) -> int:
    """Send a signal; the exit code, which must come in time."""
    process.send_signal(number)
    return await asyncio.wait_for(process.wait(), STOPS_WITHIN)


async def address_of(process: Process) -> str:
    """The address that a program's first line names."""
    assert process.stdout is not None
    first = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", first)
    assert found is not None, first
    return found[0]


@asynccontextmanager
async def simulator(at: str) -> AsyncIterator[City]:
    """`xunchaqun simulator` alone, and the people of its town; the clock runs from `at` on."""
    process = await start("simulator", "--port", "0", "--clock", at)
    try:
        base = await address_of(process)
        async with aiohttp.ClientSession() as session:
            town = City(session, base)
            await town.meet()
            yield town
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def configured(folder: Path, base: str) -> Path:
    """The sample town's configuration for a bot in another process."""
    text = resources.files("bot").joinpath("data/sample_town.toml").read_text(encoding="utf-8")
    file = folder / "config.toml"
    top = f'data = "data"\nfollow_clock = "{base}"\n'
    text = text.replace("[telegram]", f'[telegram]\napi_base = "{base}"\npoll_seconds = 5', 1)
    url = databases.url_for(folder / "data")
    text += f'\n[database]\nurl = "{url}"\n' if url else ""
    file.write_text(top + text, encoding="utf-8")
    return file
