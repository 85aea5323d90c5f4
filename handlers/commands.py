"""Slash commands, and in private chats the plain words that stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.filters import Command, CommandObject

from handlers.filters import in_private
from handlers.reading import source_of
from usecases.inputs import CommandGiven

if TYPE_CHECKING:
    from aiogram import Router
    from aiogram.types import Message, Update

    from usecases.desk import Desk

COMMANDS = ("start", "help", "today", "mine", "case", "digests")
ALIASES = {
    "帮助": "help",
    "今日": "today",
    "日报": "today",
    "我的": "mine",
    "待办": "mine",
    "报告": "digests",
    "help": "help",
    "today": "today",
    "mine": "mine",
}
"""What may be typed without a slash in a private chat."""


async def command(
    message: Message, event_update: Update, desk: Desk, command: CommandObject
) -> None:
    """Hand a command to the desk."""
    await _give(message, event_update, desk, command.command.lower(), command.args or "")


async def alias(message: Message, event_update: Update, desk: Desk) -> None:
    """Hand a plain word that stands for a command to the desk."""
    name = ALIASES[(message.text or "").strip().lower()]
    await _give(message, event_update, desk, name, "")


async def _give(
    message: Message, event_update: Update, desk: Desk, name: str, argument: str
) -> None:
    given = CommandGiven(
        source=source_of(event_update, message),
        name=name,
        argument=argument,
    )
    await desk.answer_command(given)


async def _is_alias(message: Message) -> bool:
    return (message.text or "").strip().lower() in ALIASES


def register(routes: Router) -> None:
    """Register the handlers of commands; they stand before those of words."""
    routes.message.register(command, Command(*COMMANDS, ignore_case=True))
    routes.message.register(alias, in_private, _is_alias)
