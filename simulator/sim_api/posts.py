"""What people post: words, photos, albums, files, places, videos and voices."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from PIL import Image

from simulator import membership, posting
from simulator.api.inputs import keep_document, keep_photo
from simulator.chats import MUTED, Topic
from simulator.entities import TEXT_LIMIT, find
from simulator.errors import SimError
from simulator.html import utf16_length
from simulator.messages import Media, Message
from simulator.photos import as_they_are

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.people import Person
    from simulator.requests import Upload
    from simulator.sim_api.body import Body
    from simulator.world import World

    Framed = Callable[[Json, Media | None], Message]

KEYS = {
    "from": "integer",
    "text": "text",
    "caption": "text",
    "latitude": "number",
    "longitude": "number",
    "reply_to": "integer",
    "thread": "integer",
    "forward_from": "text or integer",
    "via_bot": "text or integer",
    "anonymous": "flag",
    "media_group": "text",
    "bot": "integer",
}
FILES = frozenset({"photo", "document", "video", "voice"})
ALBUM_LIMIT = 10
SECONDS_OF_VIDEO = 6
SECONDS_OF_VOICE = 4
VIDEO_SIZE = (1280, 720)


async def post(world: World, chat: Chat, body: Body) -> list[int]:
    """Bring a person's post into the chat; returns the ids of its messages."""
    author = _author(world, chat, body)
    contents = await _contents(world, body, author)
    frame = _frame(world, chat, body, author)
    messages = [frame(content, media) for content, media in contents]
    if chat.is_private:
        _unblock(world, chat, author)
    album = body.get("media_group") or (world.next_album() if len(messages) > 1 else None)
    for message in messages:
        message.media_group = album
    if album is None:
        posting.post(world, chat, messages[0])
    else:
        posting.post_album(world, chat, messages)
    return [message.id for message in messages]


def _author(world: World, chat: Chat, body: Body) -> Person:
    author = world.person(body.need("from"))
    if author.is_bot:
        raise SimError("bots speak through the Bot API")
    if chat.migrated_to is not None:
        raise SimError(f"the group is a supergroup now, {chat.migrated_to}", 409)
    if not chat.has(author.id):
        raise SimError(f"{author.id} is not in the chat", 403)
    if chat.status(author.id) == MUTED:
        raise SimError(f"{author.id} may not write in the chat", 403)
    if body.get("anonymous") and not chat.is_admin(author.id):
        raise SimError("only admins post anonymously")
    return author


def _frame(world: World, chat: Chat, body: Body, author: Person) -> Framed:
    """What is the same for all items of a post; gives a function from content to message."""
    reply_to = _reply(chat, body)
    thread = _thread(chat, body, reply_to)
    via, origin = _via(world, body), _origin(world, body)

    def message(content: Json, media: Media | None) -> Message:
        return Message(
            0, chat.id, world.unix(), author.id, content, media, reply_to=reply_to,
            thread=thread, via_bot=via, origin=origin, anonymous=bool(body.get("anonymous")),
        )  # fmt: skip

    return message


async def _contents(world: World, body: Body, author: Person) -> list[tuple[Json, Media | None]]:
    _one_kind(body)
    photos = body.files("photo")
    if photos:
        if len(photos) > ALBUM_LIMIT:
            raise SimError("an album holds at most ten photos")
        caption = _caption(body, author)
        media = [await develop(world, photo) for photo in photos]
        return [(caption if index == 0 else {}, item) for index, item in enumerate(media)]
    for kind in ("document", "video", "voice"):
        files = body.files(kind)
        if files:
            if len(files) > 1:
                raise SimError(f"one {kind} at a time")
            return [(_caption(body, author), await _kept(world, kind, files[0]))]
    return [(_words(body), None)]


def _one_kind(body: Body) -> None:
    """Several kinds in one post would leave all but one ignored."""
    kinds = {upload.name for upload in body.uploads}
    if "latitude" in body or "longitude" in body:
        kinds.add("location")
    if "text" in body:
        kinds.add("text")
    if len(kinds) > 1:
        raise SimError(f"one kind of content at a time, not {', '.join(sorted(kinds))}")
    if "caption" in body and kinds & {"location", "text"}:
        raise SimError("only photos and files have captions")


def _words(body: Body) -> Json:
    if "latitude" in body or "longitude" in body:
        place = {key: body.need(key) for key in ("latitude", "longitude")}
        return {"location": place}
    return marked("text", body.need("text"), TEXT_LIMIT)


def _caption(body: Body, author: Person) -> Json:
    caption = body.get("caption", "")
    return marked("caption", caption, author.caption_limit) if caption else {}


def marked(field: str, words: str, limit: int) -> Json:
    """The field with the entities that Telegram finds in it; raises SimError if too long."""
    if utf16_length(words) > limit:
        raise SimError(f"{field} is longer than {limit}")
    if not words.strip():
        raise SimError(f"{field} must say something")
    entities = find(words, [])
    name = "entities" if field == "text" else "caption_entities"
    return {field: words, name: entities} if entities else {field: words}


async def develop(world: World, upload: Upload) -> Media:
    """A photo as Telegram keeps it; bytes that are no picture stay as they are."""
    sizes = await asyncio.to_thread(world.darkroom.develop, upload.data)
    return keep_photo(world, sizes or as_they_are(upload.data))


async def _kept(world: World, kind: str, upload: Upload) -> Media:
    if kind == "document":
        return await keep_document(world, upload)
    mime = upload.mime or {"video": "video/mp4", "voice": "audio/ogg"}[kind]
    file = world.files.add(kind, upload.data, upload.filename, mime)
    if kind == "voice":
        details: Json = {"duration": SECONDS_OF_VOICE, "mime_type": mime}
        return world.keep(Media(kind, (), file, details))
    thumbnail = await asyncio.to_thread(world.darkroom.develop, _still())
    width, height = VIDEO_SIZE
    details = {"width": width, "height": height, "duration": SECONDS_OF_VIDEO}
    details |= {"mime_type": mime, "file_name": upload.filename}
    sizes = keep_photo(world, (thumbnail or ())[:2][-1:]).sizes
    return world.keep(Media(kind, sizes, file, details))


def _still() -> bytes:
    """The thumbnail of a video: nothing here decodes videos, so it is a plain one."""
    out = io.BytesIO()
    Image.new("RGB", VIDEO_SIZE, (88, 96, 104)).save(out, "PNG")
    return out.getvalue()


def _reply(chat: Chat, body: Body) -> int | None:
    target = body.get("reply_to")
    if target is not None and target not in chat.messages:
        raise SimError(f"there is no message {target} to reply to", 404)
    return int(target) if target is not None else None


def _thread(chat: Chat, body: Body, reply_to: int | None) -> int | None:
    thread = body.get("thread")
    if thread is None:
        return chat.messages[reply_to].thread if reply_to is not None else None
    if not chat.is_forum:
        raise SimError("the chat has no topics")
    if thread <= 1:
        return None
    if thread not in chat.topics:
        chat.topics[thread] = Topic(thread, f"Topic {thread}")
    return int(thread)


def _via(world: World, body: Body) -> Json | None:
    via = body.get("via_bot")
    if via is None:
        return None
    if isinstance(via, int):
        return world.person(via).as_user()
    name = via.removeprefix("@")
    known = next((p for p in world.people.values() if p.username == name), None)
    stranger = {"id": 7_900_000_001, "is_bot": True, "first_name": name, "username": name}
    return known.as_user() if known else stranger


def _origin(world: World, body: Body) -> Json | None:
    source = body.get("forward_from")
    if source is None:
        return None
    if isinstance(source, int):
        account = world.person(source).id
        return {"type": "user", "date": world.unix(), "sender_user": account}
    return {"type": "hidden_user", "date": world.unix(), "sender_user_name": source}


def _unblock(world: World, chat: Chat, author: Person) -> None:
    if chat.owner_bot in author.blocked:
        membership.block(world, author.id, chat, blocked=False)
