"""What a bot says of itself: getMe, commands, description, logOut and close."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from simulator.api.call import Call, Method
from simulator.errors import bad_request
from simulator.parameters import known_keys

if TYPE_CHECKING:
    from simulator.json_types import Json

COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
COMMAND_LIMIT = 100
COMMAND_TEXT_LIMIT = 256
DESCRIPTION_LIMIT = 512
LANGUAGE = re.compile(r"^(?:[a-z]{2})?$")
SCOPES = frozenset(
    {
        "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
        "chat_administrators", "chat_member",
    }
)  # fmt: skip
SCOPED = frozenset({"scope", "language_code"})


async def get_me(call: Call) -> Json:
    """The bot itself."""
    abilities = dict.fromkeys(
        (
            "can_read_all_group_messages", "supports_guest_queries",
            "supports_inline_queries", "can_connect_to_business", "has_main_web_app",
            "has_topics_enabled", "allows_users_to_create_topics", "can_manage_bots",
            "supports_join_request_queries",
        ),
        False,
    )  # fmt: skip
    return call.bot.person.as_user() | {"can_join_groups": True} | abilities


async def set_my_commands(call: Call) -> bool:
    """Set the list for a scope and language."""
    given = call.parameters.array("commands", "BotCommand")
    if given is None:
        raise bad_request('parameter "commands" is required')
    if len(given) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_key(call)] = [_command(item) for item in given]
    return True


async def get_my_commands(call: Call) -> list[Json]:
    """The list of a scope and language."""
    return call.bot.commands.get(_key(call), [])


async def delete_my_commands(call: Call) -> bool:
    """Forget the list of a scope and language."""
    call.bot.commands.pop(_key(call), None)
    return True


async def set_my_description(call: Call) -> bool:
    """Set what people see before they start the bot."""
    text = call.parameters.text("description")
    if len(text) > DESCRIPTION_LIMIT:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    call.bot.descriptions[_language(call)] = text
    return True


async def log_out(_call: Call) -> bool:
    """Log out of the cloud server; the simulator takes the bot back at its next call."""
    return True


async def close(_call: Call) -> bool:
    """Close the bot's instance; likewise without consequences."""
    return True


def _key(call: Call) -> tuple[str, str]:
    scope = call.parameters.object("scope", "BotCommandScope") or {"type": "default"}
    known_keys("scope", scope, frozenset({"type", "chat_id", "user_id"}))
    if scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(scope, sort_keys=True), _language(call)


def _language(call: Call) -> str:
    language = call.parameters.text("language_code")
    if not LANGUAGE.match(language):
        raise bad_request("invalid language code specified")
    return language


def _command(item: Any) -> Json:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    known_keys("BotCommand", item, frozenset({"command", "description", "is_ephemeral"}))
    command = str(item.get("command", "")).removeprefix("/")
    description = str(item.get("description", ""))
    if not COMMAND.match(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= COMMAND_TEXT_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    kept: Json = {"command": command, "description": description}
    return kept | ({"is_ephemeral": True} if item.get("is_ephemeral") is True else {})


METHODS = (
    Method("getMe", get_me),
    Method("setMyCommands", set_my_commands, SCOPED | {"commands"}),
    Method("getMyCommands", get_my_commands, SCOPED),
    Method("deleteMyCommands", delete_my_commands, SCOPED),
    Method("setMyDescription", set_my_description, frozenset({"description", "language_code"})),
    Method("logOut", log_out),
    Method("close", close),
)
