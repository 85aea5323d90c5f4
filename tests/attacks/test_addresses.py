"""Addresses and paths from outside: none is ever fetched, none becomes a place on the disk.

URLs in captions, words and names; file names and file paths as a hostile Bot API server sends them.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError

from delivery.files import TelegramFiles
from delivery.outcomes import Doubtful, Trouble
from delivery.session import Session
from tests.acceptance.city import SMALL, city, jpeg
from tests.attacks.office import office
from tests.fakes.bot_api import TOKEN, Reply, bot_api, ok

if TYPE_CHECKING:
    from pathlib import Path

PATHS = (
    "../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd",
    "//169.254.169.254/latest",
    "http://169.254.169.254/",
    "file:///etc/passwd",
    "photos/../../../x",
    "photos/..",
    "a\x00.jpg",
    "a\n.jpg",
    "?x=1",
    "#x",
    "photos/%2e%2e/x",
    "photos/x?y",
    "@host/x",
    "",
)


async def test_an_address_that_people_write_is_never_fetched(tmp_path: Path) -> None:
    """Whoever listens there hears nothing."""
    heard: list[object] = []

    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer.get_extra_info("peername"))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}/x.jpg"
    async with server, city(tmp_path) as town:
        path = f"/sim/people/{town.ids['officer01']}"
        await town.call("PATCH", path, {"first_name": address})
        photo = await town.photo("officer01", f"{SMALL} {address} file:///etc/passwd", settle=5)
        await town.say("officer01", f"改位置 {address}", reply_to=photo, settle=5)
        await town.say("supervisor01", f"退单 {address}", reply_to=photo, settle=5)
        await town.photo("officer02", SMALL, field="document", data=jpeg(), name=address, settle=5)
    assert heard == []


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "CON.jpg", "x" * 300 + ".jpg", "/a.jpg"])
async def test_a_files_name_becomes_no_path(tmp_path: Path, name: str) -> None:
    """On the shelf it stands under its hash, whatever it was called."""
    async with city(tmp_path / "data") as town:
        await town.photo("officer01", SMALL, field="document", data=jpeg(), name=name, settle=5)
    files = _below(tmp_path)
    assert [len(path.name) for path in files if "photos" in path.parts] == [64]
    assert {path.relative_to(tmp_path).parts[0] for path in files} == {"data"}


def _below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_path_of_a_hostile_server_is_not_followed(tmp_path: Path) -> None:
    """Whatever it answers to getFile: only plain relative paths are asked for."""
    async with office(tmp_path) as desk:
        bot = desk.product.bot
        files = TelegramFiles(bot, within=1)
        for path in PATHS:

            async def answer(_method: object, *, path: str = path, **_more: object) -> object:
                return type("File", (), {"file_size": 1, "file_path": path})()

            files._bot = answer  # type: ignore[assignment]  # noqa: SLF001 - a server's answer
            assert isinstance(await files.fetch("f"), Doubtful), path


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_of_a_hostile_server_is_not_followed(status: int) -> None:
    """Neither with a message in hand nor for a file: nobody but the Bot API is ever called."""
    async with bot_api() as api, bot_api() as elsewhere:
        session = Session(api=TelegramAPIServer.from_base(api.base))
        leads = Reply(status, location=f"{elsewhere.base}/latest/meta-data")
        async with Bot(TOKEN, session=session).context() as bot:
            api.answer(leads)
            with pytest.raises(TelegramNetworkError) as caught:
                await bot.send_message(-4000001, SMALL)
            assert TOKEN not in str(caught.value)
            found = {"file_id": "f", "file_unique_id": "u", "file_path": "photos/file_1.jpg"}
            api.answer(ok(found), leads)
            outcome = await TelegramFiles(bot, within=5).fetch("f")
        assert outcome == Trouble("RedirectedError")
        assert len(api.calls) == 3
        assert elsewhere.calls == []
