"""At a start: is this the bot's own city? The number before a token's colon outlives the token."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engines import is_sqlite
from storage.moving import see_that_nobody_runs
from usecases import whose_bot

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings
    from storage.writer import Writer

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeOver:
    """What a start may take over from others, as the office says."""

    city: bool = False
    """A city that was another bot's."""
    webhook: bool = False
    """The updates, though they are brought to another program."""


NOTHING = TakeOver()
"""The usual start."""


def number_of(settings: Settings) -> int:
    """The bot's number at Telegram, which a renewed token keeps; the token must be one."""
    return int(settings.telegram.token.reveal().partition(":")[0])


async def enter(writer: Writer, settings: Settings, now: datetime, *, new: bool) -> None:
    """See that the token is the city's bot's; `new`: let another bot take the city over.

    Raises:
        OtherBotError: It is another bot's, which was not to be expected.
        CityInUseError: A bot is to take over what another one still serves.
    """
    bot = number_of(settings)
    before = await writer.run(whose_bot.known)
    if not before:  # where another was meant, the address of the database is wrong
        log.info("a new city begins", extra={"action": "city.new"})
    if not new or before in {0, bot}:
        await writer.run(whose_bot.enter, bot, now)
        return
    if not is_sqlite(settings.database_url):  # one file has one process anyway
        await asyncio.to_thread(see_that_nobody_runs, settings.database_url)
    await writer.run(whose_bot.take_over, bot, now)
    log.warning("another bot serves the city from now on", extra={"action": "bot.changed"})
