"""getUpdates: confirmed only by a later, higher offset; kept a day; one poller at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import telegram
import telegram.error
from aiogram.exceptions import TelegramConflictError

from tests.contract.people import GROUP, OFFICER, TOWN_BOT, People, started

if TYPE_CHECKING:
    from aiogram import Bot

    from simulator import SimulatedClock


async def texts(bot: Bot, **how: int) -> list[str]:
    """The words of the messages that a poll gives."""
    updates = await bot.get_updates(**how)  # type: ignore[arg-type]
    return [str(update.message.text) for update in updates if update.message]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """A client that starts anew without offset gets everything again."""
    for word in ("一", "二", "三"):
        await people.say(OFFICER, word)
    first = await bot.get_updates()
    assert [update.update_id - first[0].update_id for update in first] == [0, 1, 2]
    await clock.advance(timedelta(seconds=5))
    assert await texts(bot) == ["一", "二", "三"]
    assert await texts(bot, offset=first[1].update_id) == ["二", "三"]
    assert await texts(bot, offset=first[2].update_id + 1) == []
    await clock.advance(timedelta(seconds=5))
    assert await texts(bot) == []


async def test_the_limit_cuts_and_nothing_is_lost(bot: Bot, people: People) -> None:
    """The rest comes with the next offset."""
    for number in range(5):
        await people.say(OFFICER, str(number))
    some = await bot.get_updates(limit=2)
    assert len(some) == 2
    assert await texts(bot, offset=some[-1].update_id + 1) == ["2", "3", "4"]


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, people: People) -> None:
    """-1 is the last one; those before are forgotten."""
    for word in ("一", "二", "三"):
        await people.say(OFFICER, word)
    assert await texts(bot, offset=-1) == ["三"]
    assert await texts(bot) == ["三"]


async def test_the_same_offset_at_once_gives_a_single_update(bot: Bot, people: People) -> None:
    """Telegram slows down a client that does not confirm."""
    await people.say(OFFICER, "一")
    await people.say(OFFICER, "二")
    assert len(await bot.get_updates()) == 2
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_ends_as_soon_as_something_happens(bot: Bot, people: People) -> None:
    """It does not wait for its time to be over."""
    poll = started(bot.get_updates(timeout=50))
    await asyncio.sleep(0.1)
    await people.say(OFFICER, "一")
    assert len(await asyncio.wait_for(poll, 2)) == 1


async def test_a_long_poll_is_clamped_to_50_s_of_the_clock(bot: Bot, clock: SimulatedClock) -> None:
    """Asked for an hour, it is over after 50 s."""
    poll = started(bot.get_updates(timeout=3600, request_timeout=3700))
    await asyncio.sleep(0.1)
    await clock.advance(timedelta(seconds=49))
    assert not poll.done()
    await clock.advance(timedelta(seconds=2))
    assert await asyncio.wait_for(poll, 2) == []


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    """The first learns it in Telegram's words."""
    first = started(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    second = started(bot.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError) as conflict:
        await first
    assert conflict.value.message == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    second.cancel()


async def test_a_webhook_forbids_polling(second_bot: telegram.Bot) -> None:
    """The other 409."""
    await second_bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(telegram.error.Conflict) as conflict:
        await second_bot.get_updates()
    assert str(conflict.value) == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


async def test_updates_expire_after_24_hours(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """What is older is never delivered."""
    await people.say(OFFICER, "yesterday")
    await clock.advance(timedelta(hours=23))
    await people.say(OFFICER, "today")
    await clock.advance(timedelta(hours=2))
    assert await texts(bot) == ["today"]


async def test_after_a_week_of_silence_the_next_id_is_anywhere(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """It need not be higher, and an old offset does not hide it."""
    await people.say(OFFICER, "一")
    old = (await bot.get_updates())[0].update_id
    clock.set(clock.now() + timedelta(days=8))
    await people.say(OFFICER, "二")
    (fresh,) = await bot.get_updates(offset=old + 1)
    assert abs(fresh.update_id - old) > 1


async def test_the_kinds_asked_for_are_remembered(bot: Bot, people: People) -> None:
    """A later call without the list keeps it; an empty list means the default."""
    await bot.get_updates(allowed_updates=["callback_query"])
    await people.say(OFFICER, "unwanted")
    assert await bot.get_updates(offset=1) == []
    await bot.get_updates(allowed_updates=[], offset=2)
    await people.say(OFFICER, "wanted")
    assert await texts(bot, offset=3) == ["wanted"]


async def test_chat_member_updates_come_only_if_asked_for(bot: Bot, people: People) -> None:
    """They are no part of the default."""
    body = {"user": OFFICER, "action": "promote"}
    await people.call("POST", f"/chats/{GROUP}/members", body)
    assert await bot.get_updates() == []
    await bot.get_updates(allowed_updates=["chat_member"], offset=1)
    body = {"user": OFFICER, "action": "demote"}
    await people.call("POST", f"/chats/{GROUP}/members", body)
    change = (await bot.get_updates(offset=2))[0].chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == (
        "administrator",
        "member",
    )


async def test_nobody_hears_a_bot_but_people(bot: Bot, second_bot: telegram.Bot) -> None:
    """Bots do not get each other's messages, nor their own."""
    await bot.send_message(GROUP, "from the first")
    await second_bot.send_message(GROUP, "from the second")
    assert await texts(bot) == ["None"]  # the service message of the second bot's arrival
    heard = [update.message.text for update in await second_bot.get_updates() if update.message]
    assert heard == [None]


async def test_file_ids_differ_by_bot_and_unique_ids_do_not(
    bot: Bot, second_bot: telegram.Bot, people: People
) -> None:
    """A file id of another bot is worth nothing."""
    await people.show(OFFICER)
    mine = (await bot.get_updates())[-1].message
    theirs = (await second_bot.get_updates())[-1].message
    assert mine is not None
    assert mine.photo is not None
    assert theirs is not None
    assert mine.photo[-1].file_unique_id == theirs.photo[-1].file_unique_id
    assert mine.photo[-1].file_id != theirs.photo[-1].file_id
    with pytest.raises(telegram.error.BadRequest, match="Wrong file_id"):
        await second_bot.get_file(mine.photo[-1].file_id)
    assert second_bot.id != TOWN_BOT
