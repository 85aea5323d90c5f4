"""What the bot said, when, to whom, and whether it sounded: read from `/sim/log`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tests.acceptance.city import ZONE

if TYPE_CHECKING:
    from tests.acceptance.city import City

SENDS = ("sendMessage", "sendPhoto")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the bot, as it was sent."""

    at: datetime
    """City time."""
    chat: int
    text: str
    loud: bool

    @property
    def clock(self) -> str:
        """The hour and minute."""
        return f"{self.at:%H:%M}"


async def said(town: City, word: str = "", *, chat: int | None = None) -> list[Said]:
    """The messages that were sent, oldest first: those with this word, or to this chat."""
    found = []
    for call in await town.log(*SENDS):
        given = call["parameters"]
        text = str(given.get("text") or given.get("caption") or "")
        if call["status"] != 200 or word not in text or chat not in {None, call["chat"]}:
            continue
        moment = datetime.fromisoformat(call["time"]).astimezone(ZONE)
        found.append(Said(moment, call["chat"], text, not given.get("disable_notification")))
    return found


async def clocks(town: City, word: str, *, chat: int | None = None) -> list[str]:
    """When messages with this word were sent, as hour and minute."""
    return [one.clock for one in await said(town, word, chat=chat)]
