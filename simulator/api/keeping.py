"""What happens to messages that are there: deleted, forwarded, copied, reacted to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import views
from simulator.api.access import find_chat, find_message
from simulator.api.call import Call, Method
from simulator.api.destination import COMMON, PLACE, Destination, deliver, find_destination
from simulator.api.sending import ABOVE, CAPTION
from simulator.api.words import read_caption
from simulator.errors import bad_request
from simulator.reactions import EMOJI, plain

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.messages import Message

DELETABLE_SECONDS = 48 * 3600
IDS_LIMIT = 100
LASTING_SERVICE = frozenset(
    {"supergroup_chat_created", "forum_topic_created", "migrate_from_chat_id"}
)


async def delete_message(call: Call) -> bool:
    """Delete one message."""
    chat = find_chat(call)
    message = find_message(call, chat, "message to delete")
    _check_deletable(call, chat, message)
    _remove(call, chat, message)
    return True


async def delete_messages(call: Call) -> bool:
    """Delete several; those that are not there are passed over."""
    chat = find_chat(call)
    messages = [
        chat.messages[number]
        for number in _identifiers(call.parameters.array("message_ids", "message identifiers"))
        if number in chat.messages
    ]
    for message in messages:
        _check_deletable(call, chat, message)
    for message in messages:
        _remove(call, chat, message)
    return True


async def forward_message(call: Call) -> Json:
    """Send a message on, with its origin."""
    source = _source(call, "message to forward")
    if source.service or source.content.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    place = find_destination(call, "messages")
    message = place.message(call, _content_of(source), source.media)
    message.origin = source.origin or _origin(call, source)
    return _drawn(call, place, deliver(call, place, message))


async def copy_message(call: Call) -> Json:
    """Send a copy without a link to the original."""
    source = _source(call, "message to copy")
    if source.service or source.content.get("has_protected_content"):
        raise bad_request("message can't be copied")
    place = find_destination(call, "messages")
    content = _content_of(source)
    if call.parameters.has("caption") and source.media is not None:
        content = {k: v for k, v in content.items() if k not in {"caption", "caption_entities"}}
        content |= read_caption(call)
    if call.parameters.flag(ABOVE):
        content |= {ABOVE: True}
    message = deliver(call, place, place.message(call, content, source.media))
    return {"message_id": message.id}


async def set_reaction(call: Call) -> bool:
    """React to a message; on an album the reaction goes to its first message."""
    chat = find_chat(call)
    message = find_message(call, chat, "message to react")
    if message.service:
        raise bad_request("MESSAGE_ID_INVALID")
    wanted = call.parameters.array("reaction", "ReactionType") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    reactions = [_reaction(chat, given) for given in wanted]
    if message.media_group is not None:
        message = call.world.album(chat, message.media_group)[0]
    message.reactions.pop(call.bot.id, None)
    if reactions:
        message.reactions[call.bot.id] = reactions
    call.world.hub.tell("chat", chat=chat.id)
    return True


def _identifiers(given: list[Any] | None) -> list[int]:
    if not given:
        raise bad_request("message identifiers are not specified")
    if len(given) > IDS_LIMIT:
        raise bad_request("too many message identifiers specified")
    try:
        return [int(number) for number in given]
    except (TypeError, ValueError) as error:
        raise bad_request("message identifier must be a Number") from error


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    if call.world.unix() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if LASTING_SERVICE & message.content.keys():
        raise bad_request("message can't be deleted")
    mine = message.sender == call.bot.id
    if not (mine or chat.is_private or chat.may(call.bot.id, "can_delete_messages")):
        raise bad_request("message can't be deleted")


def _remove(call: Call, chat: Chat, message: Message) -> None:
    chat.remove(message)
    call.world.hub.tell("chat", chat=chat.id)


def _source(call: Call, what: str) -> Message:
    chat = find_chat(call, "from_chat_id", write=False)
    return find_message(call, chat, what)


def _content_of(source: Message) -> Json:
    return {k: v for k, v in source.content.items() if k != "has_protected_content"}


def _origin(call: Call, source: Message) -> Json:
    if source.anonymous:
        chat = call.world.groups[source.chat_id]
        sender_chat = views.chat_object(call.world, chat)
        return {"type": "chat", "date": source.date, "sender_chat": sender_chat}
    return {"type": "user", "date": source.date, "sender_user": source.sender}


def _reaction(chat: Chat, given: Any) -> Json:  # noqa: ANN401 - JSON
    if not isinstance(given, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    kind = given.get("type")
    if kind not in {"emoji", "custom_emoji", "paid"}:
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    emoji = plain(str(given.get("emoji") or ""))
    allowed = chat.available_reactions
    if kind != "emoji" or emoji not in EMOJI or (allowed is not None and emoji not in allowed):
        raise bad_request("REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}


def _drawn(call: Call, place: Destination, message: Message) -> Json:
    return views.for_bot(call.world, place.chat, message, call.bot.id)


SOURCE = frozenset({"from_chat_id", "message_id"})
METHODS = (
    Method("deleteMessage", delete_message, frozenset({"chat_id", "message_id"})),
    Method("deleteMessages", delete_messages, frozenset({"chat_id", "message_ids"})),
    Method(
        "forwardMessage",
        forward_message,
        (PLACE - {"reply_parameters"}) | SOURCE,
        counted=True,
    ),
    Method(
        "copyMessage",
        copy_message,
        (COMMON - {"ephemeral_message_parameters"}) | SOURCE | CAPTION | {ABOVE},
        counted=True,
    ),
    Method(
        "setMessageReaction",
        set_reaction,
        frozenset({"chat_id", "message_id", "reaction", "is_big"}),
    ),
)
