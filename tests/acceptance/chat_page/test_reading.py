from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from playwright.sync_api import expect

from simulator import samples
from tests.browser import GROUP
from tests.fakes.scripted_bot import keyboard

if TYPE_CHECKING:
    from simulator import Simulator
    from tests.browser import ChatPage
    from tests.fakes.scripted_bot import ScriptedBot

OFFICER01, OFFICER02 = 1001, 1002
RICH = (
    "<b>粗 <i>斜</i></b> <code>XC-1</code> <blockquote>引用</blockquote>"
    ' <a href="https://example.org/a">链接</a> <a href="tg://user?id=1001">王建国</a>'
    " &lt;img src=x onerror=alert(1)&gt;"
)


def test_formatted_words_become_elements_and_markup_in_data_stays_words(
    desk: ChatPage, pen: ScriptedBot
) -> None:
    """Bold, code, quotes, links and mentions are nodes; what looks like HTML is shown as it is."""
    pen.call("sendMessage", chat_id=GROUP, text=RICH, parse_mode="HTML")
    words = desk.wait_for("粗 斜").get_by_test_id("message-text")
    expect(words.locator("strong em")).to_have_text("斜")
    expect(words.locator("code")).to_have_text("XC-1")
    expect(words.locator("blockquote")).to_have_text("引用")
    expect(words.locator("a")).to_have_attribute("href", "https://example.org/a")
    expect(words.locator(".mention")).to_have_text("王建国")
    expect(words).to_contain_text("<img src=x onerror=alert(1)>")
    expect(words.locator("img")).to_have_count(0)


def test_a_date_time_entity_tells_the_time_that_is_left(
    desk: ChatPage, town: Simulator, pen: ScriptedBot
) -> None:
    """Format r is relative to the simulated now, in the reader's language."""
    unix = int(town.clock.now().timestamp()) + 3 * 3600 + 60
    text = f'今日 24:00（<tg-time unix="{unix}" format="r">三小时后</tg-time>）'
    pen.call("sendMessage", chat_id=GROUP, text=text, parse_mode="HTML")
    moment = desk.wait_for("今日 24:00").locator("time.moment")
    expect(moment).to_have_text("3小时后")
    desk.page.get_by_test_id("language").click()
    expect(desk.message("今日 24:00").locator("time.moment")).to_have_text("in 3 hours")


def test_loud_and_silent_messages_carry_their_marks(desk: ChatPage, pen: ScriptedBot) -> None:
    """disable_notification is seen on the message."""
    pen.call("sendMessage", chat_id=GROUP, text="响的")
    pen.call("sendMessage", chat_id=GROUP, text="静的", disable_notification=True)
    loud = desk.wait_for("响的").get_by_test_id("message-sound")
    silent = desk.wait_for("静的").get_by_test_id("message-sound")
    expect(loud).to_have_attribute("aria-label", "有声提醒")
    expect(silent).to_have_attribute("aria-label", "静音发送")


def test_unread_messages_are_counted_in_the_list_with_a_bell_for_loud_ones(
    desk: ChatPage, pen: ScriptedBot
) -> None:
    """The private chat is open, so what comes into the group waits there."""
    desk.open_chat("bot")
    desk.page.get_by_test_id("start").click()
    desk.wait_for("/start")
    pen.call("sendMessage", chat_id=GROUP, text="第一条", disable_notification=True)
    badge = desk.page.get_by_test_id(f"chat-{GROUP}").get_by_test_id("unread")
    expect(badge).to_contain_text("1 条未读")
    expect(badge.locator("svg")).to_have_count(0)
    pen.call("sendMessage", chat_id=GROUP, text="第二条")
    expect(badge).to_contain_text("2 条未读")
    expect(badge.locator("svg")).to_have_count(1)
    desk.open_chat()
    expect(badge).to_have_count(0)


def test_edits_reactions_and_deletions_show_without_reloading(
    desk: ChatPage, pen: ScriptedBot
) -> None:
    """The page hears of every change and draws it."""
    sent = pen.call("sendMessage", chat_id=GROUP, text="第一版")
    number = sent["message_id"]
    desk.wait_for("第一版")
    pen.call("editMessageText", chat_id=GROUP, message_id=number, text="第二版")
    message = desk.wait_for("第二版")
    expect(message.get_by_test_id("message-edited")).to_be_visible()
    reaction = [{"type": "emoji", "emoji": "👌"}]
    pen.call("setMessageReaction", chat_id=GROUP, message_id=number, reaction=reaction)
    expect(message.get_by_test_id("message-reaction")).to_contain_text("👌")
    pen.call("deleteMessage", chat_id=GROUP, message_id=number)
    expect(message).to_have_count(0)


def test_buttons_keep_their_style_and_a_disabled_one_does_nothing(
    desk: ChatPage, pen: ScriptedBot
) -> None:
    """Style is a class; a disabled button sends no query."""
    markup = keyboard([[("接单", "a", "primary"), ("通过", "b", "success"), ("退", "c", "danger")]])
    markup["inline_keyboard"].append([{"text": "不能按", "disabled": {}}])
    pen.call("sendMessage", chat_id=GROUP, text="按钮", reply_markup=markup)
    message = desk.wait_for("按钮")
    for text, style in (("接单", "primary"), ("通过", "success"), ("退", "danger")):
        expect(desk.button(message, text)).to_contain_class(f"inline-{style}")
    disabled = desk.button(message, "不能按")
    expect(disabled).to_have_attribute("aria-disabled", "true")
    disabled.click(force=True)
    assert pen.call("getUpdates", timeout=0) == []


def test_a_deep_link_button_opens_the_private_chat_with_its_payload(
    desk: ChatPage, pen: ScriptedBot
) -> None:
    """t.me links to the bot stay inside the page."""
    url = "https://t.me/xunchaqun_bot?start=hello"
    markup = {"inline_keyboard": [[{"text": "开通私聊", "url": url}]]}
    pen.call("sendMessage", chat_id=GROUP, text="请开通", reply_markup=markup)
    desk.button(desk.wait_for("请开通"), "开通私聊").click()
    desk.wait_for("/start hello")
    expect(desk.messages).to_have_attribute("data-chat", str(OFFICER01))


def test_an_album_is_a_grid_that_opens_in_the_lightbox_by_keyboard(
    chat: ChatPage, pen: ScriptedBot
) -> None:
    """Arrows go round, Esc closes and gives the focus back."""
    del pen
    names = ("pothole-before", "manhole-broken-before", "kerb-missing-before")
    chat.post_sample(*names, caption="三处问题")
    album = chat.wait_for("三处问题")
    photos = album.get_by_test_id("photo")
    expect(photos).to_have_count(3)
    photos.nth(0).focus()
    chat.page.keyboard.press("Enter")
    image = chat.page.get_by_test_id("lightbox-image")
    first = image.get_attribute("src")
    chat.page.keyboard.press("ArrowRight")
    expect(image).not_to_have_attribute("src", first or "")
    chat.page.get_by_test_id("lightbox-next").click()
    chat.page.get_by_test_id("lightbox-next").click()
    expect(image).to_have_attribute("src", first or "")
    expect(chat.page.get_by_test_id("lightbox")).to_contain_text("1 / 3")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_test_id("lightbox")).to_have_count(0)
    expect(photos.nth(0)).to_be_focused()


def test_a_reply_quotes_its_message_and_a_click_jumps_there(
    chat: ChatPage, pen: ScriptedBot
) -> None:
    """The quoted message scrolls into view and takes the focus."""
    first = pen.call("sendMessage", chat_id=GROUP, text="最早的一条\n" + "很长\n" * 60)
    pen.call(
        "sendMessage",
        chat_id=GROUP,
        text="答复",
        reply_parameters={"message_id": first["message_id"]},
    )
    quote = chat.wait_for("答复").get_by_test_id("message-reply")
    expect(quote).to_contain_text("最早的一条")
    quote.click()
    expect(chat.message("最早的一条")).to_be_focused()


def test_a_photo_by_the_bot_shows_with_its_caption(desk: ChatPage, pen: ScriptedBot) -> None:
    """A sheet is one photo with words under it."""
    pen.call("sendPhoto", chat_id=GROUP, photo=samples.draw("pothole-after"), caption="对比图")
    photo = desk.wait_for("对比图").get_by_test_id("photo")
    expect(photo).to_have_count(1)
    expect(photo.locator("img")).to_have_js_property("complete", value=True)


def test_a_pinned_message_has_a_bar_that_leads_to_it(desk: ChatPage, pen: ScriptedBot) -> None:
    """Unpinned, the bar goes away."""
    sent = pen.call("sendMessage", chat_id=GROUP, text="今日看板")
    pen.call("pinChatMessage", chat_id=GROUP, message_id=sent["message_id"])
    bar = desk.page.get_by_test_id("pinned")
    expect(bar).to_contain_text("今日看板")
    bar.click()
    expect(desk.message("今日看板")).to_be_focused()
    pen.call("unpinChatMessage", chat_id=GROUP, message_id=sent["message_id"])
    expect(bar).to_be_hidden()


def test_the_pinned_bar_follows_the_edits_and_tells_who_pinned(
    chat: ChatPage, pen: ScriptedBot
) -> None:
    """One line of it, in the reader's language around it; two pins show the newer message."""
    old = pen.call("sendMessage", chat_id=GROUP, text="旧看板")["message_id"]
    board = pen.call("sendMessage", chat_id=GROUP, text="看板 08:00\n在办 3")["message_id"]
    for number in (board, old):
        pen.call("pinChatMessage", chat_id=GROUP, message_id=number, disable_notification=True)
    bar = chat.page.get_by_test_id("pinned")
    expect(bar).to_have_text("置顶消息看板 08:00")
    expect(chat.page.get_by_test_id("service").last).to_have_text("巡查助手 置顶了一条消息")
    pen.call("editMessageText", chat_id=GROUP, message_id=board, text="看板 08:20\n在办 4")
    expect(bar).to_have_text("置顶消息看板 08:20")
    chat.to_list()
    preview = chat.page.get_by_test_id(f"chat-{GROUP}").locator(".preview")
    expect(preview).to_have_text("巡查助手 置顶了一条消息")
    chat.page.get_by_test_id("language").click()
    chat.open_chat()
    expect(bar).to_have_text("Pinned message看板 08:20")
    expect(chat.page.get_by_test_id("service").last).to_have_text("巡查助手 pinned a message")


def test_a_message_pinned_long_ago_is_still_one_tap_away(
    desk: ChatPage, town: Simulator, pen: ScriptedBot
) -> None:
    """The list keeps only the newest; the bar shows its words of now and fetches the way back."""
    board = pen.call("sendMessage", chat_id=GROUP, text="今日看板 08:00")["message_id"]
    pen.call("pinChatMessage", chat_id=GROUP, message_id=board)
    address = f"{town.base_url}/sim/chats/{GROUP}/messages"
    desk.page.goto("about:blank")  # nobody looks meanwhile
    with httpx.Client() as officer:
        for number in range(520):
            officer.post(address, json={"from": OFFICER02, "text": f"第{number}句"})
    desk.page.goto(town.base_url)
    desk.wait_for("第519句")
    expect(desk.message("今日看板")).to_have_count(0)
    pen.call("editMessageText", chat_id=GROUP, message_id=board, text="今日看板 10:20")
    bar = desk.page.get_by_test_id("pinned")
    expect(bar).to_contain_text("今日看板 10:20")
    bar.click()
    expect(desk.message("今日看板 10:20")).to_be_focused()


def test_topics_of_a_forum_can_be_looked_at_one_by_one(
    desk: ChatPage, town: Simulator, pen: ScriptedBot
) -> None:
    """Chips above the messages; a message written there goes into the topic."""
    group = {"title": "话题群", "members": [OFFICER01], "admins": [7000000001], "forum": True}
    forum = desk.page.request.post(f"{town.base_url}/sim/chats", data=group).json()
    topic = pen.call("createForumTopic", chat_id=forum["id"], name="上报")["message_thread_id"]
    pen.call("sendMessage", chat_id=forum["id"], text="综合里的话")
    desk.open_chat(forum["id"])
    desk.wait_for("综合里的话")
    desk.page.get_by_test_id(f"topic-{topic}").click()
    expect(desk.message("综合里的话")).to_have_count(0)
    desk.say("话题里的话")
    desk.wait_for("话题里的话")
    desk.page.get_by_test_id("topic-0").click()
    desk.wait_for("综合里的话")
    expect(desk.message("话题里的话")).to_have_count(0)


def test_a_press_on_a_chat_is_not_lost_when_the_list_changes_under_it(
    desk: ChatPage, town: Simulator, pen: ScriptedBot
) -> None:
    """A message comes between the finger's going down and up."""
    group = {"title": "另一个群", "members": [OFFICER01], "admins": [7000000001]}
    other = desk.page.request.post(f"{town.base_url}/sim/chats", data=group).json()["id"]
    pen.call("sendMessage", chat_id=other, text="早")
    row = desk.page.get_by_test_id(f"chat-{other}")
    expect(row).to_contain_text("早")
    row.hover()
    desk.page.mouse.down()
    pen.call("sendMessage", chat_id=GROUP, text="请查验")
    desk.wait_for("请查验")
    desk.page.mouse.up()
    expect(desk.messages).to_have_attribute("data-chat", str(other))
    pen.call("sendMessage", chat_id=GROUP, text="再说一句")
    expect(desk.page.get_by_test_id(f"chat-{GROUP}")).to_contain_text("再说一句")


def test_comings_and_goings_are_told_in_one_line(desk: ChatPage, town: Simulator) -> None:
    """Service messages are no bubbles."""
    address = f"{town.base_url}/sim/chats/{GROUP}/members"
    desk.page.request.post(address, data={"user": OFFICER02, "action": "remove"})
    expect(desk.page.get_by_test_id("service").last).to_contain_text("赵志强 离开了群")


def test_new_messages_are_said_aloud_for_screen_readers(desk: ChatPage, pen: ScriptedBot) -> None:
    """A polite live region, apart from the list."""
    pen.call("sendMessage", chat_id=GROUP, text="请查验")
    expect(desk.page.locator("#announcer")).to_contain_text("巡查助手：请查验")
