"""Secrets: the bot's token and the database's password leave the process for where they belong.

A day of the product at DEBUG, with the failures whose texts hold the token: a download that
answers 404, connections that break, a refused token. `pytest --canary FOLDER` looks in the same way
through a run of the whole suite.
"""

from __future__ import annotations

import io
import logging
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from aiogram import Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession

from bot.logs import ConsoleFormatter, JsonFormatter, Mask, MaskingFilter
from delivery.files import TelegramFiles
from simulator.town import BOT_TOKEN
from tests import databases
from tests.acceptance.city import SMALL, city, text_of
from tests.acceptance.scenes import fault
from tests.attacks.office import office
from tests.attacks.updates import photo_by
from tests.canary import files_with, forms, sighted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = ("cases", "history", "outbox", "photos", "quarantine", "people", "chats", "dues", "words")
PASSWORD = "pg pass/word:ü-canary"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, as the product writes it, for people and as JSON."""
    stream = io.StringIO()
    root = logging.getLogger()
    level, handlers = root.level, []
    for formatter in (ConsoleFormatter(), JsonFormatter()):
        handler = logging.StreamHandler(stream)
        handler.addFilter(MaskingFilter(Mask([BOT_TOKEN, PASSWORD])))
        handler.setFormatter(formatter)
        handlers.append(handler)
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


async def test_a_day_with_failures_leaves_the_token_nowhere(
    tmp_path: Path, log: io.StringIO
) -> None:
    """Logs, tracebacks, everything said in the chats, the database, files."""
    with pytest.raises(Exception) as ended:  # noqa: PT011 - whatever it is, its text is looked at
        await _bad_day(tmp_path)
    assert not sighted("".join(traceback.format_exception(ended.value)).encode())
    told = log.getvalue()
    assert "action" in told
    assert not sighted(told.encode())
    assert list(files_with(tmp_path)) == []
    for table in TABLES:
        rows = databases.rows(tmp_path, f"SELECT * FROM {table}")  # noqa: S608 - our own names
        assert not sighted(repr(rows).encode())


async def _bad_day(folder: Path) -> None:
    async with city(folder) as town:
        for person in ("supervisor01", "repairer01"):
            await town.start(person)
        await fault(town, "file_gone", count=1)
        photo = await town.photo("officer01", SMALL, settle=5)
        for kind in ("reset", "bad_gateway", "server_error", "lost_reply"):
            await fault(town, kind, count=2)
            await town.photo("officer01", f"{SMALL} {kind}", settle=20)
        card = await town.card(photo)
        await town.press("repairer01", card["message_id"], "接单")
        await town.photo("repairer01", reply_to=photo, settle=10)
        for text in ("/today", "/case XC-20260310-0001", "/help"):
            await town.say("supervisor01", text, settle=5)
        for viewer in ("supervisor01", "officer01"):
            for chat in (town.group, town.ids["supervisor01"]):
                said = [text_of(m) for m in await town.from_bot(viewer, chat)]
                assert not sighted(repr(said).encode())
        await fault(town, "unauthorized", count=5)
        await town.advance(minutes=2)


async def test_an_exception_whose_text_holds_the_token_ends_where_it_is_caught(
    tmp_path: Path, log: io.StringIO
) -> None:
    """Aiogram's own error of a download names the whole address; ours does not."""
    async with office(tmp_path) as desk:
        bot = desk.product.bot
        async with AiohttpSession() as bot.session:
            outcome = await TelegramFiles(bot, within=1)._download("photos/x.jpg")  # noqa: SLF001 - the very call
        assert not sighted(repr(outcome).encode(), bot.token)
    assert not sighted(log.getvalue().encode(), BOT_TOKEN)


async def test_an_update_that_fails_over_the_token_is_kept_without_it(tmp_path: Path) -> None:
    """The traceback in the quarantine is masked."""
    async with office(tmp_path) as desk:
        desk.product.receiver.dispatcher = Dispatcher()

        @desk.product.receiver.dispatcher.message()
        async def fail(_message: object) -> None:
            address = f"https://api.telegram.org/file/bot{quote(BOT_TOKEN)}/x and {BOT_TOKEN}"
            raise ConnectionError(address)

        await desk.take(photo_by(1, "officer01"))
        ((trace,),) = desk.rows("SELECT traceback FROM quarantine")
        assert "ConnectionError" in str(trace)
        assert not sighted(str(trace).encode())


@pytest.mark.parametrize("form", forms(BOT_TOKEN))
def test_every_form_of_the_token_is_masked(form: str) -> None:
    """Whole, in an address, and the secret part alone."""
    assert form not in Mask([BOT_TOKEN])(f"before {form} behind")


def test_a_password_is_masked_in_every_form() -> None:
    """As typed, and as it stands in the address of a database."""
    mask = Mask([PASSWORD])
    for form in (PASSWORD, quote(PASSWORD, safe=""), quote(PASSWORD).lower()):
        assert "canary" not in mask(f"postgresql://user:{form}@host/db")


def test_the_canary_itself_is_seen() -> None:
    """Or all of these would prove nothing."""
    for form in forms(BOT_TOKEN):
        assert sighted(f"…{form}…".encode())
        assert sighted(form.encode("utf-16-le"))
    assert not sighted(b"7000000001:another")
