"""People of the sample town, as the tests speak for them: thin calls of `/sim`."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from aiogram import Bot
    from aiogram.types import Message

Result = TypeVar("Result")

GROUP = -4_000_001
OFFICER, OTHER_OFFICER, REPAIRER = 1001, 1002, 1011
SUPERVISOR, CITIZEN = 1025, 1029
TOWN_BOT = 7_000_000_001


def picture(width: int = 640, height: int = 480, colour: str = "gray", form: str = "JPEG") -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, form)
    return out.getvalue()


def started(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """The work under way, so that a test can do something meanwhile."""
    return asyncio.get_running_loop().create_task(work)


class People:
    """The people's side of a running simulator."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def call(self, method: str, path: str, body: object = None, *, status: int = 200) -> Any:
        """One call with a JSON body; asserts the status and gives the decoded answer."""
        async with self.session.request(method, f"/sim{path}", json=body) as answer:
            found = await answer.json()
            assert answer.status == status, found
            return found

    async def say(self, person: int, text: str, chat: int = GROUP, **more: object) -> int:
        """Somebody writes words; gives the message's id."""
        body = {"from": person, "text": text, **more}
        found = await self.call("POST", f"/chats/{chat}/messages", body)
        return int(found["message_ids"][0])

    async def show(
        self,
        person: int,
        photos: Sequence[bytes] | None = None,
        chat: int = GROUP,
        field: str = "photo",
        **more: object,
    ) -> list[int]:
        """Somebody posts photos, or with `field` another kind of file; gives the ids."""
        form = aiohttp.FormData()
        for key, value in {"from": person, **more}.items():
            form.add_field(key, str(value))
        for number, data in enumerate(photos or [picture()]):
            form.add_field(field, io.BytesIO(data), filename=f"{field}{number}.jpg")
        async with self.session.post(f"/sim/chats/{chat}/messages", data=form) as answer:
            found = await answer.json()
            assert answer.status == 200, found
            return [int(number) for number in found["message_ids"]]

    async def press(self, person: int, message: int, chat: int = GROUP, **what: object) -> Any:
        """Somebody presses a button; gives the bot's answer or None."""
        body = {"from": person, **what}
        found = await self.call("POST", f"/chats/{chat}/messages/{message}/press", body)
        return found["answer"]

    async def see(self, viewer: int, chat: int = GROUP, after: int = 0) -> list[dict[str, Any]]:
        """The messages as that person sees them."""
        path = f"/chats/{chat}/messages?viewer={viewer}&after={after}"
        found: list[dict[str, Any]] = await self.call("GET", path)
        return found

    async def group(self, **how: object) -> int:
        """A new group; gives its id."""
        body = {"title": "测试群", "members": [OFFICER, REPAIRER], "admins": [TOWN_BOT], **how}
        return int((await self.call("POST", "/chats", body))["id"])


async def heard(bot: Bot) -> list[Message]:
    """The messages that reached the bot since the last call."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [u.message or u.edited_message for u in updates if u.message or u.edited_message]  # type: ignore[misc]
