"""Refusals arrive in both libraries as the errors that they have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiogram.exceptions as ae
import pytest
import telegram.error as te

from tests.contract.people import GROUP, OFFICER, TOWN_BOT, People

if TYPE_CHECKING:
    import telegram
    from aiogram import Bot


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "aiogram_error", "ptb_error"),
    [
        ({"kind": "rate_limit", "retry_after": 7}, ae.TelegramRetryAfter, te.RetryAfter),
        ({"kind": "forbidden"}, ae.TelegramForbiddenError, te.Forbidden),
        ({"kind": "unauthorized"}, ae.TelegramUnauthorizedError, te.InvalidToken),
        ({"kind": "server_error"}, ae.TelegramServerError, te.NetworkError),
        ({"kind": "bad_gateway"}, ae.ClientDecodeError, te.NetworkError),
        ({"kind": "reset"}, ae.TelegramNetworkError, te.NetworkError),
        ({"kind": "lost_reply"}, ae.TelegramNetworkError, te.NetworkError),
    ],
)
async def test_a_fault_is_what_each_library_calls_it(
    bot: Bot,
    second_bot: telegram.Bot,
    people: People,
    fault: dict[str, object],
    aiogram_error: type[Exception],
    ptb_error: type[Exception],
) -> None:
    """One call of each library runs into it, the next does not."""
    await people.call("POST", "/faults", fault)
    with pytest.raises(aiogram_error):
        await bot.send_message(GROUP, "x")
    await people.call("POST", "/faults", fault)
    with pytest.raises(ptb_error):
        await second_bot.send_message(GROUP, "x")
    await bot.send_message(GROUP, "y")
    await second_bot.send_message(GROUP, "y")


async def test_migration_tells_both_libraries_the_new_id(
    bot: Bot, second_bot: telegram.Bot, people: People
) -> None:
    """By the 400 after it, and by both service messages before."""
    moved = await people.call("POST", "/faults", {"kind": "migrate", "chat": GROUP})
    new_id = moved["migrate_to_chat_id"]
    with pytest.raises(ae.TelegramMigrateToChat) as first:
        await bot.send_message(GROUP, "x")
    assert first.value.migrate_to_chat_id == new_id
    with pytest.raises(te.ChatMigrated) as second:
        await second_bot.send_message(GROUP, "x")
    assert second.value.new_chat_id == new_id
    services = [update.message for update in await bot.get_updates() if update.message]
    assert services[-2].migrate_to_chat_id == new_id
    assert services[-1].migrate_from_chat_id == GROUP
    await bot.send_message(new_id, "x")
    listed = {chat["id"]: chat for chat in await people.call("GET", "/chats")}
    assert GROUP not in listed
    assert TOWN_BOT in listed[new_id]["admins"]


async def test_a_removed_bot_is_told_so(bot: Bot, people: People) -> None:
    """By my_chat_member, and by the 403 of every later call."""
    await bot.get_updates()
    await people.call("POST", f"/chats/{GROUP}/members", {"user": TOWN_BOT, "action": "remove"})
    with pytest.raises(ae.TelegramForbiddenError, match="bot was kicked from the group chat"):
        await bot.send_message(GROUP, "x")
    changes = [u.my_chat_member for u in await bot.get_updates(offset=1) if u.my_chat_member]
    assert changes[0].new_chat_member.status == "kicked"


async def test_a_bot_that_left_is_no_member(bot: Bot) -> None:
    """Other words than for one that was removed."""
    await bot.leave_chat(GROUP)
    with pytest.raises(ae.TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "x")


async def test_a_person_who_blocks_the_bot_cannot_be_written_to(bot: Bot, people: People) -> None:
    """Until they write again."""
    await people.say(OFFICER, "/start", chat=OFFICER)
    body = {"user": OFFICER, "action": "block"}
    await people.call("POST", f"/chats/{OFFICER}/members", body)
    with pytest.raises(ae.TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(OFFICER, "x")
    await people.say(OFFICER, "/start again", chat=OFFICER)
    await bot.send_message(OFFICER, "x")
    statuses = [
        update.my_chat_member.new_chat_member.status
        for update in await bot.get_updates()
        if update.my_chat_member
    ]
    assert statuses == ["kicked", "member"]


async def test_a_bot_cannot_write_first(bot: Bot) -> None:
    """Neither to a person, nor to a bot."""
    with pytest.raises(ae.TelegramForbiddenError, match="can't initiate conversation with a user"):
        await bot.send_message(OFFICER, "x")
    with pytest.raises(ae.TelegramForbiddenError, match="bot can't send messages to bots"):
        await bot.send_message(TOWN_BOT, "x")


async def test_a_muted_bot_may_not_send(bot: Bot, people: People) -> None:
    """In a supergroup; its admins may give the right back."""
    group = await people.group(forum=True, members=[OFFICER, TOWN_BOT], admins=[])
    await people.call("POST", f"/chats/{group}/members", {"user": TOWN_BOT, "action": "mute"})
    with pytest.raises(ae.TelegramBadRequest, match="not enough rights to send text messages"):
        await bot.send_message(group, "x")
    await people.call("POST", f"/chats/{group}/members", {"user": TOWN_BOT, "action": "unmute"})
    await bot.send_message(group, "x")


async def test_a_lost_reply_was_handled_and_a_reset_was_not(bot: Bot, people: People) -> None:
    """The difference that a courier cannot see."""
    for kind in ("lost_reply", "reset"):
        await people.call("POST", "/faults", {"kind": kind})
        with pytest.raises(ae.TelegramNetworkError):
            await bot.send_message(GROUP, kind)
    assert [message["text"] for message in await people.see(OFFICER)] == ["lost_reply"]
