"""A person at the chat page, in headless Chromium.

`chromium` is the fixture that gives a browser (import it into a conftest); `ChatPage` does what
people do there, by clicking. The page's stable names (data-testid) are listed at the top of
`simulator/page/index.html`.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from simulator import SimulatedClock, Simulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from playwright.sync_api import Browser, BrowserContext, Locator

BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""Without the windows that nobody sees, a page costs half; what it shows is the same."""
NEEDLESS = (
    # Pages of the browser's own window, whose renderer costs more than the page under test.
    *("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup"),
    # What Playwright turns off too: the last list given is the one that counts.
    *("AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter"),
    *("NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "Translate"),
)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(NEEDLESS)}",
)
DESKTOP = (1280, 800)
PHONE = (390, 844)
GROUP = -4000001
WAIT_MS = 30_000
"""How long the page may take for anything on a busy machine; nothing waits that long by plan."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a file; without Chromium they are skipped, in CI they fail.

    Playwright holds the thread's event loop while it runs: it must end before asynchronous tests.
    """
    installed = [browser for browser in BROWSERS if browser.exists()]
    if not installed:
        reason = f"none of {', '.join(map(str, BROWSERS))} is there, the chat page cannot be tried"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(installed[0]), args=list(ARGUMENTS), timeout=60_000
        )
        yield browser
        browser.close()


@contextmanager
def running_simulator(at: datetime | None = None, port: int = 0) -> Iterator[Simulator]:
    """The simulator in a thread of its own, since the browser is driven synchronously."""
    started = threading.Event()
    shared: dict[str, object] = {}
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with Simulator(port=port, clock=SimulatedClock(at)) as simulator:
            shared["simulator"] = simulator
            started.set()
            await stop.wait()

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        finally:
            started.set()
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait(20)
    simulator = shared.get("simulator")
    assert isinstance(simulator, Simulator), "the simulator did not start"
    try:
        yield simulator
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)


@contextmanager
def open_page(
    browser: Browser,
    address: str,
    size: tuple[int, int] = DESKTOP,
    locale: str = "zh-CN",
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[ChatPage]:
    """The chat page in a fresh profile; mistakes of its scripts fail the test at the end."""
    phone = size[0] < DESKTOP[0]
    context: BrowserContext = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=locale,
        has_touch=phone,
        reduced_motion="reduce",
        color_scheme=scheme,
    )
    context.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    try:
        page.goto(address)
        page.locator("body[data-ready]").wait_for()
        yield ChatPage(page, phone=phone)
        assert not mistakes, mistakes
    finally:
        context.close()


class ChatPage:
    """What a person does on the chat page; every step waits until the page shows it."""

    def __init__(self, page: Page, *, phone: bool = False) -> None:
        self.page = page
        self.phone = phone

    def become(self, username: str) -> None:
        """Switch "I am …" to that person."""
        self.to_list()
        me = self.page.get_by_test_id("person-switch")
        if me.get_attribute("data-username") == username:
            return
        me.click()
        self.page.get_by_test_id("person-search").fill(username)
        self.page.get_by_test_id(f"person-{username}").click()
        expect(me).to_have_attribute("data-username", username)

    def to_list(self) -> None:
        """At phone width, go back to the chats."""
        back = self.page.get_by_test_id("chat-back")
        if self.phone and back.is_visible():
            back.click()

    def open_chat(self, chat: int | str = GROUP) -> None:
        """Open a chat by its id; "bot" is the private chat that was not started yet."""
        self.to_list()
        self.page.get_by_test_id(f"chat-{chat}").click()
        if chat != "bot":
            expect(self.messages).to_have_attribute("data-chat", str(chat))

    @property
    def messages(self) -> Locator:
        """The list of messages of the open chat."""
        return self.page.get_by_test_id("messages")

    def message(self, words: str) -> Locator:
        """The newest message that says the words itself, not in a quote."""
        said = self.page.get_by_test_id("message-text").filter(has_text=words)
        return self.page.get_by_test_id("message").filter(has=said).last

    def wait_for(self, words: str, wait_ms: int = WAIT_MS) -> Locator:
        """Wait until a message with the words is there."""
        found = self.message(words)
        found.wait_for(timeout=wait_ms)
        return found

    def type(self, words: str) -> None:
        """Write into the composer."""
        self.page.get_by_test_id("composer-text").fill(words)

    def send(self) -> None:
        """Press the send button and wait until the composer is empty again."""
        self.page.get_by_test_id("composer-send").click()
        expect(self.page.get_by_test_id("composer-text")).to_have_value("")
        expect(self.page.get_by_test_id("attachment")).to_have_count(0)

    def say(self, words: str) -> None:
        """Send words to the open chat."""
        self.type(words)
        self.send()

    def attach_samples(self, *names: str) -> None:
        """Choose sample pictures; several become an album."""
        self.page.get_by_test_id("attach").click()
        self.page.get_by_test_id("attach-samples").click()
        for name in names:
            self.page.get_by_test_id(f"sample-{name}").click()
        self.page.get_by_test_id("samples-done").click()
        # They are drawn when first asked for, and a busy machine needs its time for that.
        expect(self.page.get_by_test_id("attachment")).to_have_count(len(names), timeout=90_000)

    def post_sample(self, *names: str, caption: str = "") -> None:
        """Post sample pictures with a caption."""
        self.attach_samples(*names)
        self.type(caption)
        self.send()

    def begin_reply(self, message: Locator) -> None:
        """Reply through the menu of the message."""
        self.menu(message, "reply")
        self.page.get_by_test_id("composer-reply").wait_for()

    def reply_with_sample(self, message: Locator, name: str, caption: str = "") -> None:
        """Reply to a message with one sample picture."""
        self.begin_reply(message)
        self.post_sample(name, caption=caption)

    def menu(self, message: Locator, entry: str) -> None:
        """Open the menu of a message (as a long press does) and choose an entry."""
        message.dispatch_event("contextmenu")
        self.page.get_by_test_id(f"menu-{entry}").click()

    def button(self, message: Locator, text: str) -> Locator:
        """An inline button of a message; the text may be the beginning of what stands on it."""
        return message.locator(f'[data-testid="inline-button"][data-text^="{text}"]').first

    def press(self, message: Locator, text: str) -> None:
        """Press an inline button and wait until the bot has answered."""
        button = self.button(message, text)
        button.click()
        expect(message.locator('[aria-busy="true"]')).to_have_count(0, timeout=12_000)

    def toast(self, words: str) -> None:
        """Wait for a toast with the words."""
        self.page.get_by_test_id("toast").filter(has_text=words).first.wait_for()

    def dismiss_alert(self, words: str) -> None:
        """Wait for an alert with the words and close it."""
        alert = self.page.get_by_test_id("alert")
        expect(alert).to_contain_text(words)
        self.page.get_by_test_id("alert-ok").click()
        expect(alert).to_have_count(0)

    def step(self, number: int) -> Locator:
        """A step of the guide; its data-done says whether it is ticked."""
        return self.page.get_by_test_id(f"guide-step-{number}")
