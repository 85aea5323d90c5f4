"""editMessage…: only a bot's own messages, and only if something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import views
from simulator.api.access import find_chat, find_message
from simulator.api.call import Call, Method
from simulator.api.markup import read_markup
from simulator.api.sending import ABOVE, CAPTION, media_marks, read_input_media, read_preview
from simulator.api.words import read_caption, read_text
from simulator.errors import bad_request

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.messages import Media, Message

PLACE = frozenset({"chat_id", "message_id", "reply_markup"})
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
CAPTION_FIELDS = ("caption", "caption_entities", ABOVE, "has_media_spoiler")


async def edit_text(call: Call) -> Json:
    """Change the words of a text message."""
    chat, message = _own(call)
    _need(message.content, "text", "there is no text in the message to edit")
    return _changed(call, chat, message, new_text(call, message))


async def edit_caption(call: Call) -> Json:
    """Change the caption of a photo or file."""
    chat, message = _own(call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _changed(call, chat, message, new_caption(call, message))


async def edit_media(call: Call) -> Json:
    """Put another photo or file in place of the one that is there."""
    chat, message = _own(call)
    if message.media is None:
        raise bad_request("message can't be edited")
    media, content = await new_media(call, message)
    return _changed(call, chat, message, content, media)


async def edit_markup(call: Call) -> Json:
    """Change nothing but the buttons."""
    chat, message = _own(call)
    markup = read_markup(call)
    if markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    call.take_limit(chat)
    message.markup = markup
    call.world.hub.tell("chat", chat=chat.id)
    return views.for_bot(call.world, chat, message, call.bot.id)


def new_text(call: Call, message: Message) -> Json:
    """The content of the message with the call's words."""
    kept = {
        key: value
        for key, value in message.content.items()
        if key not in {"text", "entities", "link_preview_options"}
    }
    return kept | read_text(call) | read_preview(call)


def new_caption(call: Call, message: Message) -> Json:
    """The content of the message with the call's caption."""
    kept = {k: v for k, v in message.content.items() if k not in CAPTION_FIELDS}
    return kept | read_caption(call) | media_marks(call)


async def new_media(call: Call, message: Message) -> tuple[Media, Json]:
    """The file that the call brings, and the content with its caption."""
    given = call.parameters.object("media", "input media")
    if given is None:
        raise bad_request("can't parse input media JSON object")
    media, caption = await read_input_media(call, given)
    if message.media_group is not None and message.media is not None:
        _need({message.media.kind: True}, media.kind, "can't use the media in the album")
    kept = {k: v for k, v in message.content.items() if k not in CAPTION_FIELDS}
    return media, kept | caption


def differs(message: Message, content: Json, media: Media | None, markup: Json | None) -> bool:
    """Whether an edit would change anything."""
    if content != message.content or markup != message.markup:
        return True
    if media is None or message.media is None:
        return False
    return media.identity != message.media.identity


def _own(call: Call) -> tuple[Chat, Message]:
    chat = find_chat(call)
    message = find_message(call, chat, "message to edit")
    if message.sender != call.bot.id or message.service or message.origin is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _need(content: Json, field: str, words: str) -> None:
    if field not in content:
        raise bad_request(words)


def _changed(
    call: Call, chat: Chat, message: Message, content: Json, media: Media | None = None
) -> Json:
    markup = read_markup(call)
    if not differs(message, content, media, markup):
        raise bad_request(NOT_MODIFIED)
    call.take_limit(chat)
    message.content, message.markup = content, markup
    message.media = media or message.media
    message.edit_date = call.world.unix()
    call.world.hub.tell("chat", chat=chat.id)
    return views.for_bot(call.world, chat, message, call.bot.id)


METHODS = (
    Method(
        "editMessageText",
        edit_text,
        PLACE | {"text", "parse_mode", "entities", "link_preview_options"},
        counted=True,
    ),
    Method("editMessageCaption", edit_caption, PLACE | CAPTION | {ABOVE}, counted=True),
    Method("editMessageMedia", edit_media, PLACE | {"media"}, counted=True),
    Method("editMessageReplyMarkup", edit_markup, PLACE, counted=True),
)
