"""What all tests share."""

from __future__ import annotations

import gc
import os
import shutil
import ssl
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web_app

from tests import canary, databases
from tests.fakes import drawn_samples
from tests.fakes.logs_as_before import logging_as_before
from tests.integration import postgres

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

__all__ = ["logging_as_before"]

LONG = (
    "test_week.py",
    "test_same_seed.py",
    "test_crash.py",
    "test_power.py",
    "test_command_line.py",
    "test_demo_by_clicking.py",
)
"""Files whose tests take seconds each: begun last, they would keep everybody waiting."""
MEMORY = Path("/dev/shm")  # noqa: S108 - tempfile makes folders there that are this user's alone
"""Where Linux keeps files in memory."""
ROOM = 1024 * 1024 * 1024
"""Bytes that must be free there; the tests need a fraction of it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--canary FOLDER`: look for the bot's token in logs at DEBUG and in what tests write."""
    parser.addoption("--canary", metavar="FOLDER", default="", help=str(canary.__doc__))


def pytest_configure(config: pytest.Config) -> None:
    """Keep temporary folders in memory: databases wait for the disk, browsers fill it.

    All clients share one TLS context: each would read all certificates of the world, and none
    speaks TLS.
    """
    read_once: Any = cache(ssl.create_default_context)
    ssl.create_default_context = read_once
    if config.getoption("--canary"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        canary.listen(Path(config.getoption("--canary")), worker)
    config.addinivalue_line("markers", "both_databases: runs on SQLite and on PostgreSQL")
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("TMPDIR", str(MEMORY))
        tempfile.tempdir = None
    if not hasattr(config, "workerinput"):
        postgres.choose_place()
        drawn_samples.choose_place()
    drawn_samples.share()
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        from tests.fakes import made_once  # noqa: PLC0415 - who only hands out tests needs none of it

        made_once.share()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A token that was seen anywhere fails the run."""
    folder = session.config.getoption("--canary")
    if folder and not hasattr(session.config, "workerinput"):
        canary.note(Path(folder), "log", canary.files_with(Path(folder)))
        if (Path(folder) / canary.SIGHTED).exists():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the session's PostgreSQL, if a test had it started; throw its pictures away."""
    if not hasattr(config, "workerinput"):
        postgres.leave_place()
        drawn_samples.leave_place()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let tests run on both kinds of databases that are marked so."""
    if metafunc.definition.get_closest_marker("both_databases"):
        both = [databases.SQLITE, databases.POSTGRESQL]
        metafunc.parametrize("database", both, indirect=True)


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of database that the test works on."""
    kind: str = getattr(request, "param", databases.usual())
    databases.begin(kind)
    yield kind
    databases.end()


@pytest.fixture(autouse=True)
def _no_servers_kept() -> Iterator[None]:
    """Let go of each test's simulated world: aiohttp keeps an application for ever."""
    yield
    kept: Any = web_app
    kept._cached_build_middleware.cache_clear()  # noqa: SLF001 - it offers no other way


@pytest.fixture(autouse=True)
def _canary(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look through what the test wrote, if asked to."""
    folder = request.config.getoption("--canary")
    if folder and "tmp_path" in request.fixturenames:
        written: Path = request.getfixturevalue("tmp_path")
        yield
        canary.note(Path(folder), request.node.nodeid, canary.files_with(written))
    else:
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests; whoever is idle takes over what stands behind them."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the libraries' hundred thousands of objects out of the collector's way."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()
