"""`/sim/chats/{chat}/messages`: post, look, edit, delete, press."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from simulator import posting, views
from simulator.api.markup import DATA_LIMIT
from simulator.entities import TEXT_LIMIT
from simulator.errors import SimError
from simulator.sim_api import posts
from simulator.sim_api.body import convert, path_integer, read_body, world_of

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.json_types import Json
    from simulator.messages import Message
    from simulator.people import Person
    from simulator.sim_api.body import Body
    from simulator.world import World

PRESS_KEYS = {
    "from": "integer",
    "data": "text",
    "button": "text",
    "row": "integer",
    "column": "integer",
    "wait": "number",
    "bot": "integer",
}
LONGEST_WAIT = 10.0
VIEW_KEYS = {"viewer": "integer", "after": "integer", "limit": "integer", "bot": "integer"}


async def post_message(request: web.Request) -> web.Response:
    """A person posts."""
    world = world_of(request)
    body = await read_body(request, posts.KEYS, posts.FILES)
    chat_id = path_integer(request, "chat")
    if chat_id > 0:
        if body.need("from") != chat_id:
            raise SimError("a private chat belongs to one person", 403)
        world.person(chat_id)
        chat = world.private_chat(chat_id, _bot(world, body))
    else:
        chat = world.chat_for_people(chat_id)
    return web.json_response({"message_ids": await posts.post(world, chat, body)})


async def list_messages(request: web.Request) -> web.Response:
    """The messages of a chat as a person sees them now."""
    world = world_of(request)
    body = await read_body(request, VIEW_KEYS)
    chat_id = path_integer(request, "chat")
    if chat_id in world.people and (chat_id, _bot(world, body)) not in world.private:
        return web.json_response([])  # a chat that was never started is empty
    chat = world.chat_for_people(chat_id, body.get("bot"))
    viewer = body.get("viewer")
    if viewer is not None and not chat.has(world.person(viewer).id):
        raise SimError(f"{viewer} is not in the chat", 403)
    limit = body.get("limit")
    if limit is not None and limit < 0:
        raise SimError("'limit' is at least 0")
    seen = _seen(chat, viewer, body.get("after", 0))[:limit]
    base_url = f"{request.scheme}://{request.host}"
    return web.json_response([views.for_person(world, chat, m, base_url) for m in seen])


def _seen(chat: Chat, viewer: int | None, after: int) -> list[Message]:
    own = [m for m in chat.ephemeral.values() if m.receiver == viewer]
    hidden = {message.replaces for message in own}
    seen = [m for m in chat.messages.values() if m.id > after and m.id not in hidden]
    seen += [message for message in own if message.anchor >= after]
    return sorted(seen, key=lambda m: (m.id or m.anchor, m.ephemeral_id or 0))


async def edit_message(request: web.Request) -> web.Response:
    """A person edits words or replaces a photo."""
    world = world_of(request)
    keys = {"from": "integer", "text": "text", "caption": "text", "bot": "integer"}
    body = await read_body(request, keys, frozenset({"photo"}))
    chat, message = _message(request, body.get("bot"))
    author = _editor(world, message, body)
    photos = body.files("photo")
    if photos:
        await _replace_photo(world, message, body)
    content = _edited(message, body, author)
    if content is None and not photos:
        raise SimError("'text', 'caption' or 'photo' is missing")
    if content is not None:
        message.content = content
    message.edit_date = world.unix()
    world.hub.tell("chat", chat=chat.id)
    posting.announce(world, chat, message, "edited_message")
    return web.json_response({"message_ids": [message.id]})


def _editor(world: World, message: Message, body: Body) -> Person:
    author = world.person(body.need("from"))
    if message.sender != author.id or message.service or message.origin is not None:
        raise SimError("people edit only what they wrote themselves", 403)
    return author


async def _replace_photo(world: World, message: Message, body: Body) -> None:
    if message.media is None or message.media.kind != "photo":
        raise SimError("there is no photo to replace")
    message.media = await posts.develop(world, body.files("photo")[0])


def _edited(message: Message, body: Body, author: Person) -> Json | None:
    field = "caption" if message.media is not None else "text"
    other = "text" if field == "caption" else "caption"
    if other in body:
        raise SimError(f"this message has no {other}")
    if field not in body:
        return None
    gone = {field, "entities" if field == "text" else "caption_entities"}
    kept = {key: value for key, value in message.content.items() if key not in gone}
    words = body.get(field)
    if field == "caption" and not words:
        return kept
    limit = author.caption_limit if field == "caption" else TEXT_LIMIT
    return kept | posts.marked(field, words, limit)


async def delete_message(request: web.Request) -> web.Response:
    """A person deletes: their own, or as an admin anybody's."""
    world = world_of(request)
    body = await read_body(request, {"from": "integer", "bot": "integer"})
    chat, message = _message(request, body.get("bot"))
    account = world.person(body.need("from")).id
    if message.sender != account and not (chat.is_admin(account) or chat.is_private):
        raise SimError("only admins delete what others wrote", 403)
    chat.remove(message)
    world.hub.tell("chat", chat=chat.id)
    return web.json_response({"message_ids": [message.id]})


async def press(request: web.Request) -> web.Response:
    """A person presses an inline button and waits for the answer."""
    world = world_of(request)
    body = await read_body(request, PRESS_KEYS)
    account = world.person(body.need("from")).id
    chat, message = _pressed(request, account, body)
    if not chat.has(account):
        raise SimError(f"{account} is not in the chat", 403)
    data = _data(message, body)
    bot = world.bot_by_id(message.sender)
    if data is None or bot is None:
        return web.json_response({"answer": None})
    place = (chat.id, message.id or message.ephemeral_id or 0)
    query = world.callbacks.ask(bot.id, account, place, world.clock.now())
    query.ephemeral_message = message.receiver is not None
    payload: Json = {
        "id": query.id,
        "from": views.user_object(world, account),
        "message": views.for_bot(world, chat, message, bot.id),
        "chat_instance": str(chat.id * 7919),
        "data": data,
    }
    posting.give(world, bot, "callback_query", payload)
    wait = min(max(body.get("wait", LONGEST_WAIT), 0.0), LONGEST_WAIT)
    await asyncio.wait({query.answer}, timeout=wait)
    answer = query.answer.result() if query.answer.done() else None
    return web.json_response({"answer": answer})


def _pressed(request: web.Request, account: int, body: Body) -> tuple[Chat, Message]:
    """The message; an ephemeral one by its own id, or by 0 for the newest one."""
    chat = _open_chat(request, body.get("bot"))
    number = path_integer(request, "message")
    own = [m for m in chat.ephemeral.values() if m.receiver == account]
    found = chat.messages.get(number)
    if found is None:
        fitting = [m for m in own if number in {m.ephemeral_id, 0}]
        found = fitting[-1] if fitting else None
    if found is None:
        raise SimError(f"there is no message {number}", 404)
    return chat, found


def _data(message: Message, body: Body) -> str | None:
    """The data to send; None for a button that sends none."""
    if sum(way in body for way in ("data", "button", "row")) > 1:
        raise SimError("either 'data', or 'button', or 'row' and 'column'")
    if "data" in body:
        data = str(body.get("data"))
        if not 0 < len(data.encode()) <= DATA_LIMIT:
            raise SimError(f"callback data has 1 to {DATA_LIMIT} bytes")
        return data
    button = _button(message, body)
    return button.get("callback_data")


def _button(message: Message, body: Body) -> Json:
    rows: list[list[Json]] = (message.markup or {}).get("inline_keyboard", [])
    if "button" in body:
        found = [b for row in rows for b in row if b["text"] == body.get("button")]
        if not found:
            labels = [b["text"] for row in rows for b in row]
            raise SimError(f"no button {body.get('button')!r}, there are {labels}", 404)
        return found[0]
    row, column = body.need("row"), body.need("column")
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise SimError(f"no button at row {row}, column {column}", 404)
    button: Json = rows[row][column]
    return button


def _message(request: web.Request, bot: int | None) -> tuple[Chat, Message]:
    chat = _open_chat(request, bot)
    number = path_integer(request, "message")
    message = chat.messages.get(number)
    if message is None:
        raise SimError(f"there is no message {number}", 404)
    return chat, message


def _open_chat(request: web.Request, bot: int | None) -> Chat:
    chat = world_of(request).chat_for_people(path_integer(request, "chat"), bot)
    if chat.migrated_to is not None:
        raise SimError(f"the group is a supergroup now, {chat.migrated_to}", 409)
    return chat


def _bot(world: World, body: Body) -> int:
    bot = body.get("bot", world.first_bot.id)
    if world.bot_by_id(bot) is None:
        raise SimError(f"there is no bot {bot}", 404)
    return int(convert("bot", bot, "integer"))


def add_routes(app: web.Application) -> None:
    """Put the addresses of this file into the application."""
    base = "/sim/chats/{chat}/messages"
    app.router.add_post(base, post_message)
    app.router.add_get(base, list_messages)
    app.router.add_patch(base + "/{message}", edit_message)
    app.router.add_delete(base + "/{message}", delete_message)
    app.router.add_post(base + "/{message}/press", press)
