"""All handlers in their order: the first that fits takes the update.

They stand on the dispatcher itself: each router between would cost every update its way through.
"""

from __future__ import annotations

from aiogram import Dispatcher

from handlers import chats, commands, edits, photos, presses, words

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What the bot asks Telegram for; the handlers below need no more."""


def dispatcher() -> Dispatcher:
    """A dispatcher without state of its own: conversations live in the cases."""
    dispatch = Dispatcher(disable_fsm=True)
    # aiogram's own look for handlers of failures, which are the receiver's, and note who wrote
    # and where, which is in the message.
    for middleware in tuple(dispatch.update.outer_middleware):
        dispatch.update.outer_middleware.unregister(middleware)
    dispatch.message.outer_middleware(chats.only_at_home)
    dispatch.edited_message.outer_middleware(chats.only_at_home)
    for room in (chats, commands, photos, words, edits, presses):
        room.register(dispatch)
    return dispatch
