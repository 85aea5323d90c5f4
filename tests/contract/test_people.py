"""The people's side, `/sim`: kept stable, because every acceptance test stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.people import (
    CITIZEN,
    GROUP,
    OFFICER,
    OTHER_OFFICER,
    SUPERVISOR,
    TOWN_BOT,
    People,
    heard,
    picture,
)

if TYPE_CHECKING:
    from aiogram import Bot


async def test_the_sample_town_is_there(people: People) -> None:
    """31 people and the bot; a patrol group of 28 and a managers' of 6, with the bot as admin."""
    listed = await people.call("GET", "/people")
    assert len(listed) == 32
    by_username = {person["username"]: person for person in listed}
    assert by_username["officer01"]["first_name"] == "王建国"
    assert by_username["repairer10"]["id"] == 1020
    assert by_username["citizen03"]["language_code"] == "en"
    assert by_username["officer06"]["about"]["zh"] == "6号网格巡查队员"
    group, managers = await people.call("GET", "/chats")
    assert (managers["id"], managers["type"], managers["title"]) == (-4_000_002, "group", "管理群")
    assert managers["members"] == [*range(1023, 1029), TOWN_BOT]
    assert (group["id"], group["type"], group["title"]) == (GROUP, "group", "巡查群")
    assert len(group["members"]) == 29
    assert CITIZEN not in group["members"]
    for chat in (group, managers):
        assert sorted(chat["admins"]) == [SUPERVISOR, SUPERVISOR + 1, TOWN_BOT]
    (bot,) = await people.call("GET", "/bots")
    assert (bot["id"], bot["username"]) == (TOWN_BOT, "xunchaqun_bot")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/bots", {"username": "x_bot", "colour": "red"}),
        ("POST", "/people", {"first_name": "x", "age": 3}),
        ("PATCH", "/people/1001", {"firstname": "x"}),
        ("POST", "/chats", {"title": "x", "member": []}),
        ("POST", f"/chats/{GROUP}/members", {"user": 1001, "action": "promote", "rights": []}),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001, "text": "x", "parse_mode": "HTML"}),
        ("PATCH", f"/chats/{GROUP}/messages/1", {"from": 1001, "text": "x", "reply_to": 1}),
        ("DELETE", f"/chats/{GROUP}/messages/1", {"from": 1001, "why": "x"}),
        ("POST", f"/chats/{GROUP}/messages/1/press", {"from": 1001, "data": "x", "twice": True}),
        ("GET", f"/chats/{GROUP}/messages?veiwer=1001", None),
        ("GET", "/log?since=1", None),
        ("GET", "/clock?version=1", None),
        ("POST", "/clock", {"advance": 1, "unit": "h"}),
        ("POST", "/faults", {"kind": "delay", "second": 1}),
        ("POST", "/reset", {"hard": True}),
    ],
)
async def test_an_unknown_key_is_an_error(
    people: People, method: str, path: str, body: object
) -> None:
    """Everywhere, with its name."""
    await people.say(OFFICER, "x")
    error = await people.call(method, path, body, status=400)
    assert "unknown keys" in error["error"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/bots", {}, 400),
        ("POST", "/bots", {"username": "officer01"}, 400),
        ("POST", "/people", {"first_name": " "}, 400),
        ("POST", "/people", {"first_name": 5}, 400),
        ("PATCH", "/people/5", {"first_name": "x"}, 404),
        ("POST", "/chats", {"members": []}, 400),
        ("POST", "/chats", {"title": "x", "members": [5]}, 404),
        ("POST", "/chats", {"title": "x", "reactions": ["🔧"]}, 400),
        ("POST", f"/chats/{GROUP}/members", {"user": 1001, "action": "dance"}, 400),
        ("POST", f"/chats/{GROUP}/members", {"user": 1001, "action": "mute"}, 400),
        ("POST", f"/chats/{GROUP}/members", {"user": CITIZEN, "action": "promote"}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"text": "x"}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001, "text": ""}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001, "text": "x" * 4097}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"from": CITIZEN, "text": "x"}, 403),
        ("POST", f"/chats/{GROUP}/messages", {"from": TOWN_BOT, "text": "x"}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001, "text": "x", "reply_to": 9}, 404),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001, "text": "x", "thread": 9}, 400),
        ("POST", f"/chats/{GROUP}/messages", {"from": 1001, "text": "x", "anonymous": True}, 400),
        ("POST", "/chats/1001/messages", {"from": 1002, "text": "x"}, 403),
        ("POST", "/chats/-7/messages", {"from": 1001, "text": "x"}, 404),
        ("GET", "/chats/999/messages?viewer=1001", None, 404),
        ("GET", f"/chats/{GROUP}/messages?viewer={CITIZEN}", None, 403),
        ("POST", f"/chats/{GROUP}/messages/9/press", {"from": 1001, "data": "x"}, 404),
        ("POST", "/faults", {"kind": "meteor"}, 400),
        ("POST", "/faults", {"kind": "delay", "count": 0}, 400),
        ("GET", "/nowhere", None, 404),
        ("GET", "/samples/nothing.jpg", None, 404),
    ],
)
async def test_a_mistake_is_told_as_an_error(
    people: People, method: str, path: str, body: object, status: int
) -> None:
    """4xx and words."""
    assert (await people.call(method, path, body, status=status))["error"]


async def test_people_can_be_made_and_renamed(people: People, bot: Bot) -> None:
    """Updates carry the new name at once."""
    made = await people.call(
        "POST", "/people", {"first_name": "新人", "username": "newcomer", "premium": True}
    )
    group = await people.group(members=[made["id"]])
    await people.call("PATCH", f"/people/{made['id']}", {"first_name": "玥垚"})
    await people.say(made["id"], "你好", chat=group)
    sender = (await heard(bot))[-1].from_user
    assert sender is not None
    assert (sender.first_name, sender.username, sender.is_premium) == ("玥垚", "newcomer", True)


async def test_the_first_start_opens_a_private_chat_with_its_payload(
    people: People, bot: Bot
) -> None:
    """Deep links come as the rest of the command; before it the chat is empty."""
    assert await people.see(OFFICER, OFFICER) == []
    await people.say(OFFICER, "/start case_42", chat=OFFICER)
    (message,) = await heard(bot)
    assert (message.chat.id, message.chat.type, message.text) == (
        OFFICER,
        "private",
        "/start case_42",
    )
    chats = await people.call("GET", "/chats")
    assert chats[-1]["members"] == [OFFICER, TOWN_BOT]
    await bot.send_message(OFFICER, "你好")
    assert [m["text"] for m in await people.see(OFFICER, OFFICER)] == ["/start case_42", "你好"]


async def test_messages_can_be_read_from_an_id_on(people: People) -> None:
    """The first N after it."""
    for word in "一二三四":
        await people.say(OFFICER, word)
    path = f"/chats/{GROUP}/messages?viewer={OFFICER}&after=1&limit=2"
    assert [message["text"] for message in await people.call("GET", path)] == ["二", "三"]


async def test_privacy_hides_from_a_plain_bot_what_is_not_meant_for_it(
    people: People, bot: Bot
) -> None:
    """Commands, mentions and replies to it reach it; an admin sees all."""
    group = await people.group(members=[OFFICER, TOWN_BOT], admins=[])
    mine = (await bot.send_message(group, "x")).message_id
    await people.say(OFFICER, "不给你看", chat=group)
    await people.show(OFFICER, chat=group)
    await people.say(OFFICER, "/help@xunchaqun_bot", chat=group)
    await people.say(OFFICER, "/help@other_bot", chat=group)
    await people.say(OFFICER, "@xunchaqun_bot 你好", chat=group)
    await people.say(OFFICER, "答", chat=group, reply_to=mine)
    words = [message.text for message in await heard(bot) if message.text]
    assert words == ["/help@xunchaqun_bot", "@xunchaqun_bot 你好", "答"]
    await people.call("POST", f"/chats/{group}/members", {"user": TOWN_BOT, "action": "promote"})
    await people.say(OFFICER, "现在看得到", chat=group)
    assert [message.text for message in await heard(bot)] == ["现在看得到"]
    assert (await bot.get_me()).can_read_all_group_messages is False


async def test_a_group_without_privacy_shows_everything(people: People, bot: Bot) -> None:
    """As for a bot whose privacy mode was switched off."""
    group = await people.group(members=[OFFICER, TOWN_BOT], admins=[], privacy=False)
    await people.say(OFFICER, "看得到", chat=group)
    assert (await heard(bot))[-1].text == "看得到"


async def test_joining_and_leaving_are_told(people: People, bot: Bot) -> None:
    """By service messages that every bot sees."""
    path = f"/chats/{GROUP}/members"
    await people.call("POST", path, {"user": CITIZEN, "action": "add"})
    await people.call("POST", path, {"user": CITIZEN, "action": "remove"})
    came, went = await heard(bot)
    assert came.new_chat_members is not None
    assert came.new_chat_members[0].id == CITIZEN
    assert went.left_chat_member is not None


async def test_a_press_without_an_answer_is_null(people: People, bot: Bot) -> None:
    """Also one of a button that leads somewhere else."""
    keys: Any = {
        "inline_keyboard": [
            [{"text": "按", "callback_data": "a"}, {"text": "看", "url": "https://example.org/"}]
        ]
    }
    card = (await bot.send_message(GROUP, "x", reply_markup=keys)).message_id
    assert await people.press(OFFICER, card, button="按", wait=0.05) is None
    assert await people.press(OFFICER, card, row=0, column=1) is None
    path = f"/chats/{GROUP}/messages/{card}/press"
    for what, status in (
        ({"button": "没有"}, 404),
        ({"row": 0, "column": 2}, 404),
        ({"data": "x" * 65}, 400),
        ({"data": ""}, 400),
        ({}, 400),
    ):
        await people.call("POST", path, {"from": OFFICER, **what}, status=status)
    await people.call("POST", path, {"from": CITIZEN, "data": "a"}, status=403)


async def test_forged_data_reaches_the_bot(people: People, bot: Bot) -> None:
    """A hostile app may send anything within 64 bytes, so the bench can too."""
    card = (await bot.send_message(GROUP, "x")).message_id
    await people.press(OFFICER, card, data="close:999999", wait=0)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "close:999999"


async def test_the_log_tells_every_call(people: People, bot: Bot) -> None:
    """Number, time, method, chat, decoded parameters, status, error."""
    keys: Any = {"inline_keyboard": [[{"text": "按", "callback_data": "a"}]]}
    await bot.send_message(GROUP, "x", reply_markup=keys)
    with pytest.raises(Exception, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=GROUP, message_id=99)
    sent, failed = await people.call("GET", "/log")
    assert (sent["number"], sent["method"], sent["chat"], sent["status"], sent["error"]) == (
        1,
        "sendMessage",
        GROUP,
        200,
        None,
    )
    assert sent["parameters"] == {"chat_id": GROUP, "text": "x", "reply_markup": keys}
    assert sent["time"] == "2026-03-02T00:30:00+00:00"
    assert failed["error"] == "Bad Request: message to edit not found"
    assert await people.call("GET", "/log?after=1") == [failed]


async def test_reset_goes_back_to_the_town_and_repeats_no_id(people: People, bot: Bot) -> None:
    """A bot that keeps its database must not take new messages for old ones."""
    before = await people.say(OFFICER, "x")
    old = (await bot.get_updates())[0].update_id
    await people.show(OFFICER, [picture(64, 48), picture(64, 48)])
    await people.call("POST", "/bots", {"username": "second_bot"})
    await people.group()
    await people.call("POST", "/reset")
    assert len(await people.call("GET", "/chats")) == 2
    assert len(await people.call("GET", "/bots")) == 1
    assert await people.see(OTHER_OFFICER) == []
    assert await people.say(OFFICER, "y") > before
    await people.call("POST", "/clock", {"advance": 5})
    fresh = await bot.get_updates(offset=1)
    assert [update.message.text for update in fresh if update.message] == ["y"]
    assert fresh[0].update_id > old


async def test_live_notes_tell_the_page_what_changed(people: People, bot: Bot) -> None:
    """Server-sent events; the page fetches the rest."""
    async with people.session.get("/sim/events") as stream:
        assert stream.content_type == "text/event-stream"
        await people.say(OFFICER, "x")
        await bot.send_message(GROUP, "y")
        notes: list[str] = []
        while len(notes) < 3:
            line = (await stream.content.readline()).decode().strip()
            if line.startswith("data: "):
                notes.append(line.removeprefix("data: "))
    assert notes[0] == f'{{"kind": "chat", "chat": {GROUP}}}'
    assert '"sound"' in notes[2]


async def test_files_of_strangers_are_never_shown_as_pages(people: People) -> None:
    """A document could be a page with a script."""
    await people.show(OFFICER, [b"<script>alert(1)</script>"], field="document")
    url = (await people.see(OFFICER))[-1]["document"]["url"]
    async with people.session.get(url) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_path_out_of_the_page_leads_nowhere(people: People) -> None:
    """Nor does one out of the files."""
    for path in ("/page/..%2f..%2fpyproject.toml", "/page/%2e%2e/server.py", "/page//etc/passwd"):
        async with people.session.get(path) as answer:
            assert answer.status == 404, path
