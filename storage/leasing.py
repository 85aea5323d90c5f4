"""This process among those that serve one bot: its leases, and news of the others; PostgreSQL only.

A thread and a connection of its own, so that neither a long transaction nor a busy event loop makes
a living process look dead. Leases go by the database's clock: the machines' own may differ.
"""

from __future__ import annotations

import asyncio
import logging
import os
import selectors
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVarTuple

from sqlalchemy.exc import SQLAlchemyError

from storage import topics
from storage.engines import listener_engine
from storage.errors import DatabaseFailedError, failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL, Engine

log = logging.getLogger(__name__)

Ts = TypeVarTuple("Ts")

LASTS = 6.0
"""Seconds after which a process that no longer renews its leases counts as dead."""
EVERY = 1.5
"""Seconds between two renewals."""
AGAIN = 1.0
"""Seconds until a lost connection is tried again."""
MEMBER = "member:"
"""Begins the name of the lease by which a process is known to be alive."""
POLLER = "poller"
"""The lease of the one process that polls."""
CHANNEL = "xunchaqun"
"""Where a process says that it has committed something."""

TAKE = """
INSERT INTO leases (name, owner, until)
VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
WHERE leases.owner = excluded.owner OR leases.until < clock_timestamp()
"""
BURY = "DELETE FROM leases WHERE until < clock_timestamp()"
LEAVE = "DELETE FROM leases WHERE owner = %s"
LEFT_BEHIND = """
SELECT EXISTS (
    SELECT 1 FROM calls WHERE ended IS NULL
    AND NOT EXISTS (SELECT 1 FROM leases WHERE name = 'member:' || calls.owner)
) OR EXISTS (
    SELECT 1 FROM fetches
    WHERE NOT EXISTS (SELECT 1 FROM leases WHERE name = 'member:' || fetches.owner)
)
"""


@dataclass(frozen=True, slots=True)
class News:
    """What happened since the last news."""

    topics: frozenset[str] = frozenset()
    """What other processes have changed (`storage.topics`)."""
    left_behind: bool = False
    """A process died with work in its hands."""


class Membership:
    """The leases of one process. `heard` is called in the event loop's thread."""

    def __init__(self, url: str | URL, owner: str, heard: Callable[[News], None]) -> None:
        self._url = url
        self._owner = owner
        self._wants: tuple[str, ...] = ()
        self._heard = heard
        self._held: frozenset[str] = frozenset()
        self._asked = 0.0
        """When the renewal began by which they are held, by a steady clock."""
        self._begun = False
        """Whether there were ever leases."""
        self._lost = False
        """Whether the database was out of reach when it was last tried."""
        self._ears: tuple[int, int] = (-1, -1)
        self._stop = Event()
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._first: asyncio.Future[None] | None = None

    def holds(self, name: str) -> bool:
        """Whether this process has a lease now.

        One that was not renewed in time is gone, whoever has it: a process that was stopped for a
        while, or whose database does not answer, hears of that last of all.
        """
        return name in self._held and monotonic() - self._asked < LASTS

    async def start(self, wants: tuple[str, ...] = ()) -> None:
        """Take the leases that are free; returns when the others know that this process lives.

        Raises:
            DatabaseFailedError: The database gives it no connection; nothing was begun.
        """
        self._wants = wants
        self._ears = os.pipe()
        self._loop = asyncio.get_running_loop()
        self._first = self._loop.create_future()
        self._thread = Thread(target=self._work, name="storage leases", daemon=True)
        self._thread.start()
        try:
            await self._first
        except DatabaseFailedError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Give all leases back, so that others take over at once."""
        if self._thread is not None:
            self._stop.set()
            os.write(self._ears[1], b"x")
            await asyncio.to_thread(self._thread.join)
            self._thread = None
            for ear in self._ears:
                os.close(ear)

    def _work(self) -> None:
        engine = listener_engine(self._url)
        driver: Any = engine.dialect.loaded_dbapi
        errors: tuple[type[Exception], ...] = (driver.Error, SQLAlchemyError)
        while not self._stop.is_set():
            try:
                self._serve(engine)
            except errors as error:
                self._held = frozenset()
                self._lose(failed(error, self._url))
                self._stop.wait(AGAIN)
        engine.dispose()

    def _lose(self, error: DatabaseFailedError) -> None:
        """Tell of it: whoever waits for the first leases would wait for ever, or else the log."""
        if self._begun:
            if not self._lost:
                extra = {"action": "storage.leases_lost"}
                log.warning("no leases: %s", type(error).__name__, extra=extra)
            self._lost = True
        else:
            self._call(self._refused, error)

    def _serve(self, engine: Engine) -> None:
        """Renew and listen, until told to stop or the connection breaks."""
        connection: Any = engine.raw_connection()
        try:
            driver = connection.driver_connection
            driver.execute(f"LISTEN {CHANNEL}")
            if self._lost:
                self._lost = False
                log.info("leases again", extra={"action": "storage.leases_again"})
            # What was said meanwhile nobody has heard.
            self._tell(News(topics=topics.EVERYTHING))
            while not self._stop.is_set():
                self._renew(driver)
                self._listen(driver, monotonic() + EVERY)
            driver.execute(LEAVE, (self._owner,))
            words = " ".join([self._owner, *sorted(topics.WORK)])
            driver.execute("SELECT pg_notify(%s, %s)", (CHANNEL, words))
        except BaseException:
            connection.invalidate()  # nothing is rolled back on it, which would only fail again
            raise
        finally:
            self._held = frozenset()
            connection.close()

    def _renew(self, driver: Any) -> None:  # noqa: ANN401 - the driver's own connection
        asked = monotonic()
        driver.execute(BURY)
        names = (MEMBER + self._owner, *self._wants)
        held = (name for name in names if self._take(driver, name))
        before, self._held, self._asked = self._held, frozenset(held), asked
        (left_behind,) = driver.execute(LEFT_BEHIND).fetchone()
        if left_behind or self._held != before:
            self._tell(News(left_behind=left_behind))

    def _take(self, driver: Any, name: str) -> bool:  # noqa: ANN401 - likewise
        found: int = driver.execute(TAKE, (name, self._owner, LASTS)).rowcount
        return found == 1

    def _listen(self, driver: Any, until: float) -> None:  # noqa: ANN401 - likewise
        """Pass on what others say, until it is time to renew or somebody has left."""
        with selectors.DefaultSelector() as ears:
            ears.register(driver.fileno(), selectors.EVENT_READ)
            ears.register(self._ears[0], selectors.EVENT_READ)
            while not self._stop.is_set() and (left := until - monotonic()) > 0:
                if ears.select(left) and not self._stop.is_set():
                    self._pass_on(driver)

    def _pass_on(self, driver: Any) -> None:  # noqa: ANN401 - likewise
        heard: set[str] = set()
        for note in driver.notifies(timeout=0):
            owner, *said = note.payload.split()
            heard.update(said if owner != self._owner else ())
        if heard:
            self._tell(News(topics=frozenset(heard)))

    def _tell(self, news: News) -> None:
        self._begun = self._begun or bool(self._held)
        self._call(self._arrived, news)

    def _call(self, function: Callable[[*Ts], None], *arguments: *Ts) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            if self._loop is not None:
                self._loop.call_soon_threadsafe(function, *arguments)

    def _refused(self, error: DatabaseFailedError) -> None:
        if self._first is not None and not self._first.done():
            self._first.set_exception(error)

    def _arrived(self, news: News) -> None:
        if self._first is not None and not self._first.done() and self._held:
            self._first.set_result(None)
        self._heard(news)
