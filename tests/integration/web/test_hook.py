"""What strangers and slow friends send to the webhook."""

from __future__ import annotations

import asyncio
import json
import resource
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from web.addresses import Address
from web.door import Plan, opened
from web.health import Limits
from web.hook import SECRET_HEADER, Hook
from web.listener import Bounds, CannotListenError
from web.pulse import Pulse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOOPBACK = Address("127.0.0.1", 0)
SECRET = "S3cret_-"
JSON = {"Content-Type": "application/json"}
KNOWN = {SECRET_HEADER: SECRET, **JSON}
UPDATE = b'{"update_id": 7}'
PATIENCE = 30
"""Seconds a busy machine may need."""


@dataclass
class Taken:
    """Takes everything, and keeps it."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    good: bool = True
    fails: bool = False
    called: asyncio.Event = field(default_factory=asyncio.Event)
    works: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared: it takes its time."""

    def __post_init__(self) -> None:
        self.works.set()

    async def take(self, raw: dict[str, Any]) -> bool:
        """Keep an update."""
        self.called.set()
        await self.works.wait()
        if self.fails:
            raise LookupError("a mistake of ours")
        self.updates.append(raw)
        return self.good


@dataclass
class Outside:
    """A stranger before the door."""

    session: aiohttp.ClientSession
    port: int
    taken: Taken
    hook: Hook

    async def post(self, headers: dict[str, str], body: bytes = UPDATE, path: str = "/hook") -> int:
        """The status of a POST."""
        url = f"http://127.0.0.1:{self.port}{path}"
        async with self.session.post(url, data=body, headers=headers) as answer:
            assert "Server" not in answer.headers
            return answer.status

    async def raw(self, data: bytes) -> bytes:
        """What comes back for these bytes, until the connection is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(data)
        try:
            async with asyncio.timeout(PATIENCE):
                return await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def door(bounds: Bounds | None = None) -> AsyncIterator[Outside]:
    """A webhook at `/hook`, with somebody behind it."""
    plan = Plan(
        listen=LOOPBACK,
        webhook="https://bot.example.org/hook",
        secret=SECRET,
        bounds=bounds or Bounds(),
    )
    async with (
        opened(plan, Pulse(time.monotonic, Limits())) as opening,
        aiohttp.ClientSession() as session,
    ):
        assert opening.hook is not None
        taken = Taken()
        opening.hook.taker = taken
        yield Outside(session, opening.port, taken, opening.hook)


async def test_an_update_with_the_secret_is_taken() -> None:
    """And answered with an empty 200."""
    async with door() as outside:
        assert await outside.post(KNOWN) == 200
        assert outside.taken.updates == [{"update_id": 7}]


@pytest.mark.parametrize(
    "given",
    [None, "", "wrong", SECRET[:-1], SECRET + "x", "密钥", "\u00ff", "x" * 257, SECRET.lower()],
)
async def test_a_stranger_is_refused(given: str | None) -> None:
    """Also one whose secret is no ASCII: 401, and never a failure of ours."""
    async with door() as outside:
        secret = {} if given is None else {SECRET_HEADER: given}
        assert await outside.post({**secret, **JSON}) == 401
        assert outside.taken.updates == []


async def test_bytes_that_are_no_text_are_a_wrong_secret() -> None:
    """A client library would not even send them."""
    async with door() as outside:
        head = b"POST /hook HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        body = b"Content-Type: application/json\r\nContent-Length: 16\r\n\r\n" + UPDATE
        name = SECRET_HEADER.encode()
        answer = await outside.raw(head + name + b": \xff\xfe\xc3\r\n" + body)
        assert answer.startswith(b"HTTP/1.1 401 ")


def test_a_webhook_without_a_secret_cannot_be_made() -> None:
    """It would be open to all."""
    with pytest.raises(ValueError, match="open to all"):
        Hook(secret="", bounds=Bounds())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"update_id"',
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.5}',
        b'{"update_id": -1}',
        b'{"update_id": 9007199254740992}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
        b"\x1f\x8b\x08",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"update_id": 7, "a": ' + b"[" * 101 + b"]" * 101 + b"}",
    ],
    ids=lambda body: str(body[:20]),
)
async def test_what_is_no_update_is_refused(body: bytes) -> None:
    """However deep: a hundred thousand levels end in a 400, not in a crash."""
    async with door() as outside:
        assert await outside.post(KNOWN, body) == 400
        assert await outside.post(KNOWN) == 200
        assert len(outside.taken.updates) == 1


async def test_method_type_path_and_size_must_fit() -> None:
    """Nothing of a body that is too large is kept, whether its length is told or not."""
    async with door() as outside:
        big = b" " * (11 * 1024 * 1024)
        assert await outside.post({**KNOWN, "Content-Type": "text/plain"}) == 415
        assert await outside.post(KNOWN, path="/other") == 404
        url = f"http://127.0.0.1:{outside.port}/hook"
        async with outside.session.get(url, headers=KNOWN) as answer:
            assert answer.status == 405
        head = "\r\n".join(f"{name}: {value}" for name, value in KNOWN.items())
        start = f"POST /hook HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode()
        told = await outside.raw(start + b"Content-Length: 99000000\r\n\r\n" + big[:1000])
        assert told.startswith(b"HTTP/1.1 413 ")
        chunk = b"%x\r\n%b\r\n" % (1 << 20, big[: 1 << 20])
        untold = await outside.raw(start + b"Transfer-Encoding: chunked\r\n\r\n" + 3 * chunk)
        assert untold.startswith(b"HTTP/1.1 413 ")
        assert outside.taken.updates == []


async def test_a_packed_body_is_never_unpacked() -> None:
    """A bomb stays closed: it is no JSON."""
    async with door() as outside:
        packed = {**KNOWN, "Content-Encoding": "gzip"}
        assert await outside.post(packed, b"\x1f\x8b\x08\x00") == 400


async def test_without_a_taker_or_a_commit_the_update_comes_again() -> None:
    """503 with the time to come again; a mistake of ours is a 500, and told to nobody."""
    async with door() as outside:
        outside.taken.good = False
        url = f"http://127.0.0.1:{outside.port}/hook"
        async with outside.session.post(url, data=UPDATE, headers=KNOWN) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        outside.hook.taker = None
        assert await outside.post(KNOWN) == 503
        outside.taken.fails, outside.hook.taker = True, outside.taken
        async with outside.session.post(url, data=UPDATE, headers=KNOWN) as answer:
            assert answer.status == 500
            assert "mistake" not in await answer.text()


async def test_the_slow_are_sent_away_and_keep_nobody_waiting() -> None:
    """Headers that never end, bodies that never come, connections too many."""
    bounds = Bounds(connections=20, idle_seconds=0.5, body_seconds=0.5)
    async with door(bounds) as outside:
        head = f"POST /hook HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n".encode()
        body = head + b"Content-Type: application/json\r\nContent-Length: 16\r\n\r\n{"
        slow = [outside.raw(b"POST /hook HT") for _ in range(8)]
        slow += [outside.raw(head) for _ in range(5)] + [outside.raw(body) for _ in range(5)]
        tasks = asyncio.gather(*slow)
        await asyncio.sleep(0.1)
        assert await outside.post(KNOWN) == 200
        answers = await tasks
        assert {answer.split(b"\r\n")[0] for answer in answers[-5:]} == {
            b"HTTP/1.1 408 Request Timeout"
        }
        assert set(answers[:-5]) == {b""}


async def test_a_sender_that_goes_in_the_middle_of_a_body_is_no_failure_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A proxy that hands bodies on as they come breaks off with its client."""
    async with door() as outside:
        lines = ["POST /hook HTTP/1.1", "Host: town", "Content-Length: 20"]
        head = "\r\n".join([*lines, *(f"{k}: {v}" for k, v in KNOWN.items()), "", "{"])
        _, writer = await asyncio.open_connection("127.0.0.1", outside.port)
        writer.write(head.encode())
        await writer.drain()
        assert await outside.post(KNOWN) == 200
        writer.close()
        await writer.wait_closed()
        assert await outside.post(KNOWN) == 200
    assert [line for line in caplog.records if line.levelname == "ERROR"] == []


async def test_a_connection_too_many_is_closed_at_once() -> None:
    """Those that are at work go on."""
    async with door(Bounds(connections=1)) as outside, asyncio.TaskGroup() as group:
        outside.taken.works.clear()
        first = group.create_task(outside.post(KNOWN))
        await asyncio.wait_for(outside.taken.called.wait(), PATIENCE)
        reader, writer = await asyncio.open_connection("127.0.0.1", outside.port)
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(ConnectionError):
                assert await reader.read() == b""
                raise ConnectionResetError
        writer.close()
        outside.taken.works.set()
        assert await first == 200


async def test_who_only_holds_connections_keeps_nobody_from_being_heard() -> None:
    """One more takes the place of the oldest that has never asked; who has asked goes on."""
    async with door(Bounds(connections=8)) as outside:
        lines = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        regular, ask = await asyncio.open_connection("127.0.0.1", outside.port)
        ask.write(lines)
        assert (await regular.readuntil(b"}]}")).startswith(b"HTTP/1.1 503")
        flood = [await asyncio.open_connection("127.0.0.1", outside.port) for _ in range(40)]
        for number, (_, writer) in enumerate(flood):
            writer.write(b"GET /heal" if number % 2 else b"")
        assert await outside.post(KNOWN) == 200
        async with asyncio.timeout(PATIENCE):
            for reader, _ in flood[:32]:
                with suppress(ConnectionError):
                    assert await reader.read() == b""
        ask.write(lines)
        assert (await regular.readuntil(b"}]}")).startswith(b"HTTP/1.1 503")
        for _, writer in [*flood, (regular, ask)]:
            writer.close()


async def test_a_flood_of_connections_leaves_files_for_the_rest_of_the_bot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a process may have few files open; else its own calls would fail, and each accept."""
    limits = (64, resource.RLIM_INFINITY)
    monkeypatch.setattr(resource, "getrlimit", lambda _which: limits)
    ended = 0

    async def hold(stranger: asyncio.StreamReader) -> None:
        nonlocal ended
        with suppress(ConnectionError):
            await stranger.read()
        ended += 1

    async with asyncio.TaskGroup() as group, door() as outside:
        flood = [await asyncio.open_connection("127.0.0.1", outside.port) for _ in range(40)]
        for reader, _ in flood:
            group.create_task(hold(reader))
        async with asyncio.timeout(PATIENCE):
            while ended < 40 - 64 // 4:  # noqa: ASYNC110 - from outside
                await asyncio.sleep(0.01)
        assert ended < 40
        for _, writer in flood:
            writer.close()


async def test_an_address_that_is_taken_is_told() -> None:
    """Unless both mean to share it."""
    async with door() as outside:
        pulse = Pulse(time.monotonic, Limits())
        with pytest.raises(CannotListenError, match=f"127.0.0.1:{outside.port}"):
            async with opened(Plan(listen=Address("127.0.0.1", outside.port)), pulse):
                pass


async def test_health_is_answered_before_the_product_is_ready() -> None:
    """And says what is wrong as JSON."""
    pulse = Pulse(time.monotonic, Limits())
    plan = Plan(listen=LOOPBACK)
    async with opened(plan, pulse) as opening, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{opening.port}/healthz"
        async with session.get(url) as answer:
            assert answer.status == 503
            assert json.loads(await answer.text()) == {
                "well": False,
                "reasons": [{"what": "starting"}],
            }
        pulse.begin()
        async with session.get(url) as answer:
            assert answer.status == 200
            assert await answer.json() == {"well": True, "reasons": []}
