"""Messages for one member alone: who may send them, who sees them, and their own methods."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiogram import methods as m
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from tests.contract.people import GROUP, OFFICER, REPAIRER, TOWN_BOT, People

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.types import Message

    from simulator import SimulatedClock

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="更多", callback_data="more")]]
)


async def whisper(bot: Bot, receiver: int = OFFICER, **how: Any) -> Message:
    """A message that only `receiver` sees."""
    only = EphemeralMessageParameters(receiver_user_id=receiver, **how)
    return await bot.send_message(
        GROUP, "只给你看", ephemeral_message_parameters=only, reply_markup=KEYS
    )


async def pressed(bot: Bot, people: People, who: int = REPAIRER) -> str:
    """A query id of a press on a fresh card."""
    card = await bot.send_message(GROUP, "x", reply_markup=KEYS)
    await people.press(who, card.message_id, button="更多", wait=0)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    return query.id


async def demoted(people: People) -> None:
    """The bot is a plain member from now on."""
    body = {"user": TOWN_BOT, "action": "demote"}
    await people.call("POST", f"/chats/{GROUP}/members", body)


async def test_only_its_receiver_sees_it(bot: Bot, people: People) -> None:
    """Its message_id is 0, its own id stands beside."""
    sent = await whisper(bot)
    assert sent.message_id == 0
    assert sent.receiver_user is not None
    assert sent.receiver_user.id == OFFICER
    assert [message["text"] for message in await people.see(OFFICER)] == ["只给你看"]
    assert await people.see(REPAIRER) == []


async def test_an_admin_bot_may_whisper_any_time_and_another_only_after_a_press(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """Within 15 s of the press, and to the presser."""
    query = await pressed(bot, people)
    await demoted(people)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await whisper(bot)
    await whisper(bot, REPAIRER, callback_query_id=query)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await whisper(bot, OFFICER, callback_query_id=query)
    await clock.advance(timedelta(seconds=16))
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await whisper(bot, REPAIRER, callback_query_id=query)


async def test_it_may_stand_in_place_of_the_message_that_was_pressed(
    bot: Bot, people: People
) -> None:
    """For the presser alone."""
    query = await pressed(bot, people)
    await whisper(bot, REPAIRER, callback_query_id=query, replace_callback_query_message=True)
    assert [message["text"] for message in await people.see(REPAIRER)] == ["只给你看"]
    assert [message["text"] for message in await people.see(OFFICER)] == ["x"]


async def test_its_buttons_work_by_its_own_id_and_by_zero(bot: Bot, people: People) -> None:
    """Nobody else can press them."""
    sent = await whisper(bot)
    assert sent.ephemeral_message_id is not None
    for number in (sent.ephemeral_message_id, 0):
        await people.press(OFFICER, number, button="更多", wait=0)
    path = f"/chats/{GROUP}/messages/{sent.ephemeral_message_id}/press"
    await people.call("POST", path, {"from": REPAIRER, "button": "更多"}, status=404)
    queries = [update.callback_query for update in await bot.get_updates()]
    assert len(queries) == 2
    for query in queries:
        assert query is not None
        assert query.message is not None
        assert query.message.message_id == 0


async def test_it_can_be_edited_and_deleted(bot: Bot, people: People) -> None:
    """By the methods made for it, and not by the ordinary ones."""
    sent = await whisper(bot)
    place: dict[str, Any] = {
        "chat_id": GROUP,
        "receiver_user_id": OFFICER,
        "ephemeral_message_id": sent.ephemeral_message_id,
    }
    await bot(m.EditEphemeralMessageText(text="改", **place))
    assert [message["text"] for message in await people.see(OFFICER)] == ["改"]
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot(m.EditEphemeralMessageText(text="改", **place))
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot(m.EditEphemeralMessageText(text="x", **(place | {"receiver_user_id": REPAIRER})))
    await bot(m.DeleteEphemeralMessage(**place))
    assert await people.see(OFFICER) == []


async def test_it_goes_to_members_of_groups_only(bot: Bot, people: People) -> None:
    """Neither to strangers nor into private chats."""
    with pytest.raises(TelegramBadRequest, match="USER_NOT_PARTICIPANT"):
        await whisper(bot, 1029)
    await people.say(OFFICER, "/start", chat=OFFICER)
    only = EphemeralMessageParameters(receiver_user_id=OFFICER)
    with pytest.raises(TelegramBadRequest, match="only to groups"):
        await bot.send_message(OFFICER, "x", ephemeral_message_parameters=only)
