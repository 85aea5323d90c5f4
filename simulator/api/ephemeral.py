"""editEphemeralMessage… and deleteEphemeralMessage: for what one member alone sees; all free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.api.access import find_chat, find_user
from simulator.api.call import Call, Method
from simulator.api.editing import NOT_MODIFIED, differs, new_caption, new_media, new_text
from simulator.api.markup import read_markup
from simulator.api.sending import ABOVE, CAPTION
from simulator.errors import bad_request

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.messages import Media, Message

PLACE = frozenset({"chat_id", "receiver_user_id", "ephemeral_message_id"})
MARKED = PLACE | {"reply_markup"}


async def edit_text(call: Call) -> bool:
    """Change the words."""
    chat, message = _own(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _changed(call, chat, message, new_text(call, message))


async def edit_caption(call: Call) -> bool:
    """Change the caption."""
    chat, message = _own(call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _changed(call, chat, message, new_caption(call, message))


async def edit_media(call: Call) -> bool:
    """Change the photo or file."""
    chat, message = _own(call)
    if message.media is None:
        raise bad_request("message can't be edited")
    media, content = await new_media(call, message)
    return _changed(call, chat, message, content, media)


async def edit_markup(call: Call) -> bool:
    """Change the buttons."""
    chat, message = _own(call)
    return _changed(call, chat, message, message.content)


async def delete(call: Call) -> bool:
    """Take the message away."""
    chat, message = _own(call, "message to delete")
    if message.ephemeral_id is not None:
        del chat.ephemeral[message.ephemeral_id]
    call.world.hub.tell("chat", chat=chat.id, user=message.receiver)
    return True


def _own(call: Call, what: str = "message to edit") -> tuple[Chat, Message]:
    chat = find_chat(call)
    receiver = find_user(call, "receiver_user_id")
    message = chat.ephemeral.get(call.parameters.integer("ephemeral_message_id"))
    if message is None or (message.receiver, message.sender) != (receiver, call.bot.id):
        raise bad_request(f"{what} not found")
    return chat, message


def _changed(
    call: Call, chat: Chat, message: Message, content: Json, media: Media | None = None
) -> bool:
    markup = read_markup(call)
    if not differs(message, content, media, markup):
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup = content, markup
    message.media = media or message.media
    message.edit_date = call.world.unix()
    call.world.hub.tell("chat", chat=chat.id, user=message.receiver)
    return True


METHODS = (
    Method(
        "editEphemeralMessageText",
        edit_text,
        MARKED | {"text", "parse_mode", "entities", "link_preview_options"},
    ),
    Method("editEphemeralMessageCaption", edit_caption, MARKED | CAPTION | {ABOVE}),
    Method("editEphemeralMessageMedia", edit_media, MARKED | {"media"}),
    Method("editEphemeralMessageReplyMarkup", edit_markup, MARKED),
    Method("deleteEphemeralMessage", delete, PLACE),
)
