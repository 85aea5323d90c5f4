"""Edits and deletes by their rules; what would change nothing is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReactionTypeEmoji,
)

from tests.contract.people import GROUP, OFFICER, People, picture

if TYPE_CHECKING:
    import telegram
    from aiogram import Bot

    from simulator import SimulatedClock

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="接单", callback_data="a", style="success")]]
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    """Words, buttons, captions and photos alike."""
    text = await bot.send_message(GROUP, "<b>x</b>", parse_mode="HTML", reply_markup=KEYS)
    place: dict[str, Any] = {"chat_id": GROUP, "message_id": text.message_id}
    with pytest.raises(TelegramBadRequest, match=NOT_MODIFIED):
        await bot.edit_message_text("<b>x</b>", parse_mode="HTML", reply_markup=KEYS, **place)
    with pytest.raises(TelegramBadRequest, match=NOT_MODIFIED):
        await bot.edit_message_reply_markup(reply_markup=KEYS, **place)
    photo = await bot.send_photo(GROUP, BufferedInputFile(picture(), "a.jpg"), caption="前")
    assert photo.photo is not None
    same = InputMediaPhoto(media=photo.photo[-1].file_id, caption="前")
    with pytest.raises(TelegramBadRequest, match=NOT_MODIFIED):
        await bot.edit_message_media(same, chat_id=GROUP, message_id=photo.message_id)


async def test_an_edit_without_buttons_takes_them_away(bot: Bot, people: People) -> None:
    """And sets the time of the edit."""
    sent = await bot.send_message(GROUP, "x", reply_markup=KEYS)
    edited = await bot.edit_message_text("x", chat_id=GROUP, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.reply_markup is None
    seen = (await people.see(OFFICER))[-1]
    assert "reply_markup" not in seen
    assert seen["edit_date"] == seen["date"]


async def test_only_own_messages_can_be_edited(
    bot: Bot, second_bot: telegram.Bot, people: People
) -> None:
    """Neither a person's nor another bot's."""
    theirs = await people.say(OFFICER, "x")
    other = (await second_bot.send_message(GROUP, "x")).id
    for message in (theirs, other):
        with pytest.raises(TelegramBadRequest, match="message can't be edited"):
            await bot.edit_message_text("y", chat_id=GROUP, message_id=message)


async def test_text_and_caption_are_not_the_same(bot: Bot) -> None:
    """Each edit fits one kind of message."""
    text = (await bot.send_message(GROUP, "x")).message_id
    photo = (await bot.send_photo(GROUP, BufferedInputFile(picture(), "a.jpg"))).message_id
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=GROUP, message_id=text, caption="y")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("y", chat_id=GROUP, message_id=photo)


async def test_own_messages_have_no_time_limit_for_edits(bot: Bot, clock: SimulatedClock) -> None:
    """But one of 48 hours for deleting."""
    sent = (await bot.send_message(GROUP, "x")).message_id
    clock.set(clock.now() + timedelta(days=30))
    await bot.edit_message_text("y", chat_id=GROUP, message_id=sent)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(GROUP, sent)


async def test_only_an_admin_deletes_what_others_wrote(bot: Bot, people: People) -> None:
    """A plain member may not."""
    theirs = await people.say(OFFICER, "x")
    await bot.delete_message(GROUP, theirs)
    body = {"user": bot.id, "action": "demote"}
    await people.call("POST", f"/chats/{GROUP}/members", body)
    theirs = await people.say(OFFICER, "x")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(GROUP, theirs)


async def test_a_bot_has_one_reaction_per_message(bot: Bot, people: People) -> None:
    """A new one takes the old one's place, an empty list takes it away."""
    message = await people.say(OFFICER, "x")
    for emoji in ("✍", "🫡"):
        await bot.set_message_reaction(GROUP, message, [ReactionTypeEmoji(emoji=emoji)])
    assert [r["emoji"] for r in (await people.see(OFFICER))[-1]["reactions"]] == ["🫡"]
    await bot.set_message_reaction(GROUP, message, [])
    assert "reactions" not in (await people.see(OFFICER))[-1]
    two = [ReactionTypeEmoji(emoji="👍"), ReactionTypeEmoji(emoji="👎")]
    with pytest.raises(TelegramBadRequest, match="REACTIONS_TOO_MANY"):
        await bot.set_message_reaction(GROUP, message, [*two])
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(GROUP, message, [ReactionTypeEmoji(emoji="🔧")])


async def test_a_reaction_to_an_album_goes_to_its_first_message(bot: Bot, people: People) -> None:
    """Whichever item was meant."""
    ids = await people.show(OFFICER, [picture(64, 48), picture(64, 48, "red")])
    await bot.set_message_reaction(GROUP, ids[1], [ReactionTypeEmoji(emoji="✍")])
    assert [m["message_id"] for m in await people.see(OFFICER) if "reactions" in m] == ids[:1]


async def test_a_chat_may_allow_fewer_reactions(bot: Bot, people: People) -> None:
    """And `getChat` tells which."""
    group = await people.group(reactions=["👍"])
    message = await people.say(OFFICER, "x", chat=group)
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(group, message, [ReactionTypeEmoji(emoji="✍")])
    chat = await bot.get_chat(group)
    assert [reaction.model_dump() for reaction in chat.available_reactions or []] == [
        ReactionTypeEmoji(emoji="👍").model_dump()
    ]
