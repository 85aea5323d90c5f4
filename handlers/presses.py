"""Presses on inline buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.refusals import NoSuchCase, Outdated
from handlers.reading import sender_of, topic_of
from handlers.replies import ToastReply
from messages import buttons
from usecases.inputs import ButtonPressed

if TYPE_CHECKING:
    from aiogram import Router
    from aiogram.types import CallbackQuery, Update

    from usecases.desk import Desk


async def press(query: CallbackQuery, event_update: Update, desk: Desk) -> ToastReply:
    """Hand a press to the desk; what comes back is what the presser sees."""
    language = query.from_user.language_code or ""
    message = query.message
    if message is None:
        return ToastReply(query=query.id, answer=NoSuchCase(), language=language)
    chat = str(message.chat.id)
    if message.chat.type != "private" and not desk.homes.holds(chat):
        # A copy of a button in somebody's own group: nothing is said or queued there.
        return ToastReply(query=query.id, answer=NoSuchCase(), language=language)
    language = desk.language_for(chat, language)
    read = buttons.decode(query.data or "")
    if read is None:
        return ToastReply(query=query.id, answer=Outdated(), language=language)
    pressed = ButtonPressed(
        update_id=event_update.update_id,
        sender=sender_of(query.from_user),
        chat=chat,
        message=str(message.message_id),
        at=desk.clock.now(),
        action=read.action,
        case_id=read.case_id,
        arg=read.arg,
        round=read.round,
        private=message.chat.type == "private",
        only=_ephemeral(query),
        answers=_answered(query),
        thread=topic_of(message),
    )
    answer = await desk.press_button(pressed)
    return ToastReply(query=query.id, answer=answer, language=language)


def _ephemeral(query: CallbackQuery) -> str:
    """The ephemeral message the button stood on, if it did."""
    shown = getattr(query.message, "ephemeral_message_id", None)
    return str(shown) if shown else ""


def _answered(query: CallbackQuery) -> str:
    """The message that the pressed one replies to, if it does."""
    replied = getattr(query.message, "reply_to_message", None)
    return str(replied.message_id) if replied else ""


def register(routes: Router) -> None:
    """Register the handlers of presses."""
    routes.callback_query.register(press)
