from __future__ import annotations

import json
import re
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

import simulator
from tests.browser import GROUP, PHONE, open_page, running_simulator

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from simulator import Simulator
    from tests.browser import ChatPage
    from tests.fakes.scripted_bot import ScriptedBot

PAGE = Path(simulator.__file__).parent / "page"
NAMELESS = """() => [...document.querySelectorAll("button, a[href], input, textarea")]
  .filter((node) => node.checkVisibility() && !node.closest("[aria-hidden=true]"))
  .filter((node) => !(node.textContent.trim() || node.ariaLabel || node.labels?.length))
  .map((node) => node.outerHTML)"""
SMALL = """() => [...document.querySelectorAll("button")]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.getBoundingClientRect(), node.outerHTML.slice(0, 120)])
  .filter(([box]) => box.height < 44 || box.width < 44)
  .map(([box, html]) => `${box.width}x${box.height} ${html}`)"""
PALE = """() => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, below) => below.map((part, at) =>
    at === 3 ? 255 : Math.round(top[at] * top[3] / 255 + part * (1 - top[3] / 255)));
  const ground = (node) => {
    const layers = [];
    for (let one = node; one; one = one.parentElement) {
      layers.push(rgba(getComputedStyle(one).backgroundColor));
      if (layers.at(-1)[3] === 255) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 255]);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const worded = (node) => [...node.childNodes].some((one) =>
    one.nodeType === Node.TEXT_NODE && one.data.trim());
  return [...document.querySelectorAll("body *")]
    .filter((node) => worded(node) && node.checkVisibility() && !node.closest(".avatar, .unseen"))
    .filter((node) => !node.closest(":disabled, noscript"))
    .map((node) => {
      const under = ground(node);
      const [one, two] = [light(over(rgba(getComputedStyle(node).color), under)), light(under)];
      const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
      return [ratio, `${ratio.toFixed(2)} ${node.className} ${node.textContent.slice(0, 30)}`];
    })
    .filter(([ratio]) => ratio < 4.5)
    .map(([, words]) => words);
}"""
WIDER_THAN_SCREEN = "() => document.documentElement.scrollWidth - window.innerWidth"


def test_the_people_are_found_by_name_account_and_duty(desk: ChatPage) -> None:
    """Groups by duty; Enter takes the first that fits."""
    desk.page.get_by_test_id("person-switch").click()
    dialog = desk.page.get_by_role("dialog")
    for heading in ("巡查队员", "维修队员", "公司经理", "督查", "市民"):
        expect(dialog.get_by_role("heading", name=heading, exact=True)).to_have_count(1)
    search = desk.page.get_by_test_id("person-search")
    search.fill("没有这个人")
    expect(dialog).to_contain_text("没有找到")
    search.fill("宋文博")
    search.press("Enter")
    me = desk.page.get_by_test_id("person-switch")
    expect(me).to_have_attribute("data-username", "supervisor01")


def test_a_citizen_sees_no_group(chat: ChatPage) -> None:
    """Who is in no group can still talk to the bot."""
    chat.become("citizen01")
    chat.to_list()
    expect(chat.page.get_by_test_id(f"chat-{GROUP}")).to_have_count(0)
    expect(chat.page.get_by_test_id("chat-bot")).to_be_visible()


def test_both_catalogues_say_the_same_things() -> None:
    """Equal keys, equal places to fill, nothing empty."""
    zh, en = (
        json.loads((PAGE / "words" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("zh", "en")
    )
    assert zh.keys() == en.keys()
    assert all(zh.values())
    assert all(en.values())
    for key in zh:
        assert set(re.findall(r"{\w+}", zh[key])) == set(re.findall(r"{\w+}", en[key])), key


def test_the_scripts_ask_only_for_words_that_exist() -> None:
    """No text of the page stands outside of the catalogues."""
    words = json.loads((PAGE / "words" / "zh.json").read_text(encoding="utf-8"))
    for script in (PAGE / "js").glob("*.js"):
        code = script.read_text(encoding="utf-8")
        assert set(re.findall(r'\bt\("(\w+)"', code)) <= words.keys(), script.name
        assert "innerHTML" not in code, script.name


@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh-CN"), ("en-GB", "en"), ("fr", "zh-CN")])
def test_the_page_speaks_the_language_of_the_browser(
    chromium: Browser, town: Simulator, locale: str, lang: str
) -> None:
    """English for English browsers, Chinese for all others; the choice is kept."""
    with open_page(chromium, town.base_url, locale=locale) as chat:
        html = chat.page.locator("html")
        expect(html).to_have_attribute("lang", lang)
        chat.page.get_by_test_id("language").click()
        other = "en" if lang == "zh-CN" else "zh-CN"
        expect(html).to_have_attribute("lang", other)
        chat.page.reload()
        expect(html).to_have_attribute("lang", other)


def test_the_whole_page_changes_its_language(desk: ChatPage) -> None:
    """Guide, composer and people; messages stay as they were written."""
    desk.say("井盖破损")
    desk.page.get_by_test_id("language").click()
    expect(desk.step(1)).to_contain_text("The officer reports")
    expect(desk.page.get_by_test_id("composer-text")).to_have_attribute("placeholder", "Message")
    expect(desk.page.get_by_test_id("person-switch")).to_contain_text("I am")
    desk.wait_for("井盖破损")


def test_the_clock_walks_by_its_buttons(chromium: Browser) -> None:
    """Ten minutes, an hour, to 17:00, a day: the simulated time follows, and so does the page."""
    morning = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    with running_simulator(morning) as town, open_page(chromium, town.base_url) as chat:
        clock = chat.page.get_by_test_id("clock")
        expect(clock).to_contain_text("09:00")
        for button, shown, passed in (
            ("10m", "09:10", timedelta(minutes=10)),
            ("1h", "10:10", timedelta(hours=1, minutes=10)),
            ("17", "17:00", timedelta(hours=8)),
            ("1d", "17:00", timedelta(days=1, hours=8)),
        ):
            chat.page.get_by_test_id(f"clock-{button}").click()
            expect(clock).to_contain_text(shown)
            expect(chat.page.get_by_test_id(f"clock-{button}")).to_be_enabled()
            assert timedelta() <= town.clock.now() - (morning + passed) < timedelta(minutes=1)


def test_at_phone_width_list_and_chat_are_two_views(chromium: Browser, town: Simulator) -> None:
    """Back leads to the list, Esc as well; nothing is wider than the screen."""
    with open_page(chromium, town.base_url, PHONE) as phone:
        composer = phone.page.get_by_test_id("composer-text")
        expect(composer).to_be_hidden()
        assert phone.page.evaluate(WIDER_THAN_SCREEN) <= 0
        phone.open_chat()
        expect(phone.page.get_by_test_id("person-switch")).to_be_hidden()
        phone.say("到了")
        assert phone.page.evaluate(WIDER_THAN_SCREEN) <= 0
        phone.page.get_by_test_id("chat-back").click()
        expect(phone.page.get_by_test_id("person-switch")).to_be_focused()
        phone.page.get_by_test_id("guide-toggle").click()
        expect(phone.step(1)).to_be_visible()
        phone.page.get_by_test_id("guide-close").click()
        expect(phone.step(1)).to_be_hidden()


def test_everything_that_can_be_pressed_has_a_name(chat: ChatPage, bot: ScriptedBot) -> None:
    """For screen readers: no button without words, in the chat and in the dialogs."""
    del bot
    chat.post_sample("pothole-before", caption="时风路 路面坑洞")
    chat.wait_for("待对接")
    assert chat.page.evaluate(NAMELESS) == []
    chat.page.get_by_test_id("attach").click()
    assert chat.page.evaluate(NAMELESS) == []
    chat.page.keyboard.press("Escape")
    chat.to_list()
    chat.page.get_by_test_id("person-switch").click()
    assert chat.page.evaluate(NAMELESS) == []


def test_targets_are_large_enough_for_thumbs(
    chromium: Browser, town: Simulator, bot: ScriptedBot
) -> None:
    """At phone width every button measures at least 44 by 44 pixels."""
    del bot
    with open_page(chromium, town.base_url, PHONE) as phone:
        assert phone.page.evaluate(SMALL) == []
        phone.open_chat()
        phone.post_sample("pothole-before", caption="时风路 路面坑洞")
        phone.wait_for("待对接")
        assert phone.page.evaluate(SMALL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(
    chromium: Browser, town: Simulator, bot: ScriptedBot, scheme: Literal["light", "dark"]
) -> None:
    """Contrast of at least 4.5 to 1, in the light and in the dark."""
    del bot
    with open_page(chromium, town.base_url, scheme=scheme) as chat:
        chat.post_sample("pothole-before", caption="时风路 路面坑洞")
        chat.press(chat.wait_for("待对接"), "更多")
        chat.begin_reply(chat.wait_for("这是只给你看的菜单"))
        assert chat.page.evaluate(PALE) == []
        chat.page.get_by_test_id("person-switch").click()
        assert chat.page.evaluate(PALE) == []


def test_the_keyboard_alone_reaches_messages_buttons_and_composer(
    desk: ChatPage, bot: ScriptedBot
) -> None:
    """Landmarks and one tab stop in the list; arrows walk through it, Enter replies."""
    del bot
    for role in ("navigation", "main", "complementary"):
        expect(desk.page.get_by_role(role).first).to_have_attribute("aria-label", re.compile("."))
    desk.post_sample("pothole-before", caption="时风路 路面坑洞")
    desk.wait_for("待对接").focus()
    desk.page.keyboard.press("ArrowUp")
    expect(desk.message("时风路")).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_test_id("composer-reply")).to_contain_text("待对接")
    expect(desk.page.get_by_test_id("composer-text")).to_be_focused()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Shift+Tab")
    expect(desk.page.get_by_test_id("attach")).to_be_focused()
    desk.page.keyboard.press("Shift+Tab")
    focused = desk.page.locator('[data-testid="inline-button"]:focus, #next-step button:focus')
    expect(focused).to_have_count(1)


def test_the_page_says_when_the_line_is_cut_and_comes_back_by_itself(chromium: Browser) -> None:
    """After a restart of the simulator on its port the page shows what is there now."""
    with ExitStack() as stack:
        with running_simulator() as town:
            port = town.port
            chat = stack.enter_context(open_page(chromium, town.base_url))
            chat.say("之前")
            chat.wait_for("之前")
        line = chat.page.locator("#offline")
        expect(line).to_be_visible()
        with running_simulator(port=port):
            expect(line).to_be_hidden(timeout=15_000)
            expect(chat.message("之前")).to_have_count(0)
            chat.say("之后")
            chat.wait_for("之后")
            stack.close()
