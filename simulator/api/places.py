"""Chats and their members, topics, files, and the answer to a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import membership, posting, views
from simulator.api.access import find_chat, find_user, need_right
from simulator.api.call import Call, Method
from simulator.chats import LEFT, Topic, chat_member
from simulator.errors import bad_request
from simulator.files import DOWNLOAD_LIMIT
from simulator.html import utf16_length
from simulator.messages import Message

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.json_types import Json

TOAST_LIMIT = 200
TOPIC_NAME_LIMIT = 128
TOPIC_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
CHAT_ONLY = frozenset({"chat_id"})


async def get_chat(call: Call) -> Json:
    """All about a chat."""
    chat = find_chat(call, write=False)
    full = views.chat_object(call.world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }  # fmt: skip
    if not chat.is_private:
        full["permissions"] = _permissions()
    if chat.available_reactions is not None:
        full["available_reactions"] = [
            {"type": "emoji", "emoji": emoji} for emoji in chat.available_reactions
        ]
    if chat.newest_pinned is not None:
        full["pinned_message"] = views.alone(call.world, chat, chat.newest_pinned, call.bot.id)
    return full


async def get_chat_member(call: Call) -> Json:
    """One member and what they may do."""
    chat = find_chat(call, write=False)
    account = find_user(call)
    if account not in call.world.people:
        raise bad_request("user not found")
    return _member(call, chat, account)


async def get_chat_administrators(call: Call) -> list[Json]:
    """The administrators; other bots only if asked for."""
    chat = find_chat(call, write=False)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    with_bots = call.parameters.flag("return_bots")
    return [
        _member(call, chat, account)
        for account in chat.admins()
        if with_bots or account == call.bot.id or not call.world.people[account].is_bot
    ]


async def get_chat_member_count(call: Call) -> int:
    """How many are in the chat."""
    return len(find_chat(call, write=False).present())


async def leave_chat(call: Call) -> bool:
    """Go; only a person can bring the bot back."""
    chat = find_chat(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    membership.depart(call.world, chat, call.bot)
    return True


async def create_forum_topic(call: Call) -> Json:
    """Open a topic."""
    chat = find_chat(call)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need_right(call, chat, "can_manage_topics", "create a topic")
    name = call.parameters.text("name").strip()
    if not 0 < len(name) <= TOPIC_NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_INVALID")
    colour = call.parameters.integer("icon_color", TOPIC_COLOURS[0])
    if colour not in TOPIC_COLOURS:
        raise bad_request("invalid icon color specified")
    content: Json = {"forum_topic_created": {"name": name, "icon_color": colour}}
    notice = Message(0, chat.id, call.world.unix(), call.bot.id, content, service=True)
    posting.add_message(call.world, chat, notice)
    notice.thread = notice.id
    chat.topics[notice.id] = Topic(notice.id, name)
    posting.announce(call.world, chat, notice)
    return {"message_thread_id": notice.id, "name": name, "icon_color": colour}


async def answer_callback_query(call: Call) -> bool:
    """Tell the presser something; only once, and only for a short while."""
    identifier = call.parameters.required_text("callback_query_id")
    text = call.parameters.text("text")
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    world = call.world
    query = world.callbacks.find(identifier, call.bot.id, world.clock.now())
    if query is None or query.answer.done():
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer: Json = {"text": text, "show_alert": call.parameters.flag("show_alert")}
    query.answer.set_result(answer)
    world.hub.tell("toast", user=query.user, chat=query.chat, **answer)
    return True


async def get_file(call: Call) -> Json:
    """How to fetch a file."""
    if not call.parameters.has("file_id"):
        raise bad_request("file_id not specified")
    file = call.world.files.by_id(call.parameters.text("file_id"), call.bot.id)
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.id_for(call.bot.id),
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


def _member(call: Call, chat: Chat, account: int) -> Json:
    user = views.user_object(call.world, account)
    status = chat.status(account) if account in chat.members else LEFT
    return chat_member(chat, user, status)


def _permissions() -> Json:
    names = (
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
        "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
        "can_send_other_messages", "can_add_web_page_previews", "can_change_info",
        "can_invite_users", "can_pin_messages", "can_manage_topics",
    )  # fmt: skip
    return dict.fromkeys(names, True)


METHODS = (
    Method("getChat", get_chat, CHAT_ONLY),
    Method("getChatMember", get_chat_member, CHAT_ONLY | {"user_id"}),
    Method("getChatAdministrators", get_chat_administrators, CHAT_ONLY | {"return_bots"}),
    Method("getChatMemberCount", get_chat_member_count, CHAT_ONLY),
    Method("leaveChat", leave_chat, CHAT_ONLY),
    Method("createForumTopic", create_forum_topic, CHAT_ONLY | {"name", "icon_color"}),
    Method(
        "answerCallbackQuery",
        answer_callback_query,
        frozenset({"callback_query_id", "text", "show_alert", "cache_time"}),
    ),
    Method("getFile", get_file, frozenset({"file_id"})),
)
