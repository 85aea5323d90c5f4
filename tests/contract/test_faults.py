"""Faults strike as ordered: how often, which method, which chat; albums and updates too."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import aiogram.exceptions as ae
import pytest

from tests.contract.people import GROUP, OFFICER, REPAIRER, People, picture, started

if TYPE_CHECKING:
    from aiogram import Bot

    from simulator import SimulatedClock

ALBUM = [picture(64, 48, colour) for colour in ("red", "green", "blue", "gray")]


async def test_count_and_method_and_chat_say_whom_it_hits(bot: Bot, people: People) -> None:
    """Only the second method, only that chat, only twice."""
    other = await people.group()
    fault = {"kind": "server_error", "count": 2, "method": "sendMessage", "chat": GROUP}
    await people.call("POST", "/faults", fault)
    await bot.get_me()
    await bot.send_message(other, "x")
    for _ in range(2):
        with pytest.raises(ae.TelegramServerError):
            await bot.send_message(GROUP, "x")
    await bot.send_message(GROUP, "x")
    assert await people.call("GET", "/faults") == []


async def test_a_fault_without_a_method_leaves_polling_alone(bot: Bot, people: People) -> None:
    """With one it strikes there too."""
    await people.call("POST", "/faults", {"kind": "bad_gateway"})
    await bot.get_updates()
    await people.call("DELETE", "/faults")
    await people.call("POST", "/faults", {"kind": "bad_gateway", "method": "getUpdates"})
    with pytest.raises(ae.ClientDecodeError):
        await bot.get_updates(offset=1)


async def test_a_probability_without_a_count_goes_on_for_ever(bot: Bot, people: People) -> None:
    """About half of the calls, until it is taken back."""
    await people.call("POST", "/faults", {"kind": "server_error", "probability": 0.5})
    failed = 0
    for _ in range(40):
        try:
            await bot.get_me()
        except ae.TelegramServerError:
            failed += 1
    assert 8 <= failed <= 32
    await people.call("DELETE", "/faults")
    await bot.get_me()


async def test_a_delayed_answer_waits_for_the_clock(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """`advance` passes the delay although the caller cannot become idle."""
    await people.call("POST", "/faults", {"kind": "delay", "seconds": 30})
    call = started(bot.send_message(GROUP, "x"))
    await asyncio.sleep(0.1)
    assert not call.done()
    await clock.advance(timedelta(seconds=31))
    await asyncio.wait_for(call, 2)


async def test_an_update_may_come_twice(bot: Bot, people: People) -> None:
    """A message under the same number, a press under a new one."""
    await people.call("POST", "/faults", {"kind": "duplicate_update"})
    await people.say(OFFICER, "一")
    twins = await bot.get_updates()
    assert len(twins) == 2
    assert twins[0].update_id == twins[1].update_id
    keys = {"inline_keyboard": [[{"text": "接单", "callback_data": "a"}]]}
    card = await bot.send_message(GROUP, "x", reply_markup=keys)  # type: ignore[arg-type]
    await people.call("POST", "/faults", {"kind": "duplicate_update"})
    await people.press(REPAIRER, card.message_id, data="a", wait=0)
    presses = await bot.get_updates(offset=twins[0].update_id + 1)
    assert len({update.update_id for update in presses}) == 2
    assert len({update.callback_query.id for update in presses if update.callback_query}) == 1


async def numbers(bot: Bot, clock: SimulatedClock, seconds: float) -> list[int]:
    """The message ids that arrive while the clock walks on."""
    await clock.advance(timedelta(seconds=seconds))
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.message.message_id for update in updates if update.message]


async def test_the_items_of_an_album_arrive_one_after_another(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """Each is an update of its own, with jitter on the clock, under one group id."""
    ids = await people.show(OFFICER, ALBUM, caption="金城路")
    assert [update.message.message_id for update in await bot.get_updates() if update.message] == (
        ids[:1]
    )
    await clock.advance(timedelta(seconds=2))
    messages = [u.message for u in await bot.get_updates(offset=1) if u.message]
    assert [message.message_id for message in messages] == ids
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["金城路", None, None, None]


async def test_an_album_may_come_out_of_order(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """All items come, but not as they were posted."""
    await people.call("POST", "/faults", {"kind": "reorder_album"})
    ids = await people.show(OFFICER, ALBUM)
    arrived = await numbers(bot, clock, 2)
    assert arrived != ids
    assert sorted(arrived) == ids


async def test_the_captioned_item_may_be_seconds_late(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """Three unless said otherwise."""
    await people.call("POST", "/faults", {"kind": "late_album_item"})
    ids = await people.show(OFFICER, ALBUM, caption="金城路")
    assert await numbers(bot, clock, 2) == ids[1:]
    assert await numbers(bot, clock, 3) == ids[:1]


async def test_a_file_may_be_gone(bot: Bot, people: People) -> None:
    """At getFile, or at the download."""
    await people.show(OFFICER)
    message = (await bot.get_updates())[0].message
    assert message is not None
    assert message.photo is not None
    await people.call("POST", "/faults", {"kind": "file_gone"})
    with pytest.raises(ae.TelegramBadRequest, match="temporarily unavailable"):
        await bot.get_file(message.photo[-1].file_id)
    found = await bot.get_file(message.photo[-1].file_id)
    await people.call("POST", "/faults", {"kind": "file_gone"})
    async with people.session.get(f"/file/bot{bot.token}/{found.file_path}") as answer:
        assert answer.status == 404


async def test_a_migration_may_wait_for_a_call(bot: Bot, people: People) -> None:
    """With a method it happens in the middle of that call; no private chat migrates."""
    await people.say(OFFICER, "/start", chat=OFFICER)
    await people.call("POST", "/faults", {"kind": "migrate", "method": "sendMessage"})
    await bot.get_chat(GROUP)
    await bot.send_message(OFFICER, "x")
    with pytest.raises(ae.TelegramMigrateToChat):
        await bot.send_message(GROUP, "x")


async def test_an_answer_may_come_too_late_or_broken_off(
    bot: Bot, people: People, clock: SimulatedClock
) -> None:
    """In both cases the call was handled."""
    await people.call("POST", "/faults", {"kind": "truncated"})
    with pytest.raises(ae.ClientDecodeError):
        await bot.send_message(GROUP, "broken off")
    await people.call("POST", "/faults", {"kind": "late_reply", "seconds": 30})
    call = started(bot.send_message(GROUP, "late"))
    await asyncio.sleep(0.1)
    assert not call.done()
    seen = [message["text"] for message in await people.see(OFFICER)]
    assert seen == ["broken off", "late"]
    await clock.advance(timedelta(seconds=31))
    await asyncio.wait_for(call, 2)


async def test_a_refusal_says_the_words_that_were_ordered(bot: Bot, people: People) -> None:
    """For what has no other way of happening here, as edits after 48 hours."""
    fault = {"kind": "bad_request", "words": "message can't be edited"}
    await people.call("POST", "/faults", fault)
    with pytest.raises(ae.TelegramBadRequest, match="message can't be edited"):
        await bot.send_message(GROUP, "x")
    await bot.send_message(GROUP, "x")
