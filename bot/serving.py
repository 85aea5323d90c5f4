"""From the configuration to what `web/` serves, and to where Telegram is pointed."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.signpost import EVERY, Aim, Signpost
from scheduler.clock import SystemClock
from web.addresses import parse
from web.door import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogram import Bot

    from bot.config import Settings
    from usecases.desk import Desk
    from usecases.ports import Clock
    from web.pulse import Pulse
    from web.totals import Totals


def plan(settings: Settings) -> Plan:
    """What is to be served."""
    web = settings.web
    return Plan(
        listen=parse(web.listen) if web.listen else None,
        webhook=web.webhook,
        secret=settings.hook_secret,
        share=web.share_port,
        metrics=parse(web.metrics) if web.metrics else None,
    )


def signpost(
    settings: Settings, bot: Bot, desk: Desk, pulse: Pulse, heard: Callable[[], None]
) -> Signpost:
    """Who tells Telegram where the updates go; each look that succeeds is `heard`."""
    web = settings.web
    aim = None
    if web.webhook:
        aim = Aim(url=web.webhook, secret=settings.hook_secret, max_connections=web.max_connections)
    third = settings.health.patience.total_seconds() / 3
    post = Signpost(bot, aim, heard, min(EVERY, third))
    post.desk, post.contested = desk, pulse.contest
    return post


TELLING = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "editMessageText",
        "editMessageCaption",
        "editEphemeralMessageText",
        "editEphemeralMessageCaption",
        "pinChatMessage",
        "setMessageReaction",
    }
)
"""The methods by which people are told something."""
OK = 200


def answers(pulse: Pulse, totals: Totals, clock: Clock) -> Callable[[int, str, str], None]:
    """Hears the status, the date and the method of each answer of Telegram's.

    The date is held against the machine's clock; one that follows a simulator is right as it is.
    """
    real = isinstance(clock, SystemClock)

    def hear(status: int, date: str, method: str) -> None:
        totals.answers[status] += 1
        if status == OK and method in TELLING:
            totals.told[method] += 1
        if not real:
            return
        try:
            pulse.clock_off = clock.now() - parsedate_to_datetime(date)
        except (TypeError, ValueError):
            return  # no date, or one without a zone: nobody has told

    return hear
