"""Things that people of the town do less often: edit, delete, whisper, go on leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.acceptance.city import SMALL, Message, buttons, jpeg

if TYPE_CHECKING:
    from bot.config import Settings
    from tests.acceptance.city import City


async def edit(town: City, who: str, message: int, *, settle: float = 5, **words: str) -> None:
    """Edit the `caption` or the `text` of one's own message."""
    path = f"/sim/chats/{town.group}/messages/{message}"
    await town.call("PATCH", path, {"from": town.ids[who], **words})
    await town.advance(seconds=settle)


async def replace_photo(town: City, who: str, message: int, data: bytes = b"") -> None:
    """Put another photo into one's own message."""
    form = aiohttp.FormData()
    form.add_field("from", str(town.ids[who]))
    form.add_field("photo", data or jpeg("red"), filename="p.jpg", content_type="image/jpeg")
    path = f"{town.base}/sim/chats/{town.group}/messages/{message}"
    async with town.session.patch(path, data=form) as answer:
        assert answer.status == 200, await answer.text()
    await town.advance(seconds=5)


async def taken(town: City, officer: str = "officer01", words: str = SMALL) -> int:
    """A case that its repairer has claimed; the photo's id."""
    photo = await town.photo(officer, words)
    card = await town.card(photo)
    await town.press(officer.replace("officer", "repairer"), card["message_id"], "接单")
    return photo


async def delete(town: City, who: str, message: int) -> None:
    """Delete a message."""
    path = f"/sim/chats/{town.group}/messages/{message}"
    await town.call("DELETE", path, {"from": town.ids[who]})


async def fault(town: City, kind: str, **how: object) -> None:
    """Let something go wrong."""
    await town.call("POST", "/sim/faults", {"kind": kind, **how})


async def menu(town: City, who: str) -> Message:
    """The newest message of the group that only this person sees."""
    return [m for m in await town.from_bot(who) if m.get("ephemeral_message_id")][-1]


async def choose(town: City, who: str, card: int, *path: str) -> str:
    """Press 更多 on a card, then one button after another of the menu; the last toast."""
    toast = await town.press(who, card, "更多")
    for button in path:
        shown = await menu(town, who)
        assert button in buttons(shown), (button, buttons(shown))
        toast = await town.press(who, shown["ephemeral_message_id"], button)
    return toast


def with_person(settings: Settings, username: str, **changes: Any) -> Settings:
    """The configuration with one person of the roster changed."""
    people = tuple(replace(p, **changes) if p.username == username else p for p in settings.people)
    assert people != settings.people
    return replace(settings, people=people)
