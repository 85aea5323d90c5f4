"""Files come whole, within bounds, and no error of theirs shows the token."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from delivery.files import TelegramFiles
from delivery.outcomes import (
    Doubtful,
    Fetched,
    FetchOutcome,
    Later,
    TokenRefused,
    Trouble,
    Unfetchable,
)
from delivery.session import Session
from tests.fakes.bot_api import TOKEN, BotApi, Reply, bot_api, error, ok

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST = 1000
FOUND = {"file_id": "f", "file_unique_id": "u", "file_path": "photos/file_1.jpg"}
BAD = "Bad Request: "


@dataclass
class Line:
    """The way to the files and the server behind it."""

    api: BotApi
    files: TelegramFiles

    async def fetch(self, *replies: Reply) -> FetchOutcome:
        """Fetch from a server that answers like this."""
        self.api.answer(*replies)
        return await self.files.fetch("f")


@asynccontextmanager
async def _files(base: str) -> AsyncIterator[TelegramFiles]:
    session = Session(api=TelegramAPIServer.from_base(base))
    async with Bot(TOKEN, session=session).context() as bot, await session.create_session():
        yield TelegramFiles(bot, most=MOST, within=1)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A way to the files of the test's own server."""
    async with bot_api() as api, _files(api.base) as files:
        yield Line(api, files)


async def test_a_file_comes_as_the_bytes_it_is(line: Line) -> None:
    """From the path that getFile names."""
    assert await line.fetch(ok(FOUND), Reply(body=b"\x00\xff" * 100)) == Fetched(b"\x00\xff" * 100)
    assert [place for place, _ in line.api.calls] == ["getFile", "/file/bot…/photos/file_1.jpg"]


ANSWERS = [
    ([error(400, BAD + "file is too big")], Unfetchable(BAD + "file is too big")),
    ([error(400, BAD + "invalid file_id")], Unfetchable(BAD + "invalid file_id")),
    (
        [error(400, BAD + "wrong file_id or the file is temporarily unavailable")],
        Doubtful(BAD + "wrong file_id or the file is temporarily unavailable"),
    ),
    ([error(429, "Too Many Requests", retry_after=9)], Later(timedelta(seconds=9))),
    ([error(401, "Unauthorized")], TokenRefused()),
    ([error(500, "Internal Server Error")], Trouble("TelegramServerError")),
    ([Reply(502, "<html>")], Trouble("ClientDecodeError")),
    ([Reply(reset=True)], Trouble("TelegramNetworkError")),
    ([ok({**FOUND, "file_size": MOST + 1})], Unfetchable("file is too big")),
    ([ok({"file_id": "f", "file_unique_id": "u"})], Doubtful("no usable path")),
    ([ok({**FOUND, "file_path": "../../etc/passwd"})], Doubtful("no usable path")),
    ([ok({**FOUND, "file_path": "/etc/passwd"})], Doubtful("no usable path")),
    ([ok({**FOUND, "file_path": "http://169.254.169.254/"})], Doubtful("no usable path")),
    ([ok(FOUND), Reply(404, "Not Found")], Doubtful("HTTP 404")),
    ([ok(FOUND), Reply(500, "no")], Trouble("ClientResponseError")),
    ([ok(FOUND), Reply(body=b"half", length=100)], Trouble("ClientPayloadError")),
    ([ok(FOUND), *[Reply(reset=True)] * 2], Trouble("ServerDisconnectedError")),
    ([ok(FOUND), Reply(body=b"late", waits=1.5)], Trouble("TimeoutError")),
    ([ok(FOUND), Reply(body=b"x" * (MOST + 1))], Unfetchable("file is too big")),
]


@pytest.mark.parametrize(("replies", "expected"), ANSWERS, ids=[str(one) for _, one in ANSWERS])
async def test_every_answer_has_its_outcome(
    line: Line, replies: list[Reply], expected: FetchOutcome
) -> None:
    """Never, perhaps, later: told apart."""
    assert await line.fetch(*replies) == expected


async def test_no_outcome_and_no_log_line_holds_the_token(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """Aiogram's download puts the address, and with it the token, into its errors."""
    caplog.set_level(logging.DEBUG, "delivery")
    secret = TOKEN.split(":")[1]
    for replies, _ in ANSWERS:
        assert secret not in repr(await line.fetch(*replies))
    ours = [line.getMessage() for line in caplog.records if line.name.startswith("delivery")]
    assert secret not in "".join(ours)
