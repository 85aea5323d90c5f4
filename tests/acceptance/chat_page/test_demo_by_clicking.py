"""`make demo`'s own program, played with nothing but clicks, at both widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.acceptance.live import demo
from tests.browser import DESKTOP, PHONE, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser import ChatPage

CAPTION = "金城路与鼓楼路口东侧 井盖破损 危险"
PATIENT_MS = 30_000
"""The bot and the browser share a busy machine."""
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def address() -> Iterator[str]:
    """The demo on an ordinary Tuesday morning."""
    with demo("--clock", "2026-03-10T09:00:00+08:00") as found:
        yield found


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_case_is_opened_taken_mended_checked_and_closed_by_clicking(
    chromium: Browser, address: str, size: tuple[int, int]
) -> None:
    """Photo, card, 接单, after-photo in reply, sheet, two keys, closed: the real bot."""
    with open_page(chromium, address, size) as page:
        page.become("officer01")
        page.open_chat()
        page.post_sample("manhole-broken-before", caption=CAPTION)
        card = page.wait_for("待对接", PATIENT_MS)
        page.become("repairer01")
        page.open_chat()
        page.press(card, "接单")
        page.reply_with_sample(
            page.wait_for("已接单", PATIENT_MS), "manhole-broken-after", "修好了"
        )
        sheet = page.wait_for("请双方到现场查验", PATIENT_MS)
        page.press(sheet, "查验通过")
        page.become("officer01")
        page.open_chat()
        page.press(page.wait_for("请双方到现场查验", PATIENT_MS), "查验通过")
        closed = page.wait_for("已结案", PATIENT_MS)
        expect(closed).to_contain_text("XC-20260310-0001")


def test_an_idea_makes_one_the_person_whom_the_newest_card_concerns(
    chromium: Browser, address: str
) -> None:
    """The card of grid 3 names 刘洋: words of anybody else would change nothing."""
    with open_page(chromium, address) as page:
        me = page.page.get_by_test_id("person-switch")
        page.open_chat()
        _try(page, "rework")
        page.toast("还没有合适的案件")
        _try(page, "ordinary")
        expect(me).to_have_attribute("data-username", "officer03")
        expect(page.page.get_by_test_id("attachment")).to_have_count(1, timeout=PATIENT_MS)
        page.send()
        page.wait_for("待对接", PATIENT_MS)
        _try(page, "wrong")
        expect(me).to_have_attribute("data-username", "repairer02")
        _try(page, "words")
        expect(me).to_have_attribute("data-username", "repairer03")
        expect(page.page.get_by_test_id("composer-text")).to_have_value("收到")
        page.send()
        page.wait_for("已接单", PATIENT_MS)


def _try(page: ChatPage, idea: str) -> None:
    """Unfold an idea of the guide and let it prepare what it tells."""
    page.page.get_by_test_id(f"idea-{idea}").locator("summary").click()
    page.page.get_by_test_id(f"idea-do-{idea}").click()
