"""Telegram's limits, by direct calls: what is over them gets a 429 and never arrives."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import BufferedInputFile, InputMediaPhoto, ReactionTypeEmoji

from tests.contract.people import GROUP, OFFICER, People, picture

if TYPE_CHECKING:
    import telegram
    from aiogram import Bot

    from simulator import SimulatedClock


async def fill_group(bot: Bot, chat: int = GROUP, sends: int = 20) -> int:
    """Use up a minute's worth of sends; gives the last message's id."""
    number = 0
    for _ in range(sends):
        number = (await bot.send_message(chat, "x")).message_id
    return number


async def test_the_21st_send_within_60_s_is_refused(bot: Bot, people: People) -> None:
    """Twenty pass, one does not, and nobody sees it."""
    await fill_group(bot)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(GROUP, "the 21st")
    assert refusal.value.retry_after == 60
    assert len(await people.see(OFFICER)) == 20
    last = (await people.call("GET", "/log"))[-1]
    assert (last["status"], last["error"]) == (429, "Too Many Requests: retry after 60")


async def test_the_window_slides(bot: Bot, clock: SimulatedClock) -> None:
    """Ten at the start and ten 40 s later: the next fits when the first ten are 60 s old."""
    await fill_group(bot, sends=10)
    await clock.advance(timedelta(seconds=40))
    await fill_group(bot, sends=10)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(GROUP, "x")
    assert refusal.value.retry_after == 20
    await clock.advance(timedelta(seconds=20))
    await fill_group(bot, sends=10)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(GROUP, "x")


async def test_an_edit_counts_like_a_send(bot: Bot) -> None:
    """19 sends and one edit fill the minute."""
    number = await fill_group(bot, sends=19)
    await bot.edit_message_text("y", chat_id=GROUP, message_id=number)
    with pytest.raises(TelegramRetryAfter):
        await bot.edit_message_text("z", chat_id=GROUP, message_id=number)


async def test_every_photo_of_an_album_counts(bot: Bot) -> None:
    """An album of two does not fit where one message would."""
    await fill_group(bot, sends=19)
    item = InputMediaPhoto(media=BufferedInputFile(picture(), "p.jpg"))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_media_group(GROUP, [item, item])
    await bot.send_message(GROUP, "one fits")


async def test_what_is_free_stays_free(bot: Bot) -> None:
    """Reactions, deletes and messages for one member alone do not count."""
    number = await fill_group(bot)
    for emoji in ("✍", "🫡", "🤔"):
        await bot.set_message_reaction(GROUP, number, [ReactionTypeEmoji(emoji=emoji)])
    only = {"receiver_user_id": OFFICER}
    await bot.send_message(GROUP, "x", ephemeral_message_parameters=only)  # type: ignore[arg-type]
    await bot.send_chat_action(GROUP, "typing")
    await bot.delete_message(GROUP, number)


async def test_a_private_chat_takes_a_burst_of_5_then_1_per_second(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """The burst refills at one a second."""
    await people.say(OFFICER, "/start", chat=OFFICER)
    await fill_group(bot, OFFICER, sends=5)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(OFFICER, "x")
    assert refusal.value.retry_after == 1
    await clock.advance(timedelta(seconds=1))
    await bot.send_message(OFFICER, "x")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(OFFICER, "x")


async def test_no_more_than_30_in_any_second_overall(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """Two groups together reach what none does alone."""
    other = await people.group()
    await fill_group(bot, sends=15)
    await fill_group(bot, other, sends=15)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(other, "the 31st")
    assert refusal.value.retry_after == 1
    await clock.advance(timedelta(seconds=1))
    await bot.send_message(other, "x")


async def test_every_bot_has_limits_of_its_own(bot: Bot, second_bot: telegram.Bot) -> None:
    """One bot's minute is no other bot's."""
    await fill_group(bot)
    await second_bot.send_message(GROUP, "x")


async def test_what_is_refused_for_another_reason_does_not_count(bot: Bot, people: People) -> None:
    """Twenty unparsable texts leave the minute untouched."""
    for _ in range(20):
        body = {"chat_id": GROUP, "text": "<b>", "parse_mode": "HTML"}
        async with people.session.post(f"/bot{bot.token}/sendMessage", json=body) as answer:
            assert answer.status == 400
    await fill_group(bot)


async def test_a_jump_back_in_time_locks_nobody_out(bot: Bot, clock: SimulatedClock) -> None:
    """Sends of a future that has been taken back do not count."""
    await fill_group(bot)
    clock.set(clock.now() - timedelta(hours=1))
    await bot.send_message(GROUP, "x")


async def test_the_429_says_how_long_in_both_places(bot: Bot, people: People) -> None:
    """In the words and in `parameters`."""
    await fill_group(bot)
    body = {"chat_id": GROUP, "text": "x"}
    async with people.session.post(f"/bot{bot.token}/sendMessage", json=body) as answer:
        assert json.loads(await answer.text()) == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 60",
            "parameters": {"retry_after": 60},
        }
