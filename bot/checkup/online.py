"""What the doctor asks Telegram: token, privacy, webhook, rights in each group, clock, latency.

It never polls, not even where no bot of ours runs on this machine. A poll ends the poll of whoever
polls elsewhere: a bot that has just begun gives way for good, one that was there first tells its
office of a rival. And it would prove nothing: it is answered at once when something waits, and else
sees a conflict only if the other comes back meanwhile. A bot's own polls tell of rivals.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiogram import exceptions as aio
from aiogram.enums import ChatMemberStatus
from aiogram.methods import GetChat, GetChatMember, GetMe, GetWebhookInfo
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted

from bot.assembly import build_bot
from bot.checkup.findings import Finding, Mark
from bot.cli_errors import missing_module
from bot.logs import Mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from aiogram import Bot
    from aiogram.types import ChatFullInfo, ResultChatMemberUnion, User, WebhookInfo

    from bot.config import Settings
    from bot.config.settings import GroupEntry

PATIENCE: Final = 15
"""Seconds for one call."""
SLOW: Final = 3.0
"""Seconds from which on an answer is slow: presses feel dead."""
DRIFT: Final = 5.0
"""Seconds by which the clock may be off; the date of an answer has whole seconds."""
WILD: Final = 60.0
"""From here on limits and reminders are wrong."""
ACTING: Final = "✍"
"""The reaction on every photo that became a case."""
FRESH: Final = 3600.0
"""Seconds for which a failed delivery to the webhook is news."""
_IN_A_GROUP: Final = frozenset(
    {
        ChatMemberStatus.ADMINISTRATOR,
        ChatMemberStatus.CREATOR,
        ChatMemberStatus.MEMBER,
        ChatMemberStatus.RESTRICTED,
    }
)


@dataclass(slots=True)
class _Answers:
    """When answers were dated, and what the machine's clock said then."""

    clock: Callable[[], datetime]
    drift: float | None = field(default=None)

    def hear(self, _status: int, date: str, _method: str) -> None:
        """An answer has come; some stand-in may give it no date."""
        try:
            dated = parsedate_to_datetime(date)
            self.drift = (self.clock() - dated).total_seconds()
        except (TypeError, ValueError):
            return


async def look(
    settings: Settings,
    clock: Callable[[], datetime],
    there: datetime | None,
    chats: Mapping[str, str],
) -> list[Finding]:
    """Everything that Telegram can tell.

    Args:
        settings: The city.
        clock: The machine's, whatever clock the bot follows.
        there: The present moment by the clock that it follows; None: nobody knows.
        chats: The ids now in use of groups that have moved.
    """
    answers = _Answers(clock)
    found: list[Finding] = []
    try:
        bot = build_bot(settings, answers.hear)
    except RuntimeError as error:  # as aiogram tells of a proxy's missing package
        return [_unreached(settings, error)]
    try:
        begun = time.monotonic()
        me = await bot(GetMe(), request_timeout=PATIENCE)
        found.append(_reached(settings, me, time.monotonic() - begun))
        found += _clock(answers.drift)
        info = await bot(GetWebhookInfo(), request_timeout=PATIENCE)
        found += _webhook(settings, info, there)
        found += await _groups(bot, me, settings, chats)
    except aio.TelegramUnauthorizedError:
        found.append(Finding(Mark.BAD, "token_refused"))
    except Exception as error:  # noqa: BLE001 - whatever the network does is a finding
        found.append(_unreached(settings, error))
    finally:
        await bot.session.close()
    return found


def _reached(settings: Settings, me: User, took: float) -> Finding:
    fields = {
        "name": me.username or me.first_name,
        "ms": round(took * 1000),
        "way": _way(settings),
    }
    slow = took > SLOW
    return Finding(Mark.LOOK if slow else Mark.GOOD, "doctor_slow" if slow else "doctor_me", fields)


def _unreached(settings: Settings, error: Exception) -> Finding:
    if isinstance(error.__cause__, ModuleNotFoundError):
        missing = missing_module(error.__cause__.name or "")
        return Finding(Mark.BAD, missing.text, {"detail": missing.detail, **missing.more})
    first = Mask(settings.secrets)(next(iter(str(error).splitlines()), "")) or type(error).__name__
    fields = {"way": _way(settings), "detail": first}
    text = "doctor_proxy_fails" if settings.telegram.proxy else "doctor_unreached"
    return Finding(Mark.BAD, text, fields)


def _way(settings: Settings) -> str:
    """By which way Telegram is reached; of a proxy only the host, it may hold a password."""
    base = urlsplit(settings.telegram.api_base)
    proxy = urlsplit(settings.telegram.proxy)
    name = base.hostname or settings.telegram.api_base
    return f"{name} ({proxy.scheme}://{proxy.hostname}:{proxy.port})" if proxy.hostname else name


def _clock(drift: float | None) -> Iterator[Finding]:
    if drift is None:
        return
    fields = {"seconds": f"{drift:+.0f}"}
    if abs(drift) <= DRIFT:
        yield Finding(Mark.GOOD, "doctor_clock", fields)
    else:
        yield Finding(Mark.BAD if abs(drift) > WILD else Mark.LOOK, "doctor_clock_off", fields)


def _webhook(settings: Settings, info: WebhookInfo, there: datetime | None) -> Iterator[Finding]:
    wanted = settings.web.webhook
    fields = {"host": urlsplit(info.url or wanted).hostname or ""}
    if not wanted:
        if info.url:
            yield Finding(Mark.BAD, "doctor_webhook_on", fields)
        return
    if info.url != wanted:
        yield Finding(
            Mark.BAD, "doctor_webhook_elsewhere" if info.url else "doctor_no_webhook", fields
        )
        return
    last = info.last_error_date
    fresh = last is not None and there is not None and (there - last).total_seconds() < FRESH
    if fresh and info.last_error_message:
        told = Mask(settings.secrets)(info.last_error_message)
        more = {"error": told, "waiting": info.pending_update_count}
        yield Finding(Mark.LOOK, "doctor_webhook_fails", {**fields, **more})
    else:
        yield Finding(Mark.GOOD, "doctor_webhook", fields)


async def _groups(
    bot: Bot, me: User, settings: Settings, chats: Mapping[str, str]
) -> list[Finding]:
    """Each group; and once what its privacy mode means, if no group suffers from it."""
    found: list[Finding] = []
    for group in settings.groups:
        found += await _group(bot, me, group, chats.get(str(group.chat), str(group.chat)))
    if all(one.text != "doctor_sees_nothing" for one in found):
        free = me.can_read_all_group_messages
        found.append(Finding(Mark.GOOD, "doctor_privacy_off" if free else "doctor_privacy_on"))
    return found


async def _group(bot: Bot, me: User, group: GroupEntry, chat: str) -> list[Finding]:
    """One group: whether the bot is in it, sees its photos and may do what it does there."""
    try:
        full = await bot(GetChat(chat_id=int(chat)), request_timeout=PATIENCE)
        member = await bot(
            GetChatMember(chat_id=int(chat), user_id=me.id), request_timeout=PATIENCE
        )
    except (aio.TelegramForbiddenError, aio.TelegramBadRequest, aio.TelegramNotFound) as error:
        text = (
            "doctor_kicked" if isinstance(error, aio.TelegramForbiddenError) else "doctor_no_group"
        )
        return [Finding(Mark.BAD, text, {"chat": group.chat})]
    fields = {"chat": group.chat, "title": full.title or ""}
    if member.status not in _IN_A_GROUP:
        return [Finding(Mark.BAD, "doctor_kicked", fields)]
    wrong = [Finding(mark, text, fields) for mark, text in _lacks(me, group, full, member)]
    return wrong or [Finding(Mark.GOOD, "doctor_group", fields)]


def _lacks(
    me: User, group: GroupEntry, full: ChatFullInfo, member: ResultChatMemberUnion
) -> Iterator[tuple[Mark, str]]:
    """What the bot lacks in a group that it is in."""
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        yield Mark.BAD, "doctor_muted"
    if group.kind != "patrol":
        return
    yield from _rights(me, member)
    allowed = full.available_reactions
    if allowed is not None and ACTING not in {getattr(one, "emoji", "") for one in allowed}:
        yield Mark.LOOK, "doctor_no_reaction"


def _rights(me: User, member: ResultChatMemberUnion) -> Iterator[tuple[Mark, str]]:
    """The rights that a patrol group's bot needs."""
    if isinstance(member, ChatMemberAdministrator):
        # In a supergroup the right is named; a plain group's administrators all have it.
        if member.can_pin_messages is False:
            yield Mark.LOOK, "doctor_no_pin"
    elif not isinstance(member, ChatMemberOwner):
        sees = bool(me.can_read_all_group_messages)
        yield (Mark.LOOK, "doctor_no_admin") if sees else (Mark.BAD, "doctor_sees_nothing")
