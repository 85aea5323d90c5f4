"""Telegram's objects → the product's own words. Nothing else of the product knows their shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from usecases.inputs import File, Sender, Source

if TYPE_CHECKING:
    from aiogram.types import InaccessibleMessage, Message, Update, User

ANONYMOUS = 1087968824
"""GroupAnonymousBot: stands for an admin who stays anonymous."""
IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff")


def sender_of(user: User | None, *, anonymous: bool = False) -> Sender:
    """The account behind something; nobody's where Telegram names none."""
    if user is None:
        return Sender(account="", anonymous=True)
    return Sender(
        account=str(user.id),
        username=(user.username or "").lower(),
        language=user.language_code or "",
        anonymous=anonymous or user.id == ANONYMOUS,
    )


def moment_of(date: datetime) -> datetime:
    """A message's own time, in UTC."""
    return date.astimezone(UTC)


def source_of(update: Update, message: Message) -> Source:
    """Where and when a message was said, and by whom. Edits count from when they were made."""
    edited = message.edit_date
    at = datetime.fromtimestamp(edited, UTC) if edited else moment_of(message.date)
    return Source(
        update_id=update.update_id,
        chat=str(message.chat.id),
        message=str(message.message_id),
        thread=topic_of(message),
        sender=sender_of(message.from_user, anonymous=message.sender_chat is not None),
        at=at,
        private=message.chat.type == "private",
        reply_to=_replied(message),
        forwarded=message.forward_origin is not None,
        via_bot=message.via_bot is not None,
    )


def topic_of(message: Message | InaccessibleMessage) -> str:
    """The topic of a message; empty in the general one, and where there are none."""
    topic = getattr(message, "message_thread_id", None)
    return str(topic) if topic and getattr(message, "is_topic_message", None) else ""


def _replied(message: Message) -> str:
    """The message it answers; in a topic, an answer to the topic itself is none."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return ""
    return str(replied.message_id)


def file_of(message: Message) -> File | None:
    """The photo of a message: a photo, a video's thumbnail, or an image sent as a file."""
    if message.photo:
        largest = message.photo[-1]
        return File(file=largest.file_id, unique=largest.file_unique_id)
    if message.video is not None:
        shown = message.video.thumbnail or message.video
        return File(file=shown.file_id, unique=shown.file_unique_id)
    document = message.document
    if document is not None and _is_image(document.mime_type, document.file_name):
        return File(file=document.file_id, unique=document.file_unique_id)
    return None


def _is_image(mime: str | None, name: str | None) -> bool:
    return (mime or "").startswith("image/") or (name or "").lower().endswith(IMAGE_ENDINGS)
