"""A message comes into a chat, and every bot that may see it gets an update."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from simulator import views
from simulator.entities import piece
from simulator.faults import Target

if TYPE_CHECKING:
    from simulator.bots import Bot
    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.messages import Message
    from simulator.world import World

JITTER = (0.02, 0.2)
"""Seconds between the arrivals of an album's items: each is an update of its own."""


def add_message(world: World, chat: Chat, message: Message) -> Message:
    """Put a message into its chat; nobody is told yet."""
    message.id = chat.next_message_id()
    chat.messages[message.id] = message
    world.hub.tell("chat", chat=chat.id)
    sender = world.people.get(message.sender)
    loud = not message.service or message.pinned_message is not None
    if sender is not None and sender.is_bot and loud and not message.silent:
        world.hub.tell("sound", chat=chat.id)
    return message


def post(world: World, chat: Chat, message: Message) -> Message:
    """Put a message into its chat and tell the bots."""
    add_message(world, chat, message)
    announce(world, chat, message)
    return message


def post_album(world: World, chat: Chat, album: list[Message]) -> None:
    """Put an album into its chat; the bots hear of its items one after another."""
    for message in album:
        add_message(world, chat, message)
    for message, delay in zip(album, _delays(world, chat, album), strict=True):
        announce_later(world, chat, message, delay)


def _delays(world: World, chat: Chat, album: list[Message]) -> list[float]:
    delays = [0.0]
    for _ in album[1:]:
        delays.append(delays[-1] + world.random.uniform(*JITTER))
    if world.faults.strike({"reorder_album"}, Target(chat=chat.id)):
        delays = [*delays[1::2], *delays[::2]][::-1]
    late = world.faults.strike({"late_album_item"}, Target(chat=chat.id))
    if late is not None:
        captioned = [index for index, message in enumerate(album) if message.text]
        delays[captioned[0] if captioned else -1] = max(delays) + late.seconds
    return delays


def announce_later(world: World, chat: Chat, message: Message, delay: float) -> None:
    """Tell the bots of a message `delay` simulated seconds from now, if it is still there."""

    def tell() -> None:
        if chat.messages.get(message.id) is message:
            announce(world, chat, message)

    if delay <= 0:
        tell()
    else:
        world.clock.call_at(world.clock.now() + timedelta(seconds=delay), tell)


def announce(world: World, chat: Chat, message: Message, kind: str = "message") -> None:
    """Give an update about the message to every bot that may see it."""
    for bot in world.bots.values():
        if chat.has(bot.id) and sees(world, bot, chat, message):
            give(world, bot, kind, views.for_bot(world, chat, message, bot.id))


def give(world: World, bot: Bot, kind: str, payload: Json) -> None:
    """Queue one update for one bot, twice if that fault was ordered."""
    if not bot.queue.wants(kind):
        return
    place = payload.get("chat") or payload.get("message", {}).get("chat") or {}
    lane = int(place.get("id", 0))
    now = world.clock.now()
    if world.faults.strike({"odd_update"}, Target(chat=lane or None)):
        # What a newer Bot API may bring: a kind of update and fields that nobody here knows.
        bot.queue.add("brand_new_thing", {"id": "1", "chat": payload.get("chat")}, now, lane)
        payload = payload | {"brand_new_field": {"depth": [1, {"x": None}]}}
    update = bot.queue.add(kind, payload, now, lane)
    if world.faults.strike({"duplicate_update"}, Target(chat=lane or None)):
        if kind == "callback_query":
            bot.queue.add(kind, payload, now, lane)
        else:
            bot.queue.put(update)


def sees(world: World, bot: Bot, chat: Chat, message: Message) -> bool:
    """Whether the message reaches the bot: not its own, no other bot's, and privacy mode.

    Of its own acts a bot hears that it pinned a message, opened a topic, or left.
    """
    sender = world.people.get(message.sender)
    if sender is not None and sender.is_bot and not message.service:
        return False
    if message.receiver is not None or (message.sender == bot.id and not _is_told(message)):
        return False
    if chat.is_private or chat.is_admin(bot.id) or not chat.privacy or message.service:
        return True
    return _is_meant(bot, chat, message)


def _is_told(message: Message) -> bool:
    told = message.content.keys() & {"forum_topic_created", "left_chat_member"}
    return bool(told) or message.pinned_message is not None


def _is_meant(bot: Bot, chat: Chat, message: Message) -> bool:
    if message.reply_to is not None:
        target = chat.messages.get(message.reply_to)
        if target is not None and target.sender == bot.id:
            return True
    return any(_addresses(bot, message, entity) for entity in message.entities)


def _addresses(bot: Bot, message: Message, entity: Json) -> bool:
    own_name = f"@{bot.person.username}".lower()
    words = piece(message.text, entity).lower()
    if entity["type"] == "mention":
        return words == own_name
    if entity["type"] == "bot_command":
        return "@" not in words or words.endswith(own_name)
    return bool(entity["type"] == "text_mention" and entity.get("user_id") == bot.id)
