"""Who comes and goes: joins, leaves, promotions, blocks, and a group's way to a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator import posting, views
from simulator.chats import (
    ADMIN,
    KICKED,
    LEFT,
    MEMBER,
    MUTED,
    OPTIONAL_RIGHTS,
    PRESENT,
    Chat,
    chat_member,
)
from simulator.errors import SimError
from simulator.messages import Message

if TYPE_CHECKING:
    from simulator.bots import Bot
    from simulator.json_types import Json
    from simulator.world import World

STATUS_AFTER = {
    "add": MEMBER,
    "remove": KICKED,
    "promote": ADMIN,
    "demote": MEMBER,
    "mute": MUTED,
    "unmute": MEMBER,
}


class Standing(NamedTuple):
    """What somebody is in a group, and which rights an administrator goes without."""

    status: str
    without: frozenset[str] = frozenset()


def change(world: World, chat: Chat, account: int, standing: Standing, actor: int) -> None:
    """Give `account` another standing in a group, with the updates that Telegram would send."""
    status, without = standing
    before = chat.status(account)
    if (before, chat.withheld.get(account, frozenset())) == standing:
        return
    joins = before not in PRESENT and status in PRESENT
    leaves = before in PRESENT and status not in PRESENT
    user = views.user_object(world, account)
    if leaves:
        _service(world, chat, actor, {"left_chat_member": user})
    old = chat_member(chat, user, before)
    chat.members[account] = status
    chat.withheld[account] = without
    _tell_bots(world, chat, account, (old, chat_member(chat, user, status)), actor)
    if joins:
        _service(world, chat, actor, {"new_chat_members": [user]})
    world.hub.tell("chats")


def perform(
    world: World, chat: Chat, account: int, action: str, without: frozenset[str] = frozenset()
) -> None:
    """Do what `POST /sim/chats/{chat}/members` asks for."""
    _check_rights(action, without)
    if action in {"block", "unblock"}:
        block(world, account, chat, blocked=action == "block")
        return
    if chat.is_private:
        raise SimError("a private chat has no members to change")
    _check_action(chat, account, action)
    if action != "add" or not chat.has(account):
        standing = Standing(STATUS_AFTER[action], without)
        change(world, chat, account, standing, _somebody(world, chat))


def _check_rights(action: str, without: frozenset[str]) -> None:
    if without and action != "promote":
        raise SimError("'without' belongs to 'promote'")
    if not without <= OPTIONAL_RIGHTS:
        raise SimError(f"no such rights: {', '.join(sorted(without - OPTIONAL_RIGHTS))}")


def _check_action(chat: Chat, account: int, action: str) -> None:
    if action not in STATUS_AFTER:
        raise SimError(f"unknown action {action!r}")
    if action == "mute" and chat.type != "supergroup":
        raise SimError("only supergroups restrict members; let the group migrate first")
    if action != "add" and not chat.has(account):
        raise SimError(f"{account} is not in the chat")


def block(world: World, account: int, chat: Chat, *, blocked: bool) -> None:
    """A person blocks the bot of the private chat, or lets it write again."""
    bot = world.bot_by_id(chat.owner_bot or world.first_bot.id)
    person = world.person(account)
    if bot is None or (bot.id in person.blocked) == blocked:
        return
    private = world.private_chat(account, bot.id)
    statuses = (MEMBER, KICKED) if blocked else (KICKED, MEMBER)
    if blocked:
        person.blocked.add(bot.id)
    else:
        person.blocked.discard(bot.id)
    old, new = (chat_member(private, bot.person.as_user(), status) for status in statuses)
    update = _member_update(world, private, (old, new), account)
    posting.give(world, bot, "my_chat_member", update)
    world.hub.tell("chats")


def migrate(world: World, group: Chat) -> Chat:
    """Turn a basic group into a supergroup with a new id; both get their service message."""
    if group.type != "group" or group.migrated_to is not None:
        raise SimError("only a basic group migrates, and only once")
    supergroup = Chat(world.free_group_id(supergroup=True), "supergroup", group.title)
    supergroup.members = dict(group.members)
    supergroup.withheld = dict(group.withheld)
    supergroup.privacy = group.privacy
    supergroup.available_reactions = group.available_reactions
    world.add_group(supergroup)
    actor = _somebody(world, group)
    _service(world, group, actor, {"migrate_to_chat_id": supergroup.id})
    group.migrated_to = supergroup.id
    _service(world, supergroup, actor, {"migrate_from_chat_id": group.id})
    world.hub.tell("chats")
    return supergroup


def depart(world: World, chat: Chat, bot: Bot) -> None:
    """A bot leaves a group by itself."""
    change(world, chat, bot.id, Standing(LEFT), bot.id)


def welcome(world: World, chat: Chat, actor: int) -> None:
    """Tell the bots of a new group that they are in it."""
    for bot in world.bots.values():
        status = chat.status(bot.id)
        if status in PRESENT:
            user = bot.person.as_user()
            was, now = chat_member(chat, user, LEFT), chat_member(chat, user, status)
            update = _member_update(world, chat, (was, now), actor)
            posting.give(world, bot, "my_chat_member", update)
    created = "supergroup_chat_created" if chat.type == "supergroup" else "group_chat_created"
    _service(world, chat, actor, {created: True})


def _somebody(world: World, chat: Chat) -> int:
    """A person to do it: an admin if there is one, because bots do not hear of their own acts."""
    people = [account for account in chat.present() if not world.people[account].is_bot]
    admins = [account for account in people if chat.is_admin(account)]
    return next(iter([*admins, *people, *world.people]))


def _service(world: World, chat: Chat, actor: int, content: Json) -> None:
    message = Message(0, chat.id, world.unix(), actor, content, service=True)
    posting.post(world, chat, message)


def _tell_bots(
    world: World, chat: Chat, account: int, members: tuple[Json, Json], actor: int
) -> None:
    update = _member_update(world, chat, members, actor)
    for bot in world.bots.values():
        if bot.id == account:
            posting.give(world, bot, "my_chat_member", update)
        elif chat.is_admin(bot.id):
            posting.give(world, bot, "chat_member", update)


def _member_update(world: World, chat: Chat, members: tuple[Json, Json], actor: int) -> Json:
    old, new = members
    return {
        "chat": views.chat_object(world, chat),
        "from": views.user_object(world, actor),
        "date": world.unix(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
