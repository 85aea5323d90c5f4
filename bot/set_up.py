"""What is told to Telegram at every start: the commands by scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.methods import SetMyCommands
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

if TYPE_CHECKING:
    from aiogram import Bot

    from messages.catalogue import Catalogue

GROUP = ("today", "mine", "case", "help")
PRIVATE = ("start", "today", "mine", "case", "digests", "help")
LANGUAGES = ("", "zh", "en")
"""The first is what people of any other language see: Chinese."""


async def set_up(bot: Bot, catalogue: Catalogue) -> None:
    """Make Telegram know what this bot is.

    Raises:
        TelegramAPIError: a call failed; all of them may be repeated.
    """
    for language in LANGUAGES:
        words = language or "zh"
        await bot(
            SetMyCommands(
                commands=_commands(catalogue, words, PRIVATE, ephemeral=False),
                scope=BotCommandScopeAllPrivateChats(),
                language_code=language or None,
            )
        )
        await bot(
            SetMyCommands(
                commands=_commands(catalogue, words, GROUP, ephemeral=True),
                scope=BotCommandScopeAllGroupChats(),
                language_code=language or None,
            )
        )


def _commands(
    catalogue: Catalogue, language: str, names: tuple[str, ...], *, ephemeral: bool
) -> list[BotCommand]:
    """Commands in a group are ephemeral: neither the asking nor the answer is seen by others."""
    return [
        BotCommand(
            command=name,
            description=str(catalogue.text(language, f"command-{name}")),
            is_ephemeral=ephemeral or None,
        )
        for name in names
    ]
