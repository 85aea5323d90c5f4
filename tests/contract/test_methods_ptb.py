"""Every method again, driven by python-telegram-bot as a second bot in the same group."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)

from simulator.api import methods as simulated_methods
from tests.contract.people import GROUP, OFFICER, REPAIRER, People, picture, started

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("接单", callback_data="claim:1")]])


class Scene:
    """What the drives below need."""

    def __init__(self, bot: Bot, people: People) -> None:
        self.bot = bot
        self.people = people

    async def text(self) -> int:
        """A text of the bot with a button."""
        return (await self.bot.send_message(GROUP, "<b>待对接</b>", "HTML", reply_markup=KEYS)).id

    async def photo(self) -> int:
        """A photo of the bot."""
        return (await self.bot.send_photo(GROUP, picture(), caption="前")).id

    async def secret(self, photo: str | None = None) -> dict[str, Any]:
        """An ephemeral message, which this library knows only as raw parameters."""
        only = {"ephemeral_message_parameters": json.dumps({"receiver_user_id": OFFICER})}
        if photo is None:
            sent = await self.bot.send_message(GROUP, "更多", api_kwargs=only)
        else:
            sent = await self.bot.send_photo(GROUP, photo, api_kwargs=only)
        return {
            "chat_id": GROUP,
            "receiver_user_id": OFFICER,
            "ephemeral_message_id": sent.api_kwargs["ephemeral_message_id"],
        }

    async def ask(self, method: str, **parameters: Any) -> Any:
        """A raw call."""
        return await self.bot.do_api_request(method, parameters)


async def _send_message(scene: Scene) -> None:
    asked = await scene.people.say(OFFICER, "鼓楼路路灯不亮")
    reply = ReplyParameters(asked)
    sent = await scene.bot.send_message(GROUP, "收到", reply_parameters=reply, reply_markup=KEYS)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.from_user is not None
    assert sent.reply_to_message.from_user.full_name == "王建国"


async def _send_document(scene: Scene) -> None:
    sent = await scene.bot.send_document(GROUP, b"a,b", filename="台账.csv")
    assert sent.document is not None
    assert sent.document.file_name == "台账.csv"


async def _send_media_group(scene: Scene) -> None:
    album = await scene.bot.send_media_group(
        GROUP, [InputMediaPhoto(picture(colour=c)) for c in ("red", "blue")], caption="两张"
    )
    assert album[0].caption == "两张"


async def _answer_callback_query(scene: Scene) -> None:
    card = await scene.text()
    press = started(scene.people.press(REPAIRER, card, row=0, column=0))
    query = None
    while query is None:
        updates = await scene.bot.get_updates(timeout=5)
        query = updates[-1].callback_query
    await scene.bot.answer_callback_query(query.id, "已接单", show_alert=True)
    assert await press == {"text": "已接单", "show_alert": True}


async def _get_file(scene: Scene) -> None:
    await scene.people.show(OFFICER)
    message = (await scene.bot.get_updates())[-1].message
    assert message is not None
    file = await message.photo[-1].get_file()
    data = await file.download_as_bytearray()
    assert len(data) == message.photo[-1].file_size


async def _create_forum_topic(scene: Scene) -> None:
    forum = await scene.people.group(forum=True, admins=[scene.bot.id])
    topic = await scene.bot.create_forum_topic(forum, "东城")
    sent = await scene.bot.send_message(forum, "x", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message


async def _edit_media(scene: Scene) -> None:
    media = InputMediaPhoto(picture(colour="green"))
    await scene.bot.edit_message_media(media, GROUP, await scene.photo())


async def _unpin(scene: Scene) -> None:
    message = await scene.text()
    await scene.bot.pin_chat_message(GROUP, message)
    await scene.bot.unpin_chat_message(GROUP)


async def _unpin_all(scene: Scene) -> None:
    message = await scene.text()
    await scene.bot.pin_chat_message(GROUP, message, disable_notification=True)
    pinned = (await scene.bot.get_chat(GROUP)).pinned_message
    assert pinned is not None
    assert pinned.id == message
    await scene.bot.unpin_all_chat_messages(GROUP)


async def _edit_caption(scene: Scene) -> None:
    await scene.bot.edit_message_caption(GROUP, await scene.photo(), caption="新")


async def _set_webhook(scene: Scene) -> None:
    await scene.bot.set_webhook("http://127.0.0.1:9/hook", max_connections=3)
    assert (await scene.bot.get_webhook_info()).max_connections == 3


async def _my_commands(scene: Scene) -> None:
    await scene.bot.set_my_commands([BotCommand("today", "今日")])
    assert [command.command for command in await scene.bot.get_my_commands()] == ["today"]


async def _leave(scene: Scene) -> None:
    await scene.bot.leave_chat(GROUP)


DRIVES: dict[str, Callable[[Scene], Awaitable[object]]] = {
    "getMe": lambda s: s.bot.get_me(),
    "getUpdates": lambda s: s.bot.get_updates(),
    "setWebhook": _set_webhook,
    "deleteWebhook": lambda s: s.bot.delete_webhook(drop_pending_updates=True),
    "getWebhookInfo": lambda s: s.bot.get_webhook_info(),
    "sendMessage": _send_message,
    "sendPhoto": lambda s: s.photo(),
    "sendDocument": _send_document,
    "sendMediaGroup": _send_media_group,
    "sendLocation": lambda s: s.bot.send_location(GROUP, 35.1, 118.3),
    "editMessageCaption": _edit_caption,
    "editMessageMedia": _edit_media,
    "answerCallbackQuery": _answer_callback_query,
    "getFile": _get_file,
    "getChat": lambda s: s.bot.get_chat(GROUP),
    "getChatMember": lambda s: s.bot.get_chat_member(GROUP, s.bot.id),
    "getChatAdministrators": lambda s: s.bot.get_chat_administrators(GROUP),
    "getChatMemberCount": lambda s: s.bot.get_chat_member_count(GROUP),
    "setMyCommands": _my_commands,
    "getMyCommands": lambda s: s.bot.get_my_commands(),
    "deleteMyCommands": lambda s: s.bot.delete_my_commands(),
    "setMyDescription": lambda s: s.bot.set_my_description("x"),
    "sendChatAction": lambda s: s.bot.send_chat_action(GROUP, "upload_photo"),
    "createForumTopic": _create_forum_topic,
    "leaveChat": _leave,
    "unpinChatMessage": _unpin,
    "unpinAllChatMessages": _unpin_all,
    "logOut": lambda s: s.bot.log_out(),
    "close": lambda s: s.bot.close(),
}


async def _on_text(scene: Scene, name: str) -> None:
    number = await scene.text()
    bot = scene.bot
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "editMessageText": lambda: bot.edit_message_text("新", GROUP, number),
        "editMessageReplyMarkup": lambda: bot.edit_message_reply_markup(GROUP, number),
        "deleteMessage": lambda: bot.delete_message(GROUP, number),
        "deleteMessages": lambda: bot.delete_messages(GROUP, [number]),
        "setMessageReaction": lambda: bot.set_message_reaction(GROUP, number, "✍"),
        "pinChatMessage": lambda: bot.pin_chat_message(GROUP, number, disable_notification=True),
        "forwardMessage": lambda: bot.forward_message(GROUP, GROUP, number),
        "copyMessage": lambda: bot.copy_message(GROUP, GROUP, number),
    }
    await calls[name]()


async def _on_secret(scene: Scene, name: str) -> None:
    if name in {"editEphemeralMessageCaption", "editEphemeralMessageMedia"}:
        message = await scene.bot.send_photo(GROUP, picture())
        photo = message.photo[-1].file_id
        place = await scene.secret(photo)
        other = (await scene.bot.send_photo(GROUP, picture(colour="red"))).photo[-1].file_id
        media = InputMediaPhoto(other)
        more: dict[str, Any] = {"media": media} if name.endswith("Media") else {"caption": "新"}
    else:
        place = await scene.secret()
        keys = json.dumps(KEYS.to_dict())
        more = {
            "editEphemeralMessageText": {"text": "新"},
            "editEphemeralMessageReplyMarkup": {"reply_markup": keys},
        }.get(name, {})
    await scene.ask(name, **place, **more)


@pytest.mark.parametrize("name", sorted(method.name for method in simulated_methods().values()))
async def test_the_method_answers_as_the_schema_says(
    name: str, second_bot: Bot, people: People
) -> None:
    """One sensible call of each; a method without a drive fails here."""
    scene = Scene(second_bot, people)
    if "Ephemeral" in name:
        await _on_secret(scene, name)
    elif name in DRIVES:
        await DRIVES[name](scene)
    else:
        await _on_text(scene, name)
    checked = [*second_bot.request.checked, *second_bot._request[0].checked]  # type: ignore[attr-defined]  # noqa: SLF001
    assert name in checked
