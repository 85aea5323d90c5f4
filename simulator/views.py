"""How a message looks to a bot and to a person: the Bot API's objects, drawn when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.people import ANONYMOUS_ADMIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.chats import Chat
    from simulator.files import StoredFile
    from simulator.json_types import Json
    from simulator.messages import Media, Message, PhotoFile
    from simulator.world import World

    Extra = Callable[[StoredFile], Json]


def chat_object(world: World, chat: Chat) -> Json:
    """The Bot API's `Chat`."""
    drawn: Json = {"id": chat.id, "type": chat.type}
    if chat.is_private:
        person = world.people[chat.id]
        drawn["first_name"] = person.first_name
        if person.username:
            drawn["username"] = person.username
    else:
        drawn["title"] = chat.title
    if chat.is_forum:
        drawn["is_forum"] = True
    return drawn


def user_object(world: World, account: int) -> Json:
    """The Bot API's `User`; accounts that are gone keep a name."""
    person = world.people.get(account)
    if person is None:
        return {"id": account, "is_bot": False, "first_name": "Deleted Account"}
    return person.as_user()


def for_bot(world: World, chat: Chat, message: Message, bot: int) -> Json:
    """The message as the bot gets it, with its own file ids."""
    return _Drawing(world, chat, bot, lambda _file: {}).whole(message)


def alone(world: World, chat: Chat, message: Message, bot: int) -> Json:
    """The message as the bot gets it inside another object: without what it answers."""
    return _Drawing(world, chat, bot, lambda _file: {}).plain(message)


def for_person(world: World, chat: Chat, message: Message, base_url: str) -> Json:
    """The message as a person sees it now, with addresses to fetch the files from."""
    bot = chat.owner_bot or world.first_bot.id
    drawing = _Drawing(world, chat, bot, lambda file: {"url": f"{base_url}/sim/files/{file.key}"})
    drawn = drawing.whole(message)
    drawn["silent"] = message.silent
    if message.id in chat.pinned:
        drawn["pinned"] = True
    reactions = _reactions(message)
    if reactions:
        drawn["reactions"] = reactions
    return drawn


def _reactions(message: Message) -> list[Json]:
    found: dict[str, Json] = {}
    for account, given in message.reactions.items():
        for reaction in given:
            mark = str(reaction.get("emoji") or reaction.get("custom_emoji_id"))
            entry = found.setdefault(mark, {**reaction, "count": 0, "users": []})
            entry["count"] += 1
            entry["users"].append(account)
    return list(found.values())


class _Drawing:
    """Draws messages of one chat for one bot; `extra` adds to each file."""

    def __init__(self, world: World, chat: Chat, bot: int, extra: Extra) -> None:
        self._world = world
        self._chat = chat
        self._bot = bot
        self._extra = extra

    def whole(self, message: Message) -> Json:
        """The message with what it answers or pins."""
        drawn = self.plain(message)
        if message.reply_to is not None:
            target = self._chat.messages.get(message.reply_to)
            if target is not None:
                drawn["reply_to_message"] = self.plain(target)
        if message.pinned_message is not None:
            drawn["pinned_message"] = self._pinned(message.pinned_message)
        return drawn

    def plain(self, message: Message) -> Json:
        """The message by itself."""
        drawn: Json = {"message_id": message.id}
        drawn |= self._sender(message)
        drawn["chat"] = chat_object(self._world, self._chat)
        drawn["date"] = message.date
        drawn |= self._marks(message)
        drawn |= {key: self._content(key, value) for key, value in message.content.items()}
        if message.media is not None:
            drawn[message.media.kind] = self._media(message.media)
        if message.markup is not None:
            drawn["reply_markup"] = message.markup
        return drawn

    def _sender(self, message: Message) -> Json:
        if message.anonymous:
            chat = chat_object(self._world, self._chat)
            return {"from": ANONYMOUS_ADMIN, "sender_chat": chat}
        return {"from": user_object(self._world, message.sender)}

    def _marks(self, message: Message) -> Json:
        marks: Json = {
            "edit_date": message.edit_date,
            "media_group_id": message.media_group,
            "via_bot": message.via_bot,
            "forward_origin": self._origin(message),
            "ephemeral_message_id": message.ephemeral_id,
        }
        if message.receiver is not None:
            marks["receiver_user"] = user_object(self._world, message.receiver)
        if message.thread is not None:
            marks |= {"message_thread_id": message.thread, "is_topic_message": True}
        return {key: value for key, value in marks.items() if value is not None}

    def _origin(self, message: Message) -> Json | None:
        origin = message.origin
        if origin is None or "sender_user" not in origin:
            return origin
        return {**origin, "sender_user": user_object(self._world, origin["sender_user"])}

    def _content(self, key: str, value: object) -> object:
        if key in {"entities", "caption_entities"} and isinstance(value, list):
            return [self._entity(entity) for entity in value]
        return value

    def _entity(self, entity: Json) -> Json:
        if "user_id" not in entity:
            return entity
        drawn = {key: value for key, value in entity.items() if key != "user_id"}
        return drawn | {"user": user_object(self._world, entity["user_id"])}

    def _pinned(self, message_id: int) -> Json:
        target = self._chat.messages.get(message_id)
        if target is not None:
            return self.plain(target)
        chat = chat_object(self._world, self._chat)
        return {"chat": chat, "message_id": message_id, "date": 0}

    def _media(self, media: Media) -> Json | list[Json]:
        if media.kind == "photo":
            return [self._size(size) for size in media.sizes]
        drawn = dict(media.details)
        if media.file is not None:
            drawn |= self._file(media.file)
        if media.sizes:
            drawn["thumbnail"] = self._size(media.sizes[-1])
        return drawn

    def _size(self, size: PhotoFile) -> Json:
        return self._file(size.file) | {"width": size.width, "height": size.height}

    def _file(self, file: StoredFile) -> Json:
        return {
            "file_id": file.id_for(self._bot),
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
            **self._extra(file),
        }
