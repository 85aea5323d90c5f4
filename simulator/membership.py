"""Who comes and goes: joins, leaves, promotions, blocks, and a group's way to a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import posting, views
from simulator.chats import ADMIN, KICKED, LEFT, MEMBER, MUTED, PRESENT, Chat, chat_member
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


def change(world: World, chat: Chat, account: int, status: str, actor: int) -> None:
    """Give `account` another status in a group, with the updates that Telegram would send."""
    before = chat.status(account)
    if before == status:
        return
    joins = before not in PRESENT and status in PRESENT
    leaves = before in PRESENT and status not in PRESENT
    user = views.user_object(world, account)
    if leaves:
        _service(world, chat, actor, {"left_chat_member": user})
    chat.members[account] = status
    _tell_bots(world, chat, account, (before, status), actor)
    if joins:
        _service(world, chat, actor, {"new_chat_members": [user]})
    world.hub.tell("chats")


def perform(world: World, chat: Chat, account: int, action: str) -> None:
    """Do what `POST /sim/chats/{chat}/members` asks for."""
    if action in {"block", "unblock"}:
        block(world, account, chat, blocked=action == "block")
        return
    if chat.is_private:
        raise SimError("a private chat has no members to change")
    _check_action(chat, account, action)
    if action != "add" or not chat.has(account):
        change(world, chat, account, STATUS_AFTER[action], _somebody(world, chat))


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
    update = _member_update(world, private, bot.id, statuses, account)
    posting.give(world, bot, "my_chat_member", update)
    world.hub.tell("chats")


def migrate(world: World, group: Chat) -> Chat:
    """Turn a basic group into a supergroup with a new id; both get their service message."""
    if group.type != "group" or group.migrated_to is not None:
        raise SimError("only a basic group migrates, and only once")
    supergroup = Chat(world.free_group_id(supergroup=True), "supergroup", group.title)
    supergroup.members = dict(group.members)
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
    change(world, chat, bot.id, LEFT, bot.id)


def welcome(world: World, chat: Chat, actor: int) -> None:
    """Tell the bots of a new group that they are in it."""
    for bot in world.bots.values():
        status = chat.status(bot.id)
        if status in PRESENT:
            update = _member_update(world, chat, bot.id, (LEFT, status), actor)
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
    world: World, chat: Chat, account: int, statuses: tuple[str, str], actor: int
) -> None:
    update = _member_update(world, chat, account, statuses, actor)
    for bot in world.bots.values():
        if bot.id == account:
            posting.give(world, bot, "my_chat_member", update)
        elif chat.is_admin(bot.id):
            posting.give(world, bot, "chat_member", update)


def _member_update(
    world: World, chat: Chat, account: int, statuses: tuple[str, str], actor: int
) -> Json:
    user = views.user_object(world, account)
    supergroup = chat.type == "supergroup"
    old, new = (chat_member(user, status, supergroup=supergroup) for status in statuses)
    return {
        "chat": views.chat_object(world, chat),
        "from": views.user_object(world, actor),
        "date": world.unix(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
