"""Pinning: needs the right, leaves a service message, and never does what is done already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import posting
from simulator.api.access import find_chat, need_right
from simulator.api.call import Call, Method
from simulator.errors import bad_request
from simulator.messages import Message

if TYPE_CHECKING:
    from simulator.chats import Chat

NOT_MODIFIED = "CHAT_NOT_MODIFIED"


async def pin_message(call: Call) -> bool:
    """Pin a message; the service message that tells of it counts like any other message."""
    chat = find_chat(call)
    message = _target(call, chat, "message to pin")
    if message.id in chat.pinned:
        raise bad_request(NOT_MODIFIED)
    call.take_limit(chat)
    chat.pinned.append(message.id)
    silent = chat.is_private or call.parameters.flag("disable_notification")
    notice = Message(0, chat.id, call.world.unix(), call.bot.id, service=True, silent=silent)
    notice.pinned_message = message.id
    notice.thread = message.thread
    posting.post(call.world, chat, notice)
    return True


async def unpin_message(call: Call) -> bool:
    """Unpin the given message, or the pinned one that was sent last."""
    chat = find_chat(call)
    message = _unpinned(call, chat)
    if message.id not in chat.pinned:
        raise bad_request(NOT_MODIFIED)
    chat.pinned.remove(message.id)
    call.world.hub.tell("chat", chat=chat.id)
    return True


async def unpin_all(call: Call) -> bool:
    """Unpin whatever is pinned, be it nothing."""
    chat = find_chat(call)
    _need_right(call, chat)
    chat.pinned.clear()
    call.world.hub.tell("chat", chat=chat.id)
    return True


def _unpinned(call: Call, chat: Chat) -> Message:
    if call.parameters.integer("message_id") > 0:
        return _target(call, chat, "message to unpin")
    if chat.newest_pinned is None:
        raise bad_request("message to unpin not found")
    _need_right(call, chat)
    return chat.newest_pinned


def _target(call: Call, chat: Chat, what: str) -> Message:
    """The message of the call; unlike elsewhere, one that is not named is not found."""
    message = chat.messages.get(call.parameters.integer("message_id"))
    if message is None:
        raise bad_request(f"{what} not found")
    _need_right(call, chat)
    if message.service:
        raise bad_request("service messages can't be pinned")
    return message


def _need_right(call: Call, chat: Chat) -> None:
    need_right(call, chat, "can_pin_messages", "manage pinned messages in the chat")


PLACE = frozenset({"chat_id", "message_id"})
METHODS = (
    Method("pinChatMessage", pin_message, PLACE | {"disable_notification"}, counted=True),
    Method("unpinChatMessage", unpin_message, PLACE),
    Method("unpinAllChatMessages", unpin_all, frozenset({"chat_id"})),
)
