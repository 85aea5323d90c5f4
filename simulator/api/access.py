"""Finding the chat or message of a call, with Telegram's words when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.chats import KICKED, MUTED, PRESENT
from simulator.errors import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from simulator.api.call import Call
    from simulator.chats import Chat
    from simulator.messages import Message


def find_chat(call: Call, name: str = "chat_id", *, write: bool = True) -> Chat:
    """The chat that parameter `name` means; `write` asks for more than a look."""
    identifier = call.parameters.text(name).strip()
    if not identifier:
        raise bad_request(f"{name} is empty")
    try:
        chat_id = int(identifier)
    except ValueError:
        raise bad_request("chat not found") from None
    if chat_id > 0:
        return _private(call, chat_id, write=write)
    return _group(call, chat_id, write=write)


def _private(call: Call, account: int, *, write: bool) -> Chat:
    world, bot = call.world, call.bot
    person = world.people.get(account)
    if person is None:
        raise bad_request("chat not found")
    if person.is_bot:
        raise forbidden("bot can't send messages to bots")
    chat = world.private.get((account, bot.id))
    if chat is None:
        raise _stranger(call, account)
    if write and bot.id in person.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def _stranger(call: Call, account: int) -> ApiError:
    groups = call.world.groups.values()
    if any(group.has(account) and group.has(call.bot.id) for group in groups):
        return forbidden("bot can't initiate conversation with a user")
    return bad_request("chat not found")


def _group(call: Call, chat_id: int, *, write: bool) -> Chat:
    chat = call.world.groups.get(chat_id)
    if chat is None or call.bot.id not in chat.members:
        raise bad_request("chat not found")
    supergroup = chat.type == "supergroup"
    if write and chat.migrated_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, words, {"migrate_to_chat_id": chat.migrated_to})
    status = chat.status(call.bot.id)
    if status not in PRESENT and (write or supergroup):
        if status == KICKED:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def may_send(call: Call, chat: Chat, what: str) -> None:
    """Refuse a muted bot."""
    if chat.status(call.bot.id) == MUTED:
        raise bad_request(f"not enough rights to send {what} to the chat")


def need_right(call: Call, chat: Chat, right: str, what: str) -> None:
    """Refuse a bot that was not given an administrator's right; private chats need none."""
    if not chat.is_private and not chat.may(call.bot.id, right):
        raise bad_request(f"not enough rights to {what}")


def find_message(call: Call, chat: Chat, what: str, name: str = "message_id") -> Message:
    """The message that parameter `name` means; `what` is Telegram's "message to edit" etc."""
    if not call.parameters.has(name):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(call.parameters.integer(name))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def find_user(call: Call, name: str = "user_id") -> int:
    """The account that parameter `name` means."""
    account = call.parameters.integer(name)
    if account <= 0:
        raise bad_request(f"invalid {name} specified")
    return account
