from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from simulator import samples
from tests.browser import GROUP

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from tests.browser import ChatPage
    from tests.fakes.scripted_bot import ScriptedBot

OFFICER01 = 1001
GIVE_FILES = """(target, [kind, names]) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(["x"], name, { type: "image/jpeg" }));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
}"""


def picture(name: str) -> FilePayload:
    """A sample picture as a file of the person's own."""
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": samples.draw(name)}


def test_enter_sends_and_shift_enter_makes_a_new_line(chat: ChatPage) -> None:
    """The message keeps its two lines; the box is empty and focused again."""
    box = chat.page.get_by_test_id("composer-text")
    box.click()
    chat.page.keyboard.type("第一行")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("第二行")
    chat.page.keyboard.press("Enter")
    expect(chat.wait_for("第一行").get_by_test_id("message-text")).to_have_text("第一行\n第二行")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_nothing_is_sent_when_nothing_was_written(desk: ChatPage) -> None:
    """Spaces are nothing."""
    desk.type("   ")
    desk.page.get_by_test_id("composer-send").click()
    desk.page.wait_for_timeout(300)
    expect(desk.page.get_by_test_id("message")).to_have_count(0)


def test_uploaded_photos_go_out_as_one_album_with_the_caption(chat: ChatPage) -> None:
    """Several photos at once are one bubble with a grid; one was taken out before."""
    chat.page.get_by_test_id("attach").click()
    names = ("pothole-before", "kerb-missing-before", "pothole-after")
    chat.page.get_by_test_id("input-photo").set_input_files([picture(name) for name in names])
    tiles = chat.page.get_by_test_id("attachment")
    expect(tiles).to_have_count(3)
    chat.page.get_by_test_id("attachment-remove").nth(1).click()
    expect(tiles).to_have_count(2)
    chat.type("前后两张")
    chat.send()
    expect(chat.wait_for("前后两张").get_by_test_id("photo")).to_have_count(2)


def test_a_file_keeps_its_name(desk: ChatPage) -> None:
    """A file is a row with its name and size."""
    desk.page.get_by_test_id("attach").click()
    plan: FilePayload = {"name": "台账.txt", "mimeType": "text/plain", "buffer": b"1,2,3"}
    desk.page.get_by_test_id("input-file").set_input_files(plan)
    desk.send()
    expect(desk.page.get_by_test_id("message").last).to_contain_text("台账.txt")


def test_a_location_is_sent_with_its_coordinates(chat: ChatPage) -> None:
    """The suggested place may be changed."""
    chat.page.get_by_test_id("attach").click()
    chat.page.get_by_test_id("attach-location").click()
    chat.page.get_by_test_id("location-latitude").fill("34.5")
    chat.page.get_by_test_id("location-send").click()
    expect(chat.page.get_by_test_id("message").last).to_contain_text("34.50000, 113.66310")


def test_a_tap_on_a_message_replies_and_escape_takes_it_back(
    chat: ChatPage, pen: ScriptedBot
) -> None:
    """Tap, write, send: the answer quotes the message."""
    pen.call("sendMessage", chat_id=GROUP, text="谁有空？")
    chat.wait_for("谁有空？").get_by_test_id("message-text").click()
    expect(chat.page.get_by_test_id("composer-reply")).to_contain_text("谁有空？")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_test_id("composer-reply")).to_have_count(0)
    chat.begin_reply(chat.message("谁有空？"))
    chat.say("我去")
    expect(chat.wait_for("我去").get_by_test_id("message-reply")).to_contain_text("谁有空？")


def test_one_s_own_words_can_be_edited_and_deleted(chat: ChatPage) -> None:
    """The words being written meanwhile are kept."""
    chat.say("写错了")
    chat.type("半句话")
    chat.menu(chat.wait_for("写错了"), "edit")
    expect(chat.page.get_by_test_id("composer-text")).to_have_value("写错了")
    chat.type("写对了")
    chat.page.keyboard.press("Enter")
    edited = chat.wait_for("写对了")
    expect(edited.get_by_test_id("message-edited")).to_be_visible()
    expect(chat.page.get_by_test_id("composer-text")).to_have_value("半句话")
    chat.menu(edited, "delete")
    expect(edited).to_have_count(0)


def test_others_words_offer_no_edit_and_no_delete(desk: ChatPage, pen: ScriptedBot) -> None:
    """Reply and forward only."""
    pen.call("sendMessage", chat_id=GROUP, text="机器人的话")
    desk.wait_for("机器人的话").dispatch_event("contextmenu")
    expect(desk.page.get_by_test_id("menu-reply")).to_be_focused()
    expect(desk.page.get_by_test_id("menu-edit")).to_have_count(0)
    expect(desk.page.get_by_test_id("menu-delete")).to_have_count(0)


def test_the_menu_of_a_message_opens_beside_it(chat: ChatPage) -> None:
    """Also where no pointer shows the button of the menu, as on a phone."""
    chat.say("长按我")
    message = chat.wait_for("长按我")
    message.dispatch_event("contextmenu")
    menu = chat.page.get_by_role("menu").bounding_box()
    bubble = message.locator(".bubble").bounding_box()
    assert menu is not None
    assert bubble is not None
    assert abs(menu["x"] + menu["width"] - bubble["x"] - bubble["width"]) < 60
    above, below = bubble["y"] - menu["y"] - menu["height"], menu["y"] - bubble["y"]
    assert 0 <= max(above, below) < 100


def test_a_forwarded_message_names_who_wrote_it(desk: ChatPage) -> None:
    """From the group into the group, by somebody else."""
    desk.say("通过")
    desk.become("officer02")
    desk.open_chat()
    desk.menu(desk.wait_for("通过"), "forward")
    desk.page.get_by_test_id(f"forward-{GROUP}").click()
    expect(desk.page.get_by_test_id("message").last).to_contain_text("转发自 王建国")


def test_a_draft_waits_for_its_person_in_its_chat(desk: ChatPage) -> None:
    """Others find an empty box; a reload keeps the words."""
    desk.type("没写完")
    desk.become("officer02")
    desk.open_chat()
    expect(desk.page.get_by_test_id("composer-text")).to_have_value("")
    desk.become("officer01")
    desk.open_chat()
    expect(desk.page.get_by_test_id("composer-text")).to_have_value("没写完")
    desk.page.reload()
    expect(desk.page.get_by_test_id("composer-text")).to_have_value("没写完")


def test_pictures_can_be_pasted_and_dropped(desk: ChatPage) -> None:
    """Both land beside the words that are being written."""
    box = desk.page.get_by_test_id("composer-text")
    box.evaluate(GIVE_FILES, ["paste", ["a.jpg"]])
    expect(desk.page.get_by_test_id("attachment")).to_have_count(1)
    box.evaluate(GIVE_FILES, ["drop", ["b.jpg", "c.jpg"]])
    expect(desk.page.get_by_test_id("attachment")).to_have_count(3)


def test_an_edit_can_put_another_photo_in_place(chat: ChatPage) -> None:
    """What was being written meanwhile waits beside."""
    chat.attach_samples("pothole-before")
    chat.type("路面坑洞")
    chat.send()
    sent = chat.wait_for("路面坑洞")
    before = sent.get_by_test_id("photo").locator("img").get_attribute("src")
    chat.attach_samples("lamp-leaning-before")
    chat.menu(sent, "edit")
    expect(chat.page.get_by_test_id("attachment")).to_have_count(0)
    chat.attach_samples("kerb-missing-before")
    chat.type("路沿石缺失")
    chat.page.get_by_test_id("composer-send").click()
    edited = chat.wait_for("路沿石缺失")
    image = edited.get_by_test_id("photo").locator("img")
    expect(edited.get_by_test_id("message-edited")).to_be_visible()
    expect(image).not_to_have_attribute("src", str(before))
    expect(chat.page.get_by_test_id("attachment")).to_have_attribute(
        "data-name", "lamp-leaning-before.jpg"
    )


def test_what_the_simulator_refuses_is_told_and_nothing_is_lost(desk: ChatPage) -> None:
    """A caption beyond 1024 characters stays in the box."""
    desk.attach_samples("pothole-before")
    desk.type("长" * 1100)
    desk.page.get_by_test_id("composer-send").click()
    desk.toast("没有成功")
    expect(desk.page.get_by_test_id("composer-text")).to_have_value("长" * 1100)
    expect(desk.page.get_by_test_id("attachment")).to_have_count(1)


def test_the_private_chat_opens_by_start(chat: ChatPage, pen: ScriptedBot) -> None:
    """Until then the bot is in the list, but cannot be written to."""
    chat.open_chat("bot")
    expect(chat.page.get_by_test_id("composer-text")).to_have_count(0)
    chat.page.get_by_test_id("start").click()
    chat.wait_for("/start")
    pen.call("sendMessage", chat_id=OFFICER01, text="王建国，您好")
    chat.wait_for("您好")
    chat.say("/mine")
    chat.wait_for("/mine")
