"""What an error of aiogram means for a send or edit; pure.

An error's text is used only where it is Telegram's: texts of the HTTP client may hold the token.
"""

from __future__ import annotations

from datetime import timedelta
from functools import singledispatch

from aiogram import exceptions as aio
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from delivery.outcomes import (
    Absence,
    Later,
    Maybe,
    Migrated,
    NoChat,
    NoMessage,
    Outcome,
    Refused,
    Same,
    Sent,
    SurelyNot,
    TokenRefused,
)

NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
"""The topic is not there any more (or closed): the message goes without it."""
WRONG_PART = ("there is no text in the message", "there is no caption in the message")
"""A caption was edited as a text, or the other way round."""

_FLOOD = ("too many requests",)
_FLOOD_REST = timedelta(seconds=5)
"""How long to rest when the platform does not say how long, or says 0."""
_SAME = ("message is not modified", "chat_not_modified")
_NO_MESSAGE = (
    "message to edit not found",
    "message can't be edited",
    "message to react not found",
    "message to pin not found",
    "message not found",
    "message_id_invalid",
)
_ABSENCES = (
    (
        Absence.BLOCKED,
        (
            "bot was blocked by the user",
            "user is deactivated",
            "bot can't initiate conversation",
            "can't send messages to bots",
            "peer_id_invalid",
        ),
    ),
    (
        Absence.MUTED,
        (
            "have no rights to send",
            "not enough rights to send",
            "need administrator rights",
            "chat_write_forbidden",
            "chat_restricted",
            "chat_send_",
        ),
    ),
    (
        Absence.GONE,
        (
            "bot was kicked",
            "bot is not a member",
            "chat not found",
            "group chat was deleted",
            "group chat was deactivated",
            "channel_private",
        ),
    ),
)


def says(error: BaseException, words: tuple[str, ...]) -> bool:
    """Whether Telegram's answer holds one of these words."""
    if not isinstance(error, aio.TelegramAPIError):
        return False
    text = error.message.lower()
    return any(word in text for word in words)


@singledispatch
def meaning(error: Exception) -> Outcome:
    """The outcome of a call that raised this error."""
    # An HTML page, a truncated answer, or something nobody foresaw.
    return Maybe(type(error).__name__)


@meaning.register
def _(error: aio.TelegramRetryAfter) -> Outcome:
    return Later(timedelta(seconds=error.retry_after))


@meaning.register
def _(error: aio.TelegramMigrateToChat) -> Outcome:
    return Migrated(str(error.migrate_to_chat_id))


@meaning.register
def _(_error: aio.TelegramUnauthorizedError) -> Outcome:
    return TokenRefused()


@meaning.register
def _(error: aio.TelegramServerError) -> Outcome:
    return SurelyNot(error.message, reached=True)


@meaning.register
def _(_error: aio.TelegramEntityTooLarge) -> Outcome:
    return Refused("too large")


@meaning.register
def _(error: aio.ClientDecodeError) -> Outcome:
    """Of a message with unknown parts the number is enough: it was sent, and must not go again."""
    match error.data:
        case {"ok": True, "result": {"ephemeral_message_id": int() as number}}:
            return Sent(str(number))
        case {"ok": True, "result": {"message_id": int() as number}}:
            return Sent(str(number))
        case _:
            return Maybe(type(error).__name__)


@meaning.register(aio.TelegramNetworkError)
@meaning.register(OSError)
def _(error: Exception) -> Outcome:
    cause = error.__cause__ or error
    if isinstance(cause, ClientConnectorError | ConnectionTimeoutError):
        return SurelyNot(type(cause).__name__, reached=False)
    return Maybe(type(cause).__name__)


@meaning.register
def _(error: aio.TelegramAPIError) -> Outcome:
    if says(error, _FLOOD):
        return Later(_FLOOD_REST)
    if says(error, _SAME):
        return Same()
    if says(error, _NO_MESSAGE):
        return NoMessage(error.message)
    for absence, words in _ABSENCES:
        if says(error, words):
            return NoChat(absence, error.message)
    return Refused(error.message)
