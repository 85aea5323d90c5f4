"""A PostgreSQL of one's own: one cluster a session, shared by all workers, gone after the tests.

`TEST_DATABASE_URL` names another server whose user may create databases.
"""

from __future__ import annotations

import fcntl
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
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from storage import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALLED = Path("/usr/lib/postgresql")
PLACE = "TOWN_POSTGRES"
"""The environment variable by which the workers know where their cluster is, or will be."""
TEMPLATE = "town_template"
TUNED = (
    "-c listen_addresses='' -c timezone=Asia/Shanghai -c max_connections=300 -c autovacuum=off"
    " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)
"""Nothing here outlives the tests, so nothing waits for the disk."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    base: str
    """The address of its database `postgres`."""

    def url(self, database: str) -> str:
        """The address of a database."""
        return make_url(self.base).set(database=database).render_as_string(hide_password=False)

    def create(self, database: str) -> str:
        """Create an empty database; its address."""
        self._run(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def clone(self) -> str:
        """A new database with all tables, all empty; its address."""
        name = f"town-{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE {self._template()}')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever still looks at it."""
        self._run(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def _template(self) -> str:
        name = f"{TEMPLATE}_{os.environ[PLACE].rpartition('-')[2]}"
        ready = Path(os.environ[PLACE]) / "template"
        with locked():
            if not ready.exists():
                with tempfile.TemporaryDirectory() as folder:
                    migrate.upgrade(self.create(name), backup_folder=Path(folder))
                ready.touch()
        return name

    def _run(self, words: str) -> None:
        url = make_url(self.base).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(words)
        engine.dispose()


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version's, if it is installed."""
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def choose_place() -> None:
    """In the process that leads the session: say where its workers find their cluster."""
    os.environ[PLACE] = tempfile.mkdtemp(prefix="town-pg-")


def leave_place() -> None:
    """In the same process, after all tests: stop what was started, remove everything."""
    place = Path(os.environ.pop(PLACE))
    bin_folder = programs()
    if bin_folder is not None and (place / "data" / "postmaster.pid").exists():
        _Cluster(place, bin_folder).stop()
    elif (place / "template").exists():
        # A server of others: only what is ours goes. The databases of the tests went with them.
        os.environ[PLACE] = str(place)
        server().drop(f"postgresql:///{TEMPLATE}_{place.name.rpartition('-')[2]}")
        del os.environ[PLACE]
    shutil.rmtree(place, ignore_errors=True)


def server() -> Server:
    """The session's server, started by whoever asks for it first."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if make_url_host(given):
        return Server(given)
    bin_folder = programs()
    if bin_folder is None:
        _missing(f"PostgreSQL ({INSTALLED}/*/bin)")
    if find_spec("psycopg") is None:
        _missing("psycopg (the extra `postgres`)")
    assert bin_folder is not None
    cluster = _Cluster(Path(os.environ[PLACE]), bin_folder)
    with locked():
        if not (cluster.folder / "data" / "postmaster.pid").exists():
            cluster.start()
    return cluster.server


def make_url_host(given: str) -> str:
    """The host of an address; empty for none, and for the bare word `postgresql`."""
    return "" if "://" not in given else (make_url(given).host or "socket")


@contextmanager
def locked() -> Iterator[None]:
    """One worker at a time."""
    with (Path(os.environ[PLACE]) / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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


@dataclass(frozen=True)
class _Cluster:
    """A cluster in a folder, on a socket there; everybody on this machine's socket is let in."""

    folder: Path
    programs: Path

    @property
    def server(self) -> Server:
        """It, running."""
        return Server(f"postgresql://town@/postgres?host={self.folder}")

    def start(self) -> None:
        """Make it and start it."""
        user = _unprivileged()
        if user:
            shutil.chown(self.folder, user)
        who = ("-U", "town", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._run("initdb", "-D", self.folder / "data", *who)
        options = f"-k {self.folder} {TUNED}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it; nothing of it is needed any more."""
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *words: str | Path) -> None:
        command = [self.programs / program, *words]
        user, quiet = _unprivileged(), subprocess.DEVNULL
        subprocess.run(command, check=True, user=user, cwd=self.folder, stdout=quiet)


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """The session's server, started when the first test asks for it."""
    return server()
