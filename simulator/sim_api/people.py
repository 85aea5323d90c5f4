"""`/sim/people`, `/sim/bots`, `/sim/chats` and their members."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from simulator import membership
from simulator.chats import ADMIN, MEMBER, Chat
from simulator.errors import SimError
from simulator.people import Person
from simulator.reactions import EMOJI, plain
from simulator.sim_api.body import path_integer, read_body, world_of

if TYPE_CHECKING:
    from simulator.json_types import Json
    from simulator.sim_api.body import Body
    from simulator.world import World

USERNAME = re.compile(r"^[A-Za-z][A-Za-z0-9_]{2,31}$")
PERSON_KEYS = {
    "first_name": "text",
    "username": "text",
    "language_code": "text",
    "premium": "flag",
}
CHAT_KEYS = {
    "title": "text",
    "members": "integers",
    "admins": "integers",
    "forum": "flag",
    "privacy": "flag",
    "reactions": "texts",
}


async def list_bots(request: web.Request) -> web.Response:
    """Every bot with its token."""
    return web.json_response([bot.as_listed() for bot in world_of(request).bots.values()])


async def add_bot(request: web.Request) -> web.Response:
    """A further bot."""
    world = world_of(request)
    body = await read_body(request, {"username": "text", "name": "text"})
    username = str(body.need("username")).removeprefix("@")
    _check_username(world, username)
    account = world.free_bot_id()
    person = Person(account, body.get("name") or username, username, is_bot=True)
    bot = world.add_bot(person, f"{account}:{secrets.token_urlsafe(26)}")
    world.hub.tell("people")
    return web.json_response(bot.as_listed())


async def list_people(request: web.Request) -> web.Response:
    """Everybody, bots too."""
    return web.json_response([person.as_listed() for person in world_of(request).people.values()])


async def add_person(request: web.Request) -> web.Response:
    """A new person."""
    world = world_of(request)
    body = await read_body(request, PERSON_KEYS)
    if body.get("username"):
        _check_username(world, body.get("username"))
    person = Person(world.free_person_id(), _name(body.need("first_name")))
    _describe(person, body)
    world.people[person.id] = person
    world.hub.tell("people")
    return web.json_response(person.as_listed())


async def change_person(request: web.Request) -> web.Response:
    """Rename or re-language somebody."""
    world = world_of(request)
    person = world.person(path_integer(request, "person"))
    body = await read_body(request, PERSON_KEYS)
    username = body.get("username")
    if username and username != person.username:
        _check_username(world, username)
    if "first_name" in body:
        person.first_name = _name(body.get("first_name"))
    _describe(person, body)
    world.hub.tell("people")
    return web.json_response(person.as_listed())


async def list_chats(request: web.Request) -> web.Response:
    """Every chat that people have; groups that became supergroups are gone from it."""
    world = world_of(request)
    chats = [chat for chat in world.all_chats() if chat.migrated_to is None]
    return web.json_response([listed(world, chat) for chat in chats])


async def add_chat(request: web.Request) -> web.Response:
    """A new group; a forum is a supergroup."""
    world = world_of(request)
    body = await read_body(request, CHAT_KEYS)
    forum = bool(body.get("forum", False))
    members = list(body.get("members", []))
    admins = list(body.get("admins", []))
    for account in [*members, *admins]:
        world.person(account)
    kind = "supergroup" if forum else "group"
    chat = Chat(world.free_group_id(supergroup=forum), kind, _name(body.need("title")))
    chat.is_forum = forum
    chat.privacy = bool(body.get("privacy", True))
    chat.available_reactions = _reactions(body)
    chat.members = dict.fromkeys(members, MEMBER) | dict.fromkeys(admins, ADMIN)
    world.add_group(chat)
    actor = next((account for account in [*admins, *members] if not _is_bot(world, account)), 0)
    membership.welcome(world, chat, actor or next(iter(world.people)))
    world.hub.tell("chats")
    return web.json_response(listed(world, chat))


async def change_member(request: web.Request) -> web.Response:
    """Add, remove, promote, demote, mute, or block."""
    world = world_of(request)
    body = await read_body(request, {"user": "integer", "action": "text", "without": "texts"})
    account, action = body.need("user"), body.need("action")
    world.person(account)
    chat_id = path_integer(request, "chat")
    if action in {"block", "unblock"} and chat_id == account:
        chat = world.private_chat(account, world.first_bot.id)
    else:
        chat = world.chat_for_people(chat_id)
    without = frozenset(body.get("without", []))
    membership.perform(world, chat, account, action, without)
    return web.json_response(listed(world, chat))


def listed(world: World, chat: Chat) -> Json:
    """The entry of `GET /sim/chats`."""
    entry: Json = {"id": chat.id, "type": chat.type}
    if chat.title is not None:
        entry["title"] = chat.title
    if chat.is_private:
        entry["title"] = world.people[chat.id].first_name
        entry["bot"] = chat.owner_bot
    entry |= {"members": chat.present(), "admins": chat.admins()}
    if chat.pinned:
        entry["pinned"] = sorted(chat.pinned)
    if chat.is_forum:
        entry["is_forum"] = True
        entry["topics"] = [{"id": t.id, "name": t.name} for t in chat.topics.values()]
    return entry


def _reactions(body: Body) -> list[str] | None:
    given = body.get("reactions")
    if given is None:
        return None
    emoji = [plain(mark) for mark in given]
    strange = [mark for mark in emoji if mark not in EMOJI]
    if strange:
        raise SimError(f"Telegram has no such reactions: {' '.join(strange)}")
    return emoji


def _describe(person: Person, body: Body) -> None:
    if "username" in body:
        person.username = str(body.get("username")).removeprefix("@") or None
    if "language_code" in body:
        person.language_code = body.get("language_code") or None
    if "premium" in body:
        person.premium = bool(body.get("premium"))


def _name(name: str) -> str:
    if not name.strip():
        raise SimError("a name must say something")
    return name


def _check_username(world: World, username: str) -> None:
    plain_name = username.removeprefix("@")
    if not USERNAME.match(plain_name):
        raise SimError(f"no possible username: {username!r}")
    taken = {str(person.username).lower() for person in world.people.values()}
    if plain_name.lower() in taken:
        raise SimError(f"the username {username!r} is taken")


def _is_bot(world: World, account: int) -> bool:
    return world.people[account].is_bot


def add_routes(app: web.Application) -> None:
    """Put the addresses of this file into the application."""
    app.router.add_get("/sim/bots", list_bots)
    app.router.add_post("/sim/bots", add_bot)
    app.router.add_get("/sim/people", list_people)
    app.router.add_post("/sim/people", add_person)
    app.router.add_patch("/sim/people/{person}", change_person)
    app.router.add_get("/sim/chats", list_chats)
    app.router.add_post("/sim/chats", add_chat)
    app.router.add_post("/sim/chats/{chat}/members", change_member)
