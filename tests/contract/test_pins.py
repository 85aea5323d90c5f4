"""Pinning as the real server does it: rights, the service message, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
)

from tests.contract.people import GROUP, OFFICER, SUPERVISOR, TOWN_BOT, People, heard

if TYPE_CHECKING:
    import telegram
    from aiogram import Bot

NO_RIGHT = "not enough rights to manage pinned messages in the chat"
NOT_MODIFIED = "CHAT_NOT_MODIFIED"
SERVICE = "service messages can't be pinned"


async def board(bot: Bot, words: str = "今日看板") -> int:
    """A silent message to pin."""
    return (await bot.send_message(GROUP, words, disable_notification=True)).message_id


async def entry(people: People, chat: int = GROUP) -> dict[str, Any]:
    """The chat's entry on the people's side."""
    chats = await people.call("GET", "/chats")
    found: dict[str, Any] = next(one for one in chats if one["id"] == chat)
    return found


async def stand(people: People, action: str, **more: object) -> None:
    """Change what the town's bot is in the group."""
    body = {"user": TOWN_BOT, "action": action, **more}
    await people.call("POST", f"/chats/{GROUP}/members", body)


async def test_a_pin_leaves_a_service_message_that_reaches_the_pinning_bot(
    bot: Bot, second_bot: telegram.Bot, people: People
) -> None:
    """The only way for a bot to learn the notice's id; the other bot hears of it too."""
    await heard(bot)
    number = await board(bot)
    await bot.pin_chat_message(GROUP, number, disable_notification=True)
    (notice,) = await heard(bot)
    assert notice.pinned_message is not None
    assert notice.from_user is not None
    assert (notice.from_user.id, notice.pinned_message.message_id) == (TOWN_BOT, number)
    other = [update.message for update in await second_bot.get_updates()]
    assert [m.pinned_message.message_id for m in other if m and m.pinned_message] == [number]
    assert await bot.delete_message(GROUP, notice.message_id)
    assert (await entry(people))["pinned"] == [number]


async def test_the_notice_is_as_loud_as_the_pin(bot: Bot, people: People) -> None:
    """disable_notification is the pin's own; in a private chat no pin is ever loud."""
    for silent in (True, False):
        await bot.pin_chat_message(GROUP, await board(bot), disable_notification=silent)
    notices = [m for m in await people.see(OFFICER) if "pinned_message" in m]
    assert [m["silent"] for m in notices] == [True, False]
    number = await people.say(OFFICER, "/start", chat=OFFICER)
    await bot.pin_chat_message(OFFICER, number, disable_notification=False)
    assert (await people.see(OFFICER, OFFICER))[-1]["silent"]


async def test_the_pinned_message_sent_last_is_shown_and_unpinned_first(
    bot: Bot, people: People
) -> None:
    """Whichever was pinned last; the people's side lists all and marks each."""
    older, newer = [await board(bot, words) for words in ("一", "二")]
    await bot.pin_chat_message(GROUP, newer)
    await bot.pin_chat_message(GROUP, older)
    assert (await entry(people))["pinned"] == [older, newer]
    seen = {m["message_id"]: m.get("pinned", False) for m in await people.see(OFFICER)}
    assert [number for number, pinned in seen.items() if pinned] == [older, newer]
    shown = (await bot.get_chat(GROUP)).pinned_message
    assert shown is not None
    assert shown.message_id == newer
    await bot.unpin_chat_message(GROUP)
    assert (await entry(people))["pinned"] == [older]


async def test_an_edit_keeps_the_pin_and_a_delete_ends_it(bot: Bot, people: People) -> None:
    """The notice then points to a message that cannot be seen."""
    number = await board(bot)
    await bot.pin_chat_message(GROUP, number)
    await bot.edit_message_text("今日看板 10:20", chat_id=GROUP, message_id=number)
    shown = (await bot.get_chat(GROUP)).pinned_message
    assert shown is not None
    assert shown.text == "今日看板 10:20"
    await bot.delete_message(GROUP, number)
    assert (await bot.get_chat(GROUP)).pinned_message is None
    assert "pinned" not in await entry(people)
    assert (await people.see(OFFICER))[-1]["pinned_message"]["date"] == 0


async def test_what_is_so_already_is_refused(bot: Bot) -> None:
    """A bot takes it for done, as with an edit that changes nothing."""
    number = await board(bot)
    with pytest.raises(TelegramBadRequest, match=NOT_MODIFIED):
        await bot.unpin_chat_message(GROUP, message_id=number)
    await bot.pin_chat_message(GROUP, number)
    with pytest.raises(TelegramBadRequest, match=NOT_MODIFIED):
        await bot.pin_chat_message(GROUP, number)
    for _ in range(2):
        assert await bot.unpin_all_chat_messages(GROUP)
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await bot.unpin_chat_message(GROUP)


async def test_a_service_message_is_neither_pinned_nor_unpinned(bot: Bot) -> None:
    """The real server's words are the same for both."""
    await bot.pin_chat_message(GROUP, await board(bot))
    (notice,) = await heard(bot)
    with pytest.raises(TelegramBadRequest, match=SERVICE):
        await bot.pin_chat_message(GROUP, notice.message_id)
    with pytest.raises(TelegramBadRequest, match=SERVICE):
        await bot.unpin_chat_message(GROUP, message_id=notice.message_id)


async def test_a_bot_that_is_no_admin_pins_nothing(bot: Bot, people: People) -> None:
    """What members may do by default does not help a bot."""
    pinned, other = await board(bot), await board(bot)
    await bot.pin_chat_message(GROUP, pinned)
    await stand(people, "demote")
    for call in (
        bot.pin_chat_message(GROUP, other),
        bot.unpin_chat_message(GROUP),
        bot.unpin_chat_message(GROUP, message_id=pinned),
        bot.unpin_all_chat_messages(GROUP),
    ):
        with pytest.raises(TelegramBadRequest, match=NO_RIGHT):
            await call
    assert (await entry(people))["pinned"] == [pinned]


async def test_an_admin_without_the_right_pins_nothing_until_it_is_given(
    bot: Bot, people: People
) -> None:
    """Each change of rights is told to the bot, and getChatMember knows it."""
    number = await board(bot)
    await stand(people, "promote", without=["can_pin_messages"])
    with pytest.raises(TelegramBadRequest, match=NO_RIGHT):
        await bot.pin_chat_message(GROUP, number)
    member = await bot.get_chat_member(GROUP, TOWN_BOT)
    assert (member.status, member.can_pin_messages) == ("administrator", False)  # type: ignore[union-attr]
    await stand(people, "promote")
    assert await bot.pin_chat_message(GROUP, number)
    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    given = [change.new_chat_member.can_pin_messages for change in changes]  # type: ignore[union-attr]
    assert given == [False, True]


async def test_rights_that_do_not_exist_cannot_be_withheld(people: People) -> None:
    """Nor can any be withheld by another action."""
    path = f"/chats/{GROUP}/members"
    for body in (
        {"user": TOWN_BOT, "action": "promote", "without": ["can_fly"]},
        {"user": TOWN_BOT, "action": "demote", "without": ["can_pin_messages"]},
    ):
        await people.call("POST", path, body, status=400)


async def test_a_pin_counts_like_a_send_and_taking_it_off_is_free(bot: Bot) -> None:
    """It puts a message into the chat; 18 sends, a board and its pin leave room for one."""
    numbers = [await board(bot, str(number)) for number in range(19)]
    await bot.pin_chat_message(GROUP, numbers[0])
    with pytest.raises(TelegramRetryAfter):
        await bot.pin_chat_message(GROUP, numbers[1])
    assert (await bot.get_chat(GROUP)).pinned_message is not None
    await bot.unpin_chat_message(GROUP)
    await bot.unpin_all_chat_messages(GROUP)


async def test_faults_and_the_log_know_a_pin(bot: Bot, people: People) -> None:
    """A lost reply leaves the message pinned: asked again, it is so already."""
    number = await board(bot)
    await people.call("POST", "/faults", {"kind": "rate_limit", "retry_after": 7})
    with pytest.raises(TelegramRetryAfter):
        await bot.pin_chat_message(GROUP, number)
    await people.call("POST", "/faults", {"kind": "server_error", "method": "pinChatMessage"})
    with pytest.raises(TelegramServerError):
        await bot.pin_chat_message(GROUP, number)
    await bot.pin_chat_message(GROUP, number, disable_notification=True)
    record = (await people.call("GET", "/log"))[-1]
    assert (record["method"], record["status"]) == ("pinChatMessage", 200)
    wanted = {"chat_id": GROUP, "message_id": number, "disable_notification": True}
    assert record["parameters"].items() >= wanted.items()


async def test_a_chat_that_is_closed_to_the_bot_is_closed_to_pins(bot: Bot, people: People) -> None:
    """Blocked in private, moved to a supergroup."""
    number = await people.say(OFFICER, "/start", chat=OFFICER)
    await people.call("POST", f"/chats/{OFFICER}/members", {"user": OFFICER, "action": "block"})
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.pin_chat_message(OFFICER, number)
    number = await board(bot)
    await bot.pin_chat_message(GROUP, number)
    moved = await people.call("POST", "/faults", {"kind": "migrate", "chat": GROUP})
    with pytest.raises(TelegramMigrateToChat):
        await bot.unpin_chat_message(GROUP, message_id=number)
    assert (await bot.get_chat(moved["migrate_to_chat_id"])).pinned_message is None


async def test_the_managers_group_keeps_silent_at_the_start(bot: Bot, people: People) -> None:
    """The bot hears of it only once somebody speaks there."""
    managers = -4_000_002
    assert await bot.get_updates() == []
    await people.say(SUPERVISOR, "早", chat=managers)
    assert [message.chat.id for message in await heard(bot)] == [managers]
