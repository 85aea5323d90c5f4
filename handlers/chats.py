"""The chats themselves: the bot's rights, private chats opened and blocked, migrated groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiogram.enums import ChatMemberStatus

from handlers.filters import migrates
from handlers.replies import LeaveReply
from usecases.inputs import SUPERGROUPS, BotMoved, GroupMigrated

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiogram import Router
    from aiogram.types import ChatMemberUpdated, Message, TelegramObject, Update

    from usecases.desk import Desk

_GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


async def standing(event: ChatMemberUpdated, event_update: Update, desk: Desk) -> LeaveReply | None:
    """The bot was added, removed, muted, promoted or demoted, or a person blocked it."""
    chat, private = str(event.chat.id), event.chat.type == "private"
    state = _state(event)
    if desk.homes.moved(chat):
        return None  # of the group that there was
    if not private and state != "gone" and not desk.homes.holds(chat):
        return LeaveReply(chat=chat)
    moved = BotMoved(
        update_id=event_update.update_id,
        chat=chat,
        private=private,
        account=str(event.from_user.id),
        state=state,
    )
    await desk.bot_moved(moved)
    return None


def _state(event: ChatMemberUpdated) -> str:
    member, before = event.new_chat_member, event.old_chat_member
    if member.status in _GONE:
        return "gone"
    if before.status == ChatMemberStatus.ADMINISTRATOR and member.status == ChatMemberStatus.MEMBER:
        # It no longer sees what people post, so it must not speak as if it did.
        return "muted"
    if member.status == ChatMemberStatus.RESTRICTED:
        return "here" if getattr(member, "can_send_messages", False) else "muted"
    return "here"


async def migrated(message: Message, event_update: Update, desk: Desk) -> None:
    """A group became a supergroup: said once in the old chat and once in the new."""
    old, new = message.chat.id, message.migrate_to_chat_id
    if new is None and message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id
    if old <= SUPERGROUPS or new is None or new > SUPERGROUPS:
        return  # Telegram leads from a plain group to a supergroup, once, and never back
    moved = GroupMigrated(
        update_id=event_update.update_id,
        old=str(old),
        new=str(new),
    )
    await desk.group_migrated(moved)


async def only_at_home(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: Any,  # noqa: ANN401 - aiogram passes any event through a middleware
    data: dict[str, Any],
) -> Any:  # noqa: ANN401 - whatever the handler returns
    """Nothing that is said in a group outside the configuration reaches a handler."""
    chat = event.chat
    desk: Desk = data["desk"]
    migrates = event.migrate_to_chat_id or event.migrate_from_chat_id
    if chat.type == "private" or migrates or desk.homes.holds(str(chat.id)):
        return await handler(event, data)
    if desk.homes.moved(str(chat.id)):
        # A call may have found out that the group has moved before this was fetched.
        result = await handler(event, data)
        await desk.follow(str(chat.id))
        return result
    return LeaveReply(chat=str(chat.id))


def register(routes: Router) -> None:
    """Register the handlers of the chats themselves; they stand before all others."""
    routes.my_chat_member.register(standing)
    routes.message.register(migrated, migrates)
