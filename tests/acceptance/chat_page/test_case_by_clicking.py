from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from simulator import Simulator
    from tests.browser import ChatPage
    from tests.fakes.scripted_bot import ScriptedBot

CAPTION = "金城路与鼓楼路口东侧 井盖破损 危险"


def test_a_whole_case_is_played_by_clicking(chat: ChatPage, bot: ScriptedBot) -> None:
    """Photo, card, 接单, photo in reply, sheet, two keys: all through the page."""
    del bot
    chat.become("officer01")
    chat.open_chat()
    chat.post_sample("manhole-broken-before", caption=CAPTION)
    card = chat.wait_for("待对接")
    expect(chat.message(CAPTION).get_by_test_id("message-reaction").first).to_be_visible()
    chat.become("repairer01")
    chat.open_chat()
    chat.press(card, "接单")
    chat.toast("已接单")
    chat.reply_with_sample(chat.wait_for("已接单"), "manhole-broken-after", "修好了")
    chat.press(chat.wait_for("前后对比"), "查验通过")
    chat.become("officer01")
    chat.open_chat()
    chat.press(chat.wait_for("前后对比"), "查验通过")
    closed = chat.wait_for("已结案")
    expect(closed.get_by_test_id("message-edited")).to_be_visible()
    expect(closed.get_by_test_id("inline-button")).to_have_count(0)


def test_the_guide_leads_a_newcomer_through_the_case(desk: ChatPage, bot: ScriptedBot) -> None:
    """Each step switches person, prepares, and ticks itself; the person only sends and presses."""
    del bot
    for number in range(1, 7):
        expect(desk.step(number)).to_have_attribute("data-done", "false")
        desk.page.get_by_test_id(f"guide-do-{number}").click()
        if number in {1, 3}:
            desk.page.get_by_test_id("attachment").wait_for()
            desk.send()
        elif number in {2, 4, 5}:
            expect(desk.page.locator('[data-testid="inline-button"]:focus')).to_have_count(1)
            desk.page.keyboard.press("Enter")
        expect(desk.step(number)).to_have_attribute("data-done", "true")
    expect(desk.page.get_by_test_id("guide-again")).to_be_visible()


def test_at_phone_width_the_next_step_waits_above_the_composer(
    chat: ChatPage, bot: ScriptedBot
) -> None:
    """Where the guide has no room, its next step is one touch away."""
    del bot
    strip = chat.page.get_by_test_id("next-step-do")
    if not chat.phone:
        expect(strip).to_be_hidden()
        return
    strip.click()
    chat.page.get_by_test_id("attachment").wait_for()
    chat.send()
    chat.wait_for("待对接")
    expect(chat.page.locator("#next-step")).to_contain_text("2/6")


def test_a_press_by_the_wrong_person_is_told_to_him_in_an_alert(
    desk: ChatPage, bot: ScriptedBot
) -> None:
    """show_alert waits for an OK; the card stays as it was."""
    del bot
    desk.open_chat()
    desk.post_sample("pothole-before", caption="时风路 路面坑洞")
    desk.become("repairer02")
    desk.open_chat()
    card = desk.wait_for("待对接")
    desk.press(card, "接单")
    desk.dismiss_alert("只有李强")
    expect(card.get_by_test_id("message-edited")).to_have_count(0)


def test_a_menu_for_one_person_is_marked_and_seen_by_nobody_else(
    desk: ChatPage, bot: ScriptedBot
) -> None:
    """Ephemeral messages carry 仅你可见; others do not get them."""
    del bot
    desk.open_chat()
    desk.post_sample("pothole-before", caption="时风路 路面坑洞")
    desk.press(desk.wait_for("待对接"), "更多")
    menu = desk.wait_for("这是只给你看的菜单")
    expect(menu).to_contain_text("仅你可见")
    desk.press(menu, "知道了")
    desk.toast("知道了")
    desk.become("officer02")
    desk.open_chat()
    desk.wait_for("待对接")
    expect(desk.message("这是只给你看的菜单")).to_have_count(0)


def test_the_menu_of_a_card_far_above_is_brought_into_view(
    desk: ChatPage, bot: ScriptedBot
) -> None:
    """It comes at the end of the chat, where nobody looks who pressed further up."""
    del bot
    desk.open_chat()
    desk.post_sample("pothole-before", caption="时风路 路面坑洞")
    card = desk.wait_for("待对接")
    for number in range(14):
        desk.say(f"第 {number} 句")
    card.scroll_into_view_if_needed()
    expect(desk.message("第 13 句")).not_to_be_in_viewport()
    desk.press(card, "更多")
    expect(desk.wait_for("这是只给你看的菜单")).to_be_in_viewport()


def test_an_idea_stays_unfolded_while_the_guide_is_drawn_anew(
    desk: ChatPage, bot: ScriptedBot
) -> None:
    """It switches person and prepares a reply; the newcomer can read on."""
    del bot
    desk.open_chat()
    desk.post_sample("pothole-before", caption="时风路 路面坑洞")
    desk.wait_for("待对接")
    idea = desk.page.get_by_test_id("idea-words")
    idea.locator("summary").click()
    desk.page.get_by_test_id("idea-do-words").click()
    me = desk.page.get_by_test_id("person-switch")
    expect(me).to_have_attribute("data-username", "repairer01")
    expect(desk.page.get_by_test_id("composer-text")).to_have_value("收到")
    expect(desk.page.get_by_test_id("composer-reply")).to_contain_text("待对接")
    expect(idea).to_have_js_property("open", value=True)


def test_the_idea_of_the_digest_opens_the_manager_s_private_chat(
    desk: ChatPage, town: Simulator, bot: ScriptedBot
) -> None:
    """It greets the bot where that was not done, then walks to 17:00."""
    del bot
    before = town.clock.now()
    desk.page.get_by_test_id("idea-digest").locator("summary").click()
    desk.page.get_by_test_id("idea-do-digest").click()
    desk.wait_for("/start")
    expect(desk.page.get_by_test_id("clock")).to_contain_text("17:00")
    assert town.clock.now() > before
