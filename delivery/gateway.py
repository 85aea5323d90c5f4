"""The one place that sends to Telegram: a thin adapter over aiogram; every error is an outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiogram import methods, types

from delivery import answers
from delivery.outcomes import Outcome, Refused, Sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiogram import Bot

    from delivery.ports import LetterButton, Parcel

ANSWER_WITHIN = 60
"""Seconds a call may take before it counts as unanswered."""
PHOTO_NAME = "sheet.jpg"

_HTML = "HTML"
_NO_PREVIEW = types.LinkPreviewOptions(is_disabled=True)
_Method = methods.TelegramMethod[Any]


class TelegramGateway:
    """Sends, edits and reacts as the bot (`delivery.ports.Gateway`)."""

    def __init__(self, bot: Bot, *, answer_within: int = ANSWER_WITHIN) -> None:
        self._bot = bot
        self._answer_within = answer_within

    async def send(self, parcel: Parcel) -> Outcome:
        """Send or edit a message; one whose topic is gone goes to the group without it."""
        outcome = await self._send(parcel)
        if isinstance(outcome, Outcome):
            return outcome
        outcome = await self._send(outcome)
        return outcome if isinstance(outcome, Outcome) else Refused("refused twice")

    async def react(self, chat: str, message: str, emoji: str) -> Outcome:
        """Set the bot's reaction on a message; an empty one takes it back."""
        reaction: list[types.ReactionTypeUnion] = (
            [types.ReactionTypeEmoji(emoji=emoji)] if emoji else []
        )
        try:
            await self._call(
                methods.SetMessageReaction(
                    chat_id=int(chat), message_id=int(message), reaction=reaction
                )
            )
        except Exception as error:  # noqa: BLE001 - its text may hold the token: it ends here
            return answers.meaning(error)
        return Sent("")

    async def pin(self, chat: str, message: str) -> Outcome:
        """Pin a message at the top of its chat, in silence."""
        try:
            await self._call(
                methods.PinChatMessage(
                    chat_id=int(chat), message_id=int(message), disable_notification=True
                )
            )
        except Exception as error:  # noqa: BLE001 - its text may hold the token: it ends here
            return answers.meaning(error)
        return Sent(message)

    async def _send(self, parcel: Parcel) -> Outcome | Parcel:
        """The outcome, or the parcel as it should be tried instead."""
        try:
            method = _method(parcel)
        except ValueError:
            return Refused("no valid message")
        try:
            answer = await self._call(method)
        except Exception as error:  # noqa: BLE001 - its text may hold the token: it ends here
            return _mended(parcel, error) or answers.meaning(error)
        return Sent(_id(answer) or parcel.edit)

    async def _call(self, method: _Method) -> object:
        return await self._bot(method, request_timeout=self._answer_within)


def _mended(parcel: Parcel, error: Exception) -> Parcel | None:
    if parcel.thread and answers.says(error, answers.NO_THREAD):
        return replace(parcel, thread="")
    if parcel.edit and answers.says(error, answers.WRONG_PART):
        return replace(parcel, captioned=not parcel.captioned)
    return None


def _id(answer: object) -> str:
    if not isinstance(answer, types.Message):
        return ""
    return str(answer.ephemeral_message_id or answer.message_id)


def _method(parcel: Parcel) -> _Method:
    if parcel.edit:
        return _ephemeral_edit(parcel) if parcel.only else _edit(parcel)
    return _new(parcel)


def _new(parcel: Parcel) -> _Method:
    common: dict[str, Any] = {
        "chat_id": int(parcel.chat),
        "message_thread_id": int(parcel.thread) if parcel.thread else None,
        "parse_mode": _HTML,
        "disable_notification": parcel.silent or None,
        "reply_parameters": _reply(parcel.reply_to),
        "reply_markup": _keyboard(parcel.buttons),
        "ephemeral_message_parameters": _receiver(parcel.only),
    }
    if parcel.picture is None:
        return methods.SendMessage(text=parcel.text, link_preview_options=_NO_PREVIEW, **common)
    photo = types.BufferedInputFile(parcel.picture, PHOTO_NAME)
    return methods.SendPhoto(photo=photo, caption=parcel.text, **common)


def _edit(parcel: Parcel) -> _Method:
    common: dict[str, Any] = {
        "chat_id": int(parcel.chat),
        "message_id": int(parcel.edit),
        "parse_mode": _HTML,
        "reply_markup": _keyboard(parcel.buttons),
    }
    if parcel.captioned:
        return methods.EditMessageCaption(caption=parcel.text, **common)
    return methods.EditMessageText(text=parcel.text, link_preview_options=_NO_PREVIEW, **common)


def _ephemeral_edit(parcel: Parcel) -> _Method:
    common: dict[str, Any] = {
        "chat_id": int(parcel.chat),
        "receiver_user_id": int(parcel.only),
        "ephemeral_message_id": int(parcel.edit),
        "parse_mode": _HTML,
        "reply_markup": _keyboard(parcel.buttons),
    }
    if parcel.captioned:
        return methods.EditEphemeralMessageCaption(caption=parcel.text, **common)
    return methods.EditEphemeralMessageText(
        text=parcel.text, link_preview_options=_NO_PREVIEW, **common
    )


def _reply(message: str) -> types.ReplyParameters | None:
    if not message:
        return None
    return types.ReplyParameters(message_id=int(message), allow_sending_without_reply=True)


def _receiver(account: str) -> types.EphemeralMessageParameters | None:
    return types.EphemeralMessageParameters(receiver_user_id=int(account)) if account else None


def _keyboard(rows: Sequence[Sequence[LetterButton]]) -> types.InlineKeyboardMarkup | None:
    if not rows:
        return None
    return types.InlineKeyboardMarkup(
        inline_keyboard=[
            [
                types.InlineKeyboardButton(
                    text=button.text, callback_data=button.data, style=button.style or None
                )
                for button in row
            ]
            for row in rows
        ]
    )
