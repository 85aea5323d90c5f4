"""Every method of the simulator, driven by aiogram; the session checks each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiogram import methods as m
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReactionTypeEmoji,
    ReplyParameters,
)

from simulator.api import methods as simulated_methods
from tests.contract.people import GROUP, OFFICER, REPAIRER, People, picture, started

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiogram import Bot

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="接单", callback_data="claim:1", style="primary"),
            InlineKeyboardButton(text="看图", url="https://example.org/map"),
        ]
    ]
)


class Scene:
    """What the drives below need: a bot, people, and things made on the way."""

    def __init__(self, bot: Bot, people: People) -> None:
        self.bot = bot
        self.people = people

    async def text(self) -> int:
        """A text of the bot with a button."""
        return (await self.bot.send_message(GROUP, "待对接", reply_markup=KEYS)).message_id

    async def photo(self) -> int:
        """A photo of the bot."""
        file = BufferedInputFile(picture(), "a.jpg")
        return (await self.bot.send_photo(GROUP, file, caption="前")).message_id

    async def secret(self) -> Any:
        """An ephemeral message of the bot, as the arguments that name it."""
        only = EphemeralMessageParameters(receiver_user_id=OFFICER)
        sent = await self.bot.send_message(GROUP, "更多", ephemeral_message_parameters=only)
        assert sent.message_id == 0
        return {
            "chat_id": GROUP,
            "receiver_user_id": OFFICER,
            "ephemeral_message_id": sent.ephemeral_message_id,
        }

    async def secret_photo(self) -> Any:
        """The same with a photo."""
        only = EphemeralMessageParameters(receiver_user_id=OFFICER)
        file = BufferedInputFile(picture(), "a.jpg")
        sent = await self.bot.send_photo(GROUP, file, ephemeral_message_parameters=only)
        return {
            "chat_id": GROUP,
            "receiver_user_id": OFFICER,
            "ephemeral_message_id": sent.ephemeral_message_id,
        }


async def _send_message(scene: Scene) -> None:
    asked = await scene.people.say(OFFICER, "金城路井盖没了")
    sent = await scene.bot.send_message(
        GROUP,
        '<b>待对接</b> <a href="tg://user?id=1011">李强</a> <tg-time unix="1">x</tg-time>',
        parse_mode="HTML",
        reply_parameters=ReplyParameters(message_id=asked),
        reply_markup=KEYS,
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == asked
    assert [entity.type for entity in sent.entities or []] == ["bold", "text_mention", "date_time"]


async def _send_document(scene: Scene) -> None:
    file = BufferedInputFile(b"a,b", "ledger.csv")
    sent = await scene.bot.send_document(GROUP, file, caption="台账")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("ledger.csv", 3)


async def _send_media_group(scene: Scene) -> None:
    photos = [
        InputMediaPhoto(media=BufferedInputFile(picture(colour=colour), "p.jpg"))
        for colour in ("red", "blue")
    ]
    album = await scene.bot.send_media_group(GROUP, [*photos])
    assert len({message.media_group_id for message in album}) == 1


async def _edit_media(scene: Scene) -> None:
    media = InputMediaDocument(media=BufferedInputFile(b"x", "x.txt"), caption="后")
    edited = await scene.bot.edit_message_media(
        media, chat_id=GROUP, message_id=await scene.photo()
    )
    assert not isinstance(edited, bool)
    assert edited.document is not None


async def _answer_callback_query(scene: Scene) -> None:
    card = await scene.text()
    press = started(scene.people.press(REPAIRER, card, button="接单"))
    update = (await scene.bot.get_updates(timeout=5))[-1]
    assert update.callback_query is not None
    assert update.callback_query.data == "claim:1"
    await scene.bot.answer_callback_query(update.callback_query.id, text="已接单")
    assert await press == {"text": "已接单", "show_alert": False}


async def _get_file(scene: Scene) -> None:
    await scene.people.show(OFFICER)
    update = (await scene.bot.get_updates())[0]
    assert update.message is not None
    assert update.message.photo is not None
    best = update.message.photo[-1]
    found = await scene.bot.get_file(best.file_id)
    assert found.file_path is not None
    data = await scene.bot.download_file(found.file_path)
    assert data is not None
    assert len(data.read()) == best.file_size


async def _create_forum_topic(scene: Scene) -> None:
    forum = await scene.people.group(forum=True)
    topic = await scene.bot.create_forum_topic(forum, "东城")
    sent = await scene.bot.send_message(forum, "x", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message


async def _set_my_commands(scene: Scene) -> None:
    command = BotCommand(command="today", description="今日", is_ephemeral=True)
    await scene.bot.set_my_commands([command])
    kept = (await scene.bot.get_my_commands())[0]
    assert kept.model_dump() == command.model_dump()


async def _leave_chat(scene: Scene) -> None:
    await scene.bot.leave_chat(await scene.people.group())


async def _get_updates(scene: Scene) -> None:
    await scene.people.say(OFFICER, "#无关 @xunchaqun_bot https://example.org/x")
    message = (await scene.bot.get_updates())[0].message
    assert message is not None
    assert [e.type for e in message.entities or []] == ["hashtag", "mention", "url"]


async def _get_chat(scene: Scene) -> None:
    await scene.bot.pin_chat_message(GROUP, await scene.text())
    assert (await scene.bot.get_chat(GROUP)).pinned_message is not None


async def _edit_caption(scene: Scene) -> None:
    await scene.bot.edit_message_caption(
        chat_id=GROUP, message_id=await scene.photo(), caption="新"
    )


async def _unpin(scene: Scene) -> None:
    message = await scene.text()
    await scene.bot.pin_chat_message(GROUP, message)
    await scene.bot.unpin_chat_message(GROUP, message_id=message)


async def _unpin_all(scene: Scene) -> None:
    for _ in range(2):
        await scene.bot.pin_chat_message(GROUP, await scene.text())
    await scene.bot.unpin_all_chat_messages(GROUP)
    assert (await scene.bot.get_chat(GROUP)).pinned_message is None


async def _set_webhook(scene: Scene) -> None:
    await scene.bot.set_webhook(
        "http://127.0.0.1:9/hook", secret_token="s", drop_pending_updates=True
    )
    assert (await scene.bot.get_webhook_info()).url == "http://127.0.0.1:9/hook"


DRIVES: dict[str, Callable[[Scene], Awaitable[object]]] = {
    "getMe": lambda s: s.bot.get_me(),
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": lambda s: s.bot.delete_webhook(),
    "getWebhookInfo": lambda s: s.bot.get_webhook_info(),
    "sendMessage": _send_message,
    "sendPhoto": lambda s: s.photo(),
    "sendDocument": _send_document,
    "sendMediaGroup": _send_media_group,
    "sendLocation": lambda s: s.bot.send_location(GROUP, 35.1, 118.3, horizontal_accuracy=5),
    "editMessageCaption": _edit_caption,
    "editMessageMedia": _edit_media,
    "answerCallbackQuery": _answer_callback_query,
    "getFile": _get_file,
    "getChat": _get_chat,
    "getChatMember": lambda s: s.bot.get_chat_member(GROUP, OFFICER),
    "getChatAdministrators": lambda s: s.bot.get_chat_administrators(GROUP),
    "getChatMemberCount": lambda s: s.bot.get_chat_member_count(GROUP),
    "setMyCommands": _set_my_commands,
    "getMyCommands": lambda s: s.bot.get_my_commands(),
    "deleteMyCommands": lambda s: s.bot.delete_my_commands(),
    "setMyDescription": lambda s: s.bot.set_my_description("巡查", language_code="zh"),
    "sendChatAction": lambda s: s.bot.send_chat_action(GROUP, "typing"),
    "createForumTopic": _create_forum_topic,
    "leaveChat": _leave_chat,
    "unpinChatMessage": _unpin,
    "unpinAllChatMessages": _unpin_all,
    "logOut": lambda s: s.bot.log_out(),
    "close": lambda s: s.bot(m.Close()),
}


async def _on_text(scene: Scene, name: str) -> None:
    message = await scene.text()
    bot = scene.bot
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "editMessageText": lambda: bot.edit_message_text("新", chat_id=GROUP, message_id=message),
        "editMessageReplyMarkup": lambda: bot.edit_message_reply_markup(
            chat_id=GROUP, message_id=message
        ),
        "deleteMessage": lambda: bot.delete_message(GROUP, message),
        "deleteMessages": lambda: bot.delete_messages(GROUP, [message, 999]),
        "setMessageReaction": lambda: bot.set_message_reaction(
            GROUP, message, [ReactionTypeEmoji(emoji="✍")]
        ),
        "pinChatMessage": lambda: bot.pin_chat_message(GROUP, message),
        "forwardMessage": lambda: bot.forward_message(GROUP, GROUP, message),
        "copyMessage": lambda: bot.copy_message(GROUP, GROUP, message),
    }
    await calls[name]()


async def _on_secret(scene: Scene, name: str) -> None:
    bot = scene.bot
    if name in {"editEphemeralMessageCaption", "editEphemeralMessageMedia"}:
        place = await scene.secret_photo()
    else:
        place = await scene.secret()
    media = InputMediaPhoto(media=BufferedInputFile(picture(colour="red"), "b.jpg"))
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "editEphemeralMessageText": lambda: bot(m.EditEphemeralMessageText(text="新", **place)),
        "editEphemeralMessageCaption": lambda: bot(
            m.EditEphemeralMessageCaption(caption="新", **place)
        ),
        "editEphemeralMessageMedia": lambda: bot(m.EditEphemeralMessageMedia(media=media, **place)),
        "editEphemeralMessageReplyMarkup": lambda: bot(
            m.EditEphemeralMessageReplyMarkup(reply_markup=KEYS, **place)
        ),
        "deleteEphemeralMessage": lambda: bot(m.DeleteEphemeralMessage(**place)),
    }
    await calls[name]()


@pytest.mark.parametrize("name", sorted(method.name for method in simulated_methods().values()))
async def test_the_method_answers_as_the_schema_says(name: str, bot: Bot, people: People) -> None:
    """One sensible call of each; a method without a drive fails here."""
    scene = Scene(bot, people)
    if "Ephemeral" in name:
        await _on_secret(scene, name)
    elif name in DRIVES:
        await DRIVES[name](scene)
    else:
        await _on_text(scene, name)
    assert name in bot.session.checked  # type: ignore[attr-defined]
