"""A PostgreSQL server of one's own: in a temporary folder, on a socket, gone after the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALLED = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Server:
    """A running server; everybody on this machine's socket is let in."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://town@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """Create an empty database; its address."""
        engine = create_engine(
            self.url("postgres").replace("postgresql:", "postgresql+psycopg:"),
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{database}"')
        engine.dispose()
        return self.url(database)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version's, if it is installed."""
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and in CI nothing may be left out")
    pytest.skip(f"{what} is not installed")


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; somebody else who can run it then."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def running(bin_folder: Path) -> Iterator[Server]:
    """A server for the time of the block."""
    folder = Path(tempfile.mkdtemp(prefix="town-pg-", dir="/tmp"))
    user = _unprivileged()
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    init: list[str | Path] = [
        bin_folder / "initdb",
        "-D",
        data,
        "-U",
        "town",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    control: list[str | Path] = [bin_folder / "pg_ctl", "-D", data, "-w"]
    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c timezone=Asia/Shanghai"
    start: list[str | Path] = [*control, "-l", folder / "log", "-o", options, "start"]

    def run(*words: str | Path) -> None:
        subprocess.run(words, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run(*init, "--locale=C", "--no-sync")
    run(*start)
    try:
        yield Server(folder)
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server for the whole session, started when the first test asks for it."""
    bin_folder = programs()
    if bin_folder is None:
        _missing(f"PostgreSQL ({INSTALLED}/*/bin)")
    if find_spec("psycopg") is None:
        _missing("psycopg (the extra `postgres`)")
    assert bin_folder is not None
    with running(bin_folder) as server:
        yield server
