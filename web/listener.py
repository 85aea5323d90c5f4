"""One listening port, hardened: bounded connections, patience, headers, bodies; nothing told."""

from __future__ import annotations

import asyncio
import logging
import resource
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Self

from aiohttp import web
from typing_extensions import override

if TYPE_CHECKING:
    from types import TracebackType

    from aiohttp.typedefs import Handler

    from web.addresses import Address

log = logging.getLogger(__name__)

STOP_WITHIN = 2.0
"""Seconds that open requests may take at the end."""
BACKLOG = 100
"""Connections that may wait to be accepted."""
SHARE = 4
"""Of the files that the process may have open a port takes the fourth part at most."""
LINGER = 1.0
"""Seconds in which the rest of a refused body is still read, so that the answer arrives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What one port bears."""

    connections: int = 256
    """Open at once; Telegram opens at most 100, and a proxy no more than it is sent.

    Where the process may open few files they are fewer: a flood of connections must leave enough
    for the database, the photos and the calls to Telegram. One more takes the place of one that
    asks nothing: whoever holds connections open keeps nobody from `/healthz`.
    """
    idle_seconds: float = 30.0
    """For the first headers, and between two requests."""
    body_seconds: float = 10.0
    """For a whole body."""
    body_bytes: int = 1024 * 1024
    """An update is a few kilobytes."""


class Listener:
    """Serves an application: `async with Listener(app, address) as listener`."""

    def __init__(
        self,
        app: web.Application,
        address: Address,
        *,
        share: bool = False,
        bounds: Bounds | None = None,
    ) -> None:
        """`share`: other processes may listen there too, and the system deals out connections."""
        self._address = address
        self._share = share
        self._bounds = bounds or Bounds()
        self._most = _bearable(self._bounds.connections)
        self._asked: dict[web.RequestHandler, float] = {}
        """When the last request of a connection was answered; `inf`: it is at one now."""
        app.middlewares.append(self._noting)
        silent = logging.getLogger(f"{__name__}.protocol")
        silent.setLevel(logging.CRITICAL + 1)  # strangers' broken requests are no news
        self._runner = web.AppRunner(
            app,
            access_log=None,
            auto_decompress=False,
            keepalive_timeout=self._bounds.idle_seconds,
            lingering_time=LINGER,
            logger=silent,
            shutdown_timeout=STOP_WITHIN,
        )
        self._server: asyncio.Server | None = None
        self.port = address.port

    async def __aenter__(self) -> Self:
        """Listen.

        Raises:
            CannotListenError: The address is taken, or not this machine's.
        """
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                self._connection,
                self._address.host or None,
                self._address.port,
                # So many are accepted at a go, several times before the first can be refused.
                backlog=max(min(BACKLOG, self._most // SHARE), 1),
                reuse_port=self._share or None,
            )
        except (OSError, OverflowError) as error:
            await self._runner.cleanup()
            raise CannotListenError(self._address) from error
        self.port = int(self._server.sockets[0].getsockname()[1])
        address = f"{self._address.host}:{self.port}"
        log.info("listening", extra={"action": "web.listening", "address": address})
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
        await self._runner.cleanup()

    def _connection(self) -> asyncio.Protocol:
        server = self._runner.server
        if server is None or not self._has_room(server):
            return _Refused()
        return server()

    def _has_room(self, server: web.Server) -> bool:
        """Whether one more may come, if need be in the place of one that asks nothing.

        That is one that has never asked, the oldest first; then the one that last asked longest
        ago. Another proxy or Telegram simply opens a new one.
        """
        there = server.connections
        if len(there) < self._most:
            return True
        idle = [one for one in there if one.transport is not None and self._asked_at(one) < inf]
        if not idle:
            return False
        min(idle, key=self._asked_at).force_close()
        return True

    def _asked_at(self, one: web.RequestHandler) -> float:
        return self._asked.get(one, -inf)

    @web.middleware
    async def _noting(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note who is at a request, and who has been."""
        self._asked[request.protocol] = inf
        try:
            return await handler(request)
        finally:
            self._asked[request.protocol] = asyncio.get_running_loop().time()
            server = self._runner.server
            if server is not None and len(self._asked) > 2 * self._most:
                there = set(server.connections)
                self._asked = {one: at for one, at in self._asked.items() if one in there}


def _bearable(wanted: int) -> int:
    """How many connections may be open at once, if so many are wanted."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return wanted if files == resource.RLIM_INFINITY else max(min(wanted, files // SHARE), 1)


class _Refused(asyncio.Protocol):
    """A connection too many."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class CannotListenError(Exception):
    """Nothing can listen at an address; the reason is the cause."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"{address.host}:{address.port}")


def application(bounds: Bounds) -> web.Application:
    """An application that bounds bodies, hides what it is made of, and logs its own failures."""
    app = web.Application(client_max_size=bounds.body_bytes, middlewares=[_failures])
    app.on_response_prepare.append(_nameless)
    return app


@web.middleware
async def _failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        log.exception("a request failed", extra={"action": "web.failed"})
        raise web.HTTPInternalServerError from None


async def _nameless(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
