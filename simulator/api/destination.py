"""Where a message of a bot goes: chat, topic, reply, and whether one member alone sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator import posting
from simulator.api.access import find_chat, may_send
from simulator.api.markup import read_markup
from simulator.callbacks import EPHEMERAL_WINDOW
from simulator.errors import bad_request
from simulator.messages import Message
from simulator.parameters import known_keys

if TYPE_CHECKING:
    from simulator.api.call import Call
    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.messages import Media

PLACE = frozenset(
    {
        "chat_id", "message_thread_id", "disable_notification", "protect_content",
        "reply_parameters",
    }
)  # fmt: skip
COMMON = PLACE | {"reply_markup", "ephemeral_message_parameters"}
REPLY_KEYS = frozenset({"message_id", "chat_id", "allow_sending_without_reply"})
EPHEMERAL_KEYS = frozenset(
    {"receiver_user_id", "callback_query_id", "replace_callback_query_message"}
)
GENERAL_TOPIC = 1


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """For whom alone the message is."""

    receiver: int
    replaces: int | None = None
    """The ordinary message that it is shown in place of."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The resolved target of a send."""

    chat: Chat
    thread: int | None
    reply_to: int | None
    markup: Json | None
    silent: bool
    protected: bool
    ephemeral: Ephemeral | None

    def message(self, call: Call, content: Json, media: Media | None = None) -> Message:
        """A message of the calling bot for this place, not yet in the chat."""
        if self.protected:
            content = {**content, "has_protected_content": True}
        return Message(
            0, self.chat.id, call.world.unix(), call.bot.id, content, media,
            reply_to=self.reply_to, thread=self.thread, markup=self.markup,
            silent=self.silent,
        )  # fmt: skip


def find_destination(call: Call, what: str) -> Destination:
    """Where the call wants its message; raises ApiError if it may not go there."""
    parameters = call.parameters
    chat = find_chat(call)
    may_send(call, chat, what)
    ephemeral = _ephemeral(call, chat)
    thread = _thread(call, chat)
    reply_to = _reply(call, chat)
    if reply_to is not None and thread is None:
        thread = chat.messages[reply_to].thread
    return Destination(
        chat,
        thread,
        reply_to,
        read_markup(call),
        parameters.flag("disable_notification"),
        parameters.flag("protect_content"),
        ephemeral,
    )


def deliver(call: Call, place: Destination, message: Message) -> Message:
    """Put the message where it goes; ephemeral ones are free, others count."""
    if place.ephemeral is not None:
        return _deliver_ephemeral(call, place.chat, place.ephemeral, message)
    call.take_limit(place.chat)
    return posting.post(call.world, place.chat, message)


def _deliver_ephemeral(call: Call, chat: Chat, ephemeral: Ephemeral, message: Message) -> Message:
    message.ephemeral_id = chat.next_ephemeral_id()
    message.receiver = ephemeral.receiver
    message.anchor = chat.last_message_id
    message.replaces = ephemeral.replaces
    chat.ephemeral[message.ephemeral_id] = message
    call.world.hub.tell("chat", chat=chat.id, user=ephemeral.receiver)
    return message


def _thread(call: Call, chat: Chat) -> int | None:
    thread = call.parameters.integer("message_thread_id")
    if thread <= 0 or not chat.is_forum:
        return None
    if thread == GENERAL_TOPIC or thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def _reply(call: Call, chat: Chat) -> int | None:
    given = call.parameters.object("reply_parameters", "reply parameters")
    if not given:
        return None
    known_keys("reply_parameters", given, REPLY_KEYS)
    if str(given.get("chat_id", chat.id)) != str(chat.id):
        raise bad_request("replies to another chat are not supported by the simulator")
    target = given.get("message_id")
    if not isinstance(target, int):
        raise bad_request("can't parse reply parameters: message_id must be an Integer")
    if target in chat.messages:
        return target
    lenient = given.get("allow_sending_without_reply") is True
    if lenient and not call.parameters.has("ephemeral_message_parameters"):
        return None
    raise bad_request("message to be replied not found")


def _ephemeral(call: Call, chat: Chat) -> Ephemeral | None:
    given = call.parameters.object("ephemeral_message_parameters", "ephemeral parameters")
    if not given:
        return None
    known_keys("ephemeral_message_parameters", given, EPHEMERAL_KEYS)
    receiver = _receiver(call, chat, given)
    query = given.get("callback_query_id")
    if not query:
        if not chat.is_admin(call.bot.id):
            raise bad_request("not enough rights to send ephemeral messages to the chat")
        return Ephemeral(receiver)
    replaced = _answered_message(call, chat, str(query), receiver)
    replaces = given.get("replace_callback_query_message") is True
    return Ephemeral(receiver, replaced if replaces else None)


def _receiver(call: Call, chat: Chat, given: Json) -> int:
    receiver = given.get("receiver_user_id")
    if not isinstance(receiver, int):
        raise bad_request("invalid receiver_user_id specified")
    if chat.is_private:
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    if not chat.has(receiver) or call.world.people[receiver].is_bot:
        raise bad_request("USER_NOT_PARTICIPANT")
    return receiver


def _answered_message(call: Call, chat: Chat, query_id: str, receiver: int) -> int | None:
    now = call.world.clock.now()
    query = call.world.callbacks.find(query_id, call.bot.id, now)
    fits = query is not None and (query.chat, query.user) == (chat.id, receiver)
    if query is None or not fits or now - query.asked > EPHEMERAL_WINDOW:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return None if query.ephemeral_message else query.message
